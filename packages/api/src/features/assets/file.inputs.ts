import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Field, InputType } from 'type-graphql';
import { ArchitectureEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize } from '../../kernel/scalars.js';

/** What a new file is for. */
@InputType()
export abstract class FileLabelsInput {
  @Field(() => AssetTypeEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  architecture?: Architecture | null;
}

/** A file whose bytes will be sent here. */
@InputType()
export abstract class SentFileInput extends FileLabelsInput {
  @Field(() => String, { description: 'Name under which it is saved: ASCII letters, digits and . - _ + ~.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'Exact size in bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex, if you know it; a file that differs is refused.' })
  sha256?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: takes the place of a file of this name. What is READY stays until the new bytes are.',
  })
  replace?: boolean | null;
}

import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Field, InputType } from 'type-graphql';
import { ArchitectureEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize } from '../../kernel/scalars.js';

/** What a new file is for. */
@InputType()
export abstract class FileLabelsInput {
  @Field(() => AssetTypeEnum, { nullable: true, description: 'The purpose of the file. Guessed from the file name if omitted.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, {
    nullable: true,
    description: 'The platform that the file is for. Guessed from the file name if omitted.',
  })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, {
    nullable: true,
    description: 'The processor architecture that the file is for. Guessed from the file name if omitted.',
  })
  architecture?: Architecture | null;
}

/** A file whose bytes will be sent here. */
@InputType()
export abstract class SentFileInput extends FileLabelsInput {
  @Field(() => String, { description: 'The name that the file is saved under: ASCII letters, digits and `. - _ + ~`.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'The exact size of the file in bytes.' })
  size!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The SHA-256 of the file in hexadecimal, if you know it. A file that does not match is rejected.',
  })
  sha256?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to replace an existing file of this name. The existing file stays until the new one is `READY`.',
  })
  replace?: boolean | null;
}

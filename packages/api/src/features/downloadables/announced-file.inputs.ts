import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Field, InputType } from 'type-graphql';
import type { Transaction } from '../../database/transaction.js';
import { ArchitectureEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize } from '../../kernel/scalars.js';

@InputType('AnnouncedFileInput', { description: 'A file that will come: the release does not publish itself before it is there.' })
export class AnnouncedFileInput {
  @Field(() => String, { description: 'Name under which it will be saved: ASCII letters, digits and . - _ + ~.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'Exact size in bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex, if you know it; a file that differs is refused.' })
  sha256?: string | null;

  @Field(() => AssetTypeEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'Guessed from the name when absent.' })
  architecture?: Architecture | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: takes the place of a file of this name. What is READY stays until the new bytes are.',
  })
  replace?: boolean | null;
}

/** Files that will come to a draft revision. */
export interface Announcement {
  readonly revisionId: string;
  readonly files: readonly AnnouncedFileInput[];
  readonly maxFileSizeBytes: number;
}

/** Declares files of a draft revision, its downloadable's row locked. @throws Refusal naming the file by its place in the list */
export type AnnounceFiles = (tx: Transaction, announcement: Announcement) => Promise<void>;

import type { Architecture, AssetState, AssetType, EntitlementDecision, Platform } from '@slipway/shared';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize, CalendarDate, DateTime } from '../../kernel/scalars.js';
import { CHANGELOG_HTML_WEIGHT, FILES_WEIGHT, Weight } from '../../kernel/limits/weight.js';
import { EntitlementDecisionType } from '../downloads/access/access.schema.js';

/** What a tester sees has types of its own: nothing that is added for staff or customers can leak through a link. */
@ObjectType('SharedFile', { description: 'A file that a share link opens.' })
@Access('public')
export class SharedFile {
  @Field(() => ID, { description: 'The ID of the file, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name that the file is saved under.' })
  fileName!: string;

  @Field(() => AssetTypeEnum, { description: 'The purpose of the file, for example `INSTALLER`.' })
  type!: AssetType;

  @Field(() => PlatformEnum, { description: 'The platform that the file is for.' })
  platform!: Platform;

  @Field(() => ArchitectureEnum, {
    nullable: true,
    description: 'The processor architecture that the file is for. Null if it does not matter.',
  })
  architecture!: Architecture | null;

  @Field(() => ByteSize, { description: 'The size of the file in bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'The SHA-256 of the file in hexadecimal. Null until the file is `READY`.' })
  sha256!: string | null;

  @Field(() => AssetStateEnum, { description: 'The state of the file. Only `READY` files can be downloaded.' })
  state!: AssetState;

  @Field(() => Boolean, { description: 'Whether the file is on the vendor’s own server. Slipway does not store or verify external files.' })
  external!: boolean;

  @Weight({ bytes: 200 })
  @Field(() => String, {
    description: 'The URL to download the file from. Repeated requests by one visitor within 24 hours count as one download.',
  })
  downloadUrl!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When your time to finish this download ends, if you began it before the link was used up. Null otherwise.',
  })
  finishUntil!: Date | null;
}

@ObjectType('SharedContent', {
  description: 'The content of a release as a tester sees it: the open draft or, if there is none, the published revision.',
})
@Access('public')
export class SharedContent {
  @Field(() => String, { nullable: true, description: 'The name of the release.' })
  name!: string | null;

  @Field(() => String, { description: 'The channel of the release.' })
  channel!: string;

  @Field(() => Boolean, { name: 'draft', description: 'Whether the content is a draft, which may still change.' })
  isDraft!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'The release date. Null until it is set or the release is published.' })
  releaseDate!: string | null;

  @Weight(CHANGELOG_HTML_WEIGHT)
  @Field(() => String, { description: 'The changelog as sanitized HTML.' })
  changelogHtml!: string;

  @Weight(FILES_WEIGHT)
  @Field(() => [SharedFile], { description: 'The files, at most 2,000, in the order set by the vendor.' })
  files!: readonly SharedFile[];
}

@ObjectType('SharedRelease', { description: 'What a share link currently opens.' })
@Access('public')
export class SharedRelease {
  @Field(() => String, { description: 'The name of the product.' })
  productName!: string;

  @Field(() => String, { nullable: true, description: 'The channel whose newest draft the link opens. Null if it opens a single release.' })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: 'The version that the link currently opens. Null if there is none.' })
  version!: string | null;

  @Field(() => DateTime, { description: 'When the link expires.' })
  expiresAt!: Date;

  @Field(() => Int, { nullable: true, description: 'The number of downloads left. Null if unlimited.' })
  downloadsLeft!: number | null;

  @Weight({ bytes: 30 })
  @Field(() => String, { nullable: true, description: 'Where to send feedback, if the vendor gave an address.' })
  feedbackEmail!: string | null;

  @Field(() => EntitlementDecisionType, {
    description: 'Whether the release can be downloaded now, and why not. The code is `NOT_FOUND` while there is nothing to open.',
  })
  access!: EntitlementDecision;

  @Field(() => SharedContent, {
    nullable: true,
    description: 'The content of the release. Null if the release is withdrawn or the link has expired.',
  })
  content!: SharedContent | null;
}

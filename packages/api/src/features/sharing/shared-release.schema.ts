import type { Architecture, AssetState, AssetType, EntitlementDecision, Platform } from '@slipway/shared';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize, CalendarDate, DateTime } from '../../kernel/scalars.js';
import { CHANGELOG_HTML_WEIGHT, FILES_WEIGHT, Weight } from '../../kernel/limits/weight.js';
import { EntitlementDecisionType } from '../downloads/delivery/download.schema.js';

/** What a tester sees has types of its own: nothing that is added for staff or customers can leak through a link. */
@ObjectType('SharedFile', { description: 'One file that a share link opens.' })
@Access('public')
export class SharedFile {
  @Field(() => ID, { description: 'The asset.' })
  id!: string;

  @Field(() => String, { description: 'The name under which it is saved.' })
  fileName!: string;

  @Field(() => AssetTypeEnum, { description: 'What it is for.' })
  type!: AssetType;

  @Field(() => PlatformEnum, { description: 'The system it is for.' })
  platform!: Platform;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor it is for; null when that does not matter.' })
  architecture!: Architecture | null;

  @Field(() => ByteSize, { description: 'Bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex; null until READY.' })
  sha256!: string | null;

  @Field(() => AssetStateEnum, { description: 'How far it has come; only READY files are served.' })
  state!: AssetState;

  @Field(() => Boolean, { description: 'True for a file on the vendor’s own server: not verified.' })
  external!: boolean;

  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'GET it here; parts and resumes of one visitor within 24 hours are one download.' })
  downloadUrl!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the link is used up: until when you may finish this file, because you have begun it; else null.',
  })
  finishUntil!: Date | null;
}

@ObjectType('SharedContent', { description: 'What a tester sees of a release: the open draft, else what is published.' })
@Access('public')
export class SharedContent {
  @Field(() => String, { nullable: true, description: 'Name of the release.' })
  name!: string | null;

  @Field(() => String, { description: 'Channel of the release.' })
  channel!: string;

  @Field(() => Boolean, { name: 'draft', description: 'True while it is not published: it may still change.' })
  isDraft!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'Release date; null until it is set or published.' })
  releaseDate!: string | null;

  @Weight(CHANGELOG_HTML_WEIGHT)
  @Field(() => String, { description: 'Changelog as safe HTML.' })
  changelogHtml!: string;

  @Weight(FILES_WEIGHT)
  @Field(() => [SharedFile], { description: 'Its files, in the order in which they were added.' })
  files!: readonly SharedFile[];
}

@ObjectType('SharedRelease', { description: 'What a share link opens now.' })
@Access('public')
export class SharedRelease {
  @Field(() => String, { description: 'Name of the product.' })
  productName!: string;

  @Field(() => String, { nullable: true, description: 'The channel whose newest draft it opens; null when it opens one release.' })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: 'The version it opens now; null when there is none.' })
  version!: string | null;

  @Field(() => DateTime, { description: 'When the link stops working.' })
  expiresAt!: Date;

  @Field(() => Int, { nullable: true, description: 'How many downloads are left; null: no limit.' })
  downloadsLeft!: number | null;

  @Field(() => EntitlementDecisionType, {
    description: 'Whether it can be downloaded now. NOT_FOUND: nothing is there at the moment, or the release was deleted.',
  })
  access!: EntitlementDecision;

  @Field(() => SharedContent, { nullable: true, description: 'The release; null when it is withdrawn, or the link has expired.' })
  content!: SharedContent | null;
}

import type { Architecture, AssetType, EntitlementDecision, Platform } from '@slipway/shared';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ArchitectureEnum, AssetTypeEnum, enumOf, PlatformEnum } from '../../kernel/enums.js';
import { Weight } from '../../kernel/limits/weight.js';
import { ByteSize, CalendarDate, DateTime } from '../../kernel/scalars.js';
import { EntitlementDecisionType } from '../downloads/access/access.schema.js';
import type { FoundRelease } from './update-details.js';
import { UPDATE_STATUSES, type UpdateAnswer } from './update-check.js';

const UpdateStatusEnum = enumOf(
  'UpdateStatus',
  'What an update check found: `NOT_ALLOWED` means that there is a newer release which the license does not cover.',
  UPDATE_STATUSES,
);

@InputType('UpdateCheckInput', { description: 'What an installed program says about itself.' })
export class UpdateCheckInput {
  @Field(() => String, { description: 'The slug or the ID of the product.' })
  product!: string;

  @Field(() => String, {
    description:
      'The version that is installed. One that is no release counts only as far as it is given: `1.2` is up to date with `1.2.3`.',
  })
  version!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The channel that is followed, with those that it includes. Defaults to the product’s first.',
  })
  channel?: string | null;

  @Field(() => PlatformEnum, {
    nullable: true,
    description: 'The platform that the program runs on. Omit it for releases of all platforms.',
  })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The architecture that the program runs on. Needs `platform`.' })
  architecture?: Architecture | null;

  @Field(() => String, {
    nullable: true,
    description: 'How far to go: `1` the same major version, `1.2` also from that minor, `1.2.3` the same minor from that patch.',
  })
  constraint?: string | null;

  @Field(() => String, { nullable: true, description: 'A license key or machine key to check for, instead of the caller.' })
  licenseKey?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of a license to check for, if you are its owner or staff.' })
  licenseId?: string | null;
}

@ObjectType('UpdateFile', { description: 'A file with which a program updates itself, or the signature of one.' })
@Access('public')
export class UpdateFile {
  /** No field: the release that it is a file of. */
  readonly found!: FoundRelease;

  @Field(() => ID, { description: 'The ID of the file.' })
  id!: string;

  @Weight({ bytes: 60 })
  @Field(() => String, { description: 'The name of the file.' })
  fileName!: string;

  @Weight({ bytes: 140 })
  @Field(() => String, { description: 'The permalink: it takes the same credential, then redirects to a short-lived URL.' })
  url!: string;

  @Field(() => AssetTypeEnum, { description: 'What kind of file it is.' })
  type!: AssetType;

  @Field(() => PlatformEnum, { description: 'The platform that the file is for.' })
  platform!: Platform;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The architecture that the file is for. Null if its name gives none.' })
  architecture!: Architecture | null;

  @Field(() => ByteSize, { description: 'The size in bytes.' })
  size!: number;

  @Weight({ bytes: 66 })
  @Field(() => String, { nullable: true, description: 'The SHA-256 in hexadecimal. Null for an external file without one.' })
  sha256!: string | null;
}

@ObjectType('UpdateRelease', { description: 'A release that a program may update to.' })
@Access('public')
export class UpdateReleaseType {
  /** No field: for whom, and for which computer, it was found; its files are judged for the same. */
  readonly found!: FoundRelease;

  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;

  @Field(() => String, { description: 'The version.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'The name of the release. Null if it has none.' })
  name!: string | null;

  @Field(() => String, { description: 'The channel.' })
  channel!: string;

  @Weight({ bytes: 140 })
  @Field(() => String, { nullable: true, description: 'The release in one line. Null if there is none.' })
  summary!: string | null;

  @Field(() => Boolean, { description: 'Whether the release fixes a security issue.' })
  isSecurityFix!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'The release date.' })
  date!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the release was published.' })
  publishedAt!: Date | null;
}

@ObjectType('InstalledRelease', { description: 'What is known of the version that is installed.' })
@Access('public')
export class InstalledReleaseType {
  @Field(() => String, { description: 'The version as it was given.' })
  version!: string;

  @Field(() => Boolean, { description: 'Whether the product has a release of this version.' })
  isRelease!: boolean;

  @Field(() => Boolean, { description: 'Whether the release was withdrawn: its users should update.' })
  isWithdrawn!: boolean;

  @Weight({ bytes: 200 })
  @Field(() => String, { nullable: true, description: 'Why the release was withdrawn. Null if it was not.' })
  withdrawReason!: string | null;
}

@ObjectType('UpdateCheckResult', { description: 'Whether there is an update, and whether the license covers it.' })
@Access('public')
export class UpdateCheckResult {
  @Field(() => UpdateStatusEnum, { description: 'What was found.' })
  status!: UpdateAnswer['status'];

  @Field(() => String, { nullable: true, description: 'The newest version that may be had, installed or not. Null if there is none.' })
  latestVersion!: string | null;

  @Field(() => InstalledReleaseType, { description: 'What is known of the installed version.' })
  current!: InstalledReleaseType;

  @Field(() => UpdateReleaseType, {
    nullable: true,
    description: 'The release to update to: the newest that the license covers. Null if that is not newer than what is installed.',
  })
  release!: UpdateReleaseType | null;

  @Field(() => String, { nullable: true, description: 'The newer version that may not be had. Null unless the status is `NOT_ALLOWED`.' })
  refusedVersion!: string | null;

  @Field(() => EntitlementDecisionType, {
    nullable: true,
    description: 'Why the newer version may not be had, and what helps. Null unless the status is `NOT_ALLOWED`.',
  })
  refusal!: EntitlementDecision | null;
}

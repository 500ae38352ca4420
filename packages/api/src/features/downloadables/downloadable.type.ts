import type { DownloadableStatus, Platform, WithdrawSeverity } from '@slipway/shared';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DownloadableStatusEnum, PlatformEnum, WithdrawSeverityEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { CalendarDate, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { Downloadable } from './downloadable.entity.js';

@ObjectType('Revision', { description: 'The content of a downloadable at one point in time. Frozen once it is published.' })
@Access('public')
export class RevisionType {
  @Field(() => ID, { description: 'The ID of the revision, a ULID.' })
  id!: string;

  @Field(() => Int, { description: 'The number of the revision, starting with 1.' })
  number!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the revision was published and frozen. Null while it is a draft.' })
  frozenAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The name of the release.' })
  name!: string | null;

  @Weight({ bytes: 80 })
  @Field(() => String, { nullable: true, description: 'What is new in one line. Null if nobody wrote it.' })
  summary!: string | null;

  @Field(() => Boolean, { description: 'Whether the release fixes a vulnerability.' })
  isSecurityFix!: boolean;

  @Field(() => String, { description: 'The channel of the release.' })
  channel!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The release date. Null until it is set or the release is published.' })
  releaseDate!: string | null;

  @Field(() => DateTime, { description: 'When the revision was opened.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the revision was withdrawn, after a newer one had replaced it. Null if it was not.',
  })
  withdrawnAt!: Date | null;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'The reason for the withdrawal, as customers read it.' })
  withdrawReason!: string | null;

  @Field(() => WithdrawSeverityEnum, {
    nullable: true,
    description: 'The severity of the withdrawal. Null if the revision is not withdrawn.',
  })
  withdrawSeverity!: WithdrawSeverity | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the publishing of this revision was undone, which hides it from customers. Null if it was not.',
  })
  undoneAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the files of the revision were permanently deleted. Null if they were not.' })
  purgedAt!: Date | null;
}

@ObjectType('Downloadable', {
  description: 'A version of a product. Its fields show the live revision or, before the first publish, the draft.',
})
@Access('public')
export class DownloadableType {
  @Field(() => ID, { description: 'The ID of the downloadable, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The version, as it was entered.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'The name of the release.' })
  name!: string | null;

  @Weight({ bytes: 80 })
  @Field(() => String, { nullable: true, description: 'What is new in one line. Null if nobody wrote it.' })
  summary!: string | null;

  @Field(() => Boolean, { description: 'Whether the release fixes a vulnerability.' })
  isSecurityFix!: boolean;

  @Field(() => String, { description: 'The channel of the release.' })
  channel!: string;

  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'The first line of the changelog, as plain text.' })
  changelogExcerpt!: string;

  @Field(() => DownloadableStatusEnum, { description: 'The status of the downloadable.' })
  status!: DownloadableStatus;

  @Field(() => CalendarDate, { nullable: true, description: 'The release date. Null until it is set or the release is published.' })
  releaseDate!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the downloadable was first published. Null again if that was undone before any customer got a file.',
  })
  publishedAt!: Date | null;

  @Field(() => DateTime, { description: 'When the downloadable was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the downloadable was last changed.' })
  updatedAt!: Date;

  @Field(() => Int, {
    description: 'A number that grows with every change. Send it with an edit, which is rejected if the number is outdated.',
  })
  lockVersion!: number;

  @Field(() => Boolean, {
    description: 'Whether the release publishes as soon as its last file is ready. False unless you have `release:read`.',
  })
  publishWhenReady!: boolean;

  @Field(() => Int, { description: 'The number of files.' })
  assetCount!: number;

  @Weight({ items: 4 })
  @Field(() => [PlatformEnum], { description: 'The platforms that the files are for.' })
  platforms!: Platform[];
}

@ObjectType('LatestOfTarget', { description: 'The highest published version for a platform on a channel.' })
@Access('public')
export class LatestOfTargetType {
  @Field(() => String, { description: 'The channel of the release. Channels that it includes have entries of their own.' })
  channel!: string;

  @Field(() => PlatformEnum, { description: 'A platform that at least one file of the release is for.' })
  platform!: Platform;

  @Field(() => DownloadableType, { description: 'The release with the highest version.' })
  downloadable!: Downloadable;
}

export const DownloadableConnection = connectionType('Downloadable', () => DownloadableType);

import type { DownloadableStatus, Platform, WithdrawSeverity } from '@slipway/shared';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DownloadableStatusEnum, PlatformEnum, WithdrawSeverityEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { CalendarDate, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { Downloadable } from './downloadable.entity.js';

@ObjectType('Revision', { description: 'The content of a downloadable at one time; frozen once published.' })
@Access('public')
export class RevisionType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => DateTime, { nullable: true, description: 'Since when nothing of it changes any more; null: a draft.' })
  frozenAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Name of the release.' })
  name!: string | null;

  @Field(() => String, { description: 'Channel of the release.' })
  channel!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'Release date; null until it is set or published.' })
  releaseDate!: string | null;

  @Field(() => DateTime, { description: 'When it was opened.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was withdrawn, after another one had taken its place.' })
  withdrawnAt!: Date | null;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'Why it was withdrawn, for customers to read.' })
  withdrawReason!: string | null;

  @Field(() => WithdrawSeverityEnum, { nullable: true, description: 'NORMAL: who downloaded it before may do so again. SECURITY: nobody.' })
  withdrawSeverity!: WithdrawSeverity | null;

  @Field(() => DateTime, { nullable: true, description: 'When its publish was undone: it is frozen, and hidden from customers.' })
  undoneAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When its files were deleted for good.' })
  purgedAt!: Date | null;
}

@ObjectType('Downloadable', {
  description: 'One version of a product. Fields show the live revision, or the draft before the first publish.',
})
@Access('public')
export class DownloadableType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'The version as it was typed.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Name of the release.' })
  name!: string | null;

  @Field(() => String, { description: 'Channel of the release.' })
  channel!: string;

  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'First line of the changelog as plain text.' })
  changelogExcerpt!: string;

  @Field(() => DownloadableStatusEnum, { description: 'Where it is in its life.' })
  status!: DownloadableStatus;

  @Field(() => CalendarDate, { nullable: true, description: 'Release date; null until it is set or published.' })
  releaseDate!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was first published; null again when that was undone before any customer got a file.',
  })
  publishedAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;

  @Field(() => Int, { description: 'Send it with an edit; a stale one is refused.' })
  lockVersion!: number;

  @Field(() => Boolean, { description: 'It publishes itself when its last file is READY.' })
  publishWhenReady!: boolean;

  @Field(() => Int, { description: 'How many files it has.' })
  assetCount!: number;

  @Weight({ items: 4 })
  @Field(() => [PlatformEnum], { description: 'The platforms of its files.' })
  platforms!: Platform[];
}

@ObjectType('LatestOfTarget', { description: 'The highest published version for one platform on one channel.' })
@Access('public')
export class LatestOfTargetType {
  @Field(() => String, { description: 'The channel of the release itself; what the channel includes has entries of its own.' })
  channel!: string;

  @Field(() => PlatformEnum, { description: 'The platform of at least one of its files.' })
  platform!: Platform;

  @Field(() => DownloadableType, { description: 'The release.' })
  downloadable!: Downloadable;
}

export const DownloadableConnection = connectionType('Downloadable', () => DownloadableType);

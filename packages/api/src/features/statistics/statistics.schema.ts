import type { DownloadSource, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DownloadSourceEnum, PlatformEnum } from '../../kernel/enums.js';
import { CalendarDate } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';

@ObjectType('DayDownloads', { description: 'The downloads of a day.' })
@Access('release:read')
export class DayDownloads {
  @Field(() => CalendarDate, { description: 'The day, in the vendor’s time zone.' })
  day!: string;

  @Field(() => Int, { description: 'The number of downloads, 0 for a day without any.' })
  downloads!: number;
}

@ObjectType('VersionDownloads', { description: 'The downloads of a downloadable.' })
@Access('release:read')
export class VersionDownloads {
  @Field(() => DownloadableType, { nullable: true, description: 'The downloadable. Null if it was deleted.' })
  downloadable!: Downloadable | null;

  @Field(() => Int, { description: 'The number of downloads.' })
  downloads!: number;
}

@ObjectType('PlatformDownloads', { description: 'The downloads of files for a platform.' })
@Access('release:read')
export class PlatformDownloads {
  @Field(() => PlatformEnum, { description: 'The platform of the files.' })
  platform!: Platform;

  @Field(() => Int, { description: 'The number of downloads.' })
  downloads!: number;
}

@ObjectType('SourceDownloads', { description: 'The downloads from a source.' })
@Access('release:read')
export class SourceDownloads {
  @Field(() => DownloadSourceEnum, { description: 'The source of the downloads.' })
  source!: DownloadSource;

  @Field(() => Int, { description: 'The number of downloads.' })
  downloads!: number;
}

@ObjectType('DownloadStatistics', {
  description: 'Download counts for a range of days. Downloads by staff and of side files are not counted.',
})
@Access('release:read')
export class DownloadStatistics {
  @Field(() => CalendarDate, { description: 'The first day of the range.' })
  from!: string;

  @Field(() => CalendarDate, { description: 'The last day of the range.' })
  to!: string;

  @Field(() => Int, { description: 'The total number of downloads in the range.' })
  total!: number;

  @Field(() => Int, { description: 'The total number of downloads in the preceding range of the same length.' })
  previousTotal!: number;

  @Weight({ items: 100 })
  @Field(() => [DayDownloads], { description: 'Downloads for every day of the range, oldest first.' })
  byDay!: readonly DayDownloads[];

  @Weight({ items: 10 })
  @Field(() => [VersionDownloads], { description: 'Downloads of the ten most downloaded versions, highest count first.' })
  byVersion!: readonly VersionDownloads[];

  @Field(() => Int, { description: 'The number of downloads of all versions that `byVersion` does not list.' })
  otherVersions!: number;

  @Weight({ items: 7 })
  @Field(() => [PlatformDownloads], { description: 'Downloads by platform, highest count first.' })
  byPlatform!: readonly PlatformDownloads[];

  @Weight({ items: 6 })
  @Field(() => [SourceDownloads], { description: 'Downloads by source, highest count first.' })
  bySource!: readonly SourceDownloads[];
}

@InputType('DownloadStatisticsFilter', { description: 'A filter for download statistics: which downloads, and of which days.' })
export class DownloadStatisticsFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Only downloads of the product with this ID. Defaults to the product of the token, or to all products.',
  })
  productId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only downloads of the downloadable with this ID.' })
  downloadableId?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day of the range, which covers 30 days if neither `from` nor `days` is given.',
  })
  from?: string | null;

  @Field(() => Int, { nullable: true, description: 'The length of the range in days, 1 to 1,096, in place of `from`.' })
  days?: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day of the range, which may span at most 1,096 days. Defaults to today.',
  })
  to?: string | null;
}

@ArgsType()
export class DownloadStatisticsArgs {
  @Field(() => DownloadStatisticsFilter, {
    nullable: true,
    description: 'Which downloads to count. Defaults to all downloads of the last 30 days.',
  })
  filter?: DownloadStatisticsFilter | null;
}

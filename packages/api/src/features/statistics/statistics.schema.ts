import type { DownloadSource, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DownloadSourceEnum, PlatformEnum } from '../../kernel/enums.js';
import { CalendarDate } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';

@ObjectType('DayDownloads', { description: 'The downloads of one day.' })
@Access('release:read')
export class DayDownloads {
  @Field(() => CalendarDate, { description: 'The day, in the vendor’s zone.' })
  day!: string;

  @Field(() => Int, { description: 'How many; 0 on a day without any.' })
  downloads!: number;
}

@ObjectType('VersionDownloads', { description: 'The downloads of one downloadable.' })
@Access('release:read')
export class VersionDownloads {
  @Field(() => DownloadableType, { nullable: true, description: 'The downloadable; null once it is deleted.' })
  downloadable!: Downloadable | null;

  @Field(() => Int, { description: 'How many.' })
  downloads!: number;
}

@ObjectType('PlatformDownloads', { description: 'The downloads of files for one platform.' })
@Access('release:read')
export class PlatformDownloads {
  @Field(() => PlatformEnum, { description: 'The platform.' })
  platform!: Platform;

  @Field(() => Int, { description: 'How many.' })
  downloads!: number;
}

@ObjectType('SourceDownloads', { description: 'The downloads that came one way.' })
@Access('release:read')
export class SourceDownloads {
  @Field(() => DownloadSourceEnum, { description: 'Where they came from.' })
  source!: DownloadSource;

  @Field(() => Int, { description: 'How many.' })
  downloads!: number;
}

@ObjectType('DownloadStatistics', {
  description: 'Downloads of a range of days. Neither those of the vendor’s own people nor those of side files are counted.',
})
@Access('release:read')
export class DownloadStatistics {
  @Field(() => CalendarDate, { description: 'First day.' })
  from!: string;

  @Field(() => CalendarDate, { description: 'Last day.' })
  to!: string;

  @Field(() => Int, { description: 'All downloads of the range.' })
  total!: number;

  @Field(() => Int, { description: 'All downloads of the range of the same length that ends the day before.' })
  previousTotal!: number;

  @Weight({ items: 100 })
  @Field(() => [DayDownloads], { description: 'Every day of the range, oldest first.' })
  byDay!: readonly DayDownloads[];

  @Weight({ items: 10 })
  @Field(() => [VersionDownloads], { description: 'The ten downloadables with most downloads, most first.' })
  byVersion!: readonly VersionDownloads[];

  @Field(() => Int, { description: 'Downloads of all the other downloadables.' })
  otherVersions!: number;

  @Weight({ items: 7 })
  @Field(() => [PlatformDownloads], { description: 'By platform, most first.' })
  byPlatform!: readonly PlatformDownloads[];

  @Weight({ items: 6 })
  @Field(() => [SourceDownloads], { description: 'By source, most first.' })
  bySource!: readonly SourceDownloads[];
}

@InputType('DownloadStatisticsFilter', { description: 'Which downloads, of which days.' })
export class DownloadStatisticsFilter {
  @Field(() => ID, { nullable: true, description: 'Of this product; a token for one product sees that one alone.' })
  productId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this downloadable.' })
  downloadableId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'First day; 30 days up to the last one when absent.' })
  from?: string | null;

  @Field(() => Int, { nullable: true, description: 'Instead of the first day: how many days up to the last one, 1 to 1,096.' })
  days?: number | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Last day, at most 1,096 days after the first; today when absent.' })
  to?: string | null;
}

@ArgsType()
export class DownloadStatisticsArgs {
  @Field(() => DownloadStatisticsFilter, { nullable: true, description: 'All downloads of the last 30 days when absent.' })
  filter?: DownloadStatisticsFilter | null;
}

import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { seesDrafts } from '../../kernel/policy.js';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { AssetObject } from '../assets/asset.type.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { DownloadCountLoaders } from './download-counts.loaders.js';
import { DownloadStatistics, DownloadStatisticsArgs } from './statistics.schema.js';
import type { StatisticsService } from './statistics.service.js';

@Resolver()
export class StatisticsResolver {
  constructor(private readonly statistics: StatisticsService) {}

  @Access('release:read')
  @Query(() => DownloadStatistics, { description: 'Counts downloads by day, version, platform and source. Requires `release:read`.' })
  downloadStatistics(
    @Ctx() context: RequestContext,
    @Args(() => DownloadStatisticsArgs) { filter }: DownloadStatisticsArgs,
  ): Promise<DownloadStatistics> {
    return this.statistics.read(context, filter ?? {});
  }
}

@Resolver(() => DownloadableType)
export class DownloadableCountsResolver {
  constructor(private readonly counts: DownloadCountLoaders) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'All-time downloads of the release’s files, excluding staff downloads. Null unless you have `release:read`.',
  })
  async downloadCount(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<number | null> {
    if (!seesDrafts(context.actor, row.productId)) return null;
    const files = await context.loader(this.counts.filesOf).load(row.id);
    return [...files.values()].reduce((sum, count) => sum + count, 0);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The number of customers who downloaded the release with a license, capped at 1,000. Null unless you have `release:read`.',
  })
  async customersDownloaded(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<number | null> {
    return seesDrafts(context.actor, row.productId) ? context.loader(this.counts.customersOf).load(row.id) : null;
  }
}

@Resolver(() => AssetObject)
export class AssetCountsResolver {
  constructor(
    private readonly counts: DownloadCountLoaders,
    private readonly downloadables: DownloadableLoaders,
  ) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'All-time downloads of the file, excluding staff downloads; 0 for a side file. Null unless you have `release:read`.',
  })
  async downloadCount(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<number | null> {
    const revision = await context.loader(this.downloadables.revision).load(asset.revisionId);
    const row = revision && (await context.loader(this.downloadables.byId).load(revision.downloadableId));
    if (!row || !seesDrafts(context.actor, row.productId)) return null;
    return (await context.loader(this.counts.filesOf).load(row.id)).get(asset.id) ?? 0;
  }
}

import { parseVersion, versionSortKey } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { seesProduct } from '../../../kernel/policy.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import type { DownloadableList } from './downloadable-list.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableListArgs } from './downloadable-list.inputs.js';
import type { DownloadableLoaders, LatestOfTarget } from '../downloadable.loaders.js';
import type { VisibleDownloadables } from '../visible-downloadables.js';
import { DownloadableConnection, DownloadableType, LatestOfTargetType } from '../downloadable.type.js';

/** The downloadables feature adds its fields to the product's type. */
@Resolver(() => ProductType)
export class ProductReleasesResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly downloadableList: DownloadableList,
    private readonly visible: VisibleDownloadables,
  ) {}

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The highest published version, preferring the stable channel. Null if there is none.',
  })
  async latest(@Ctx() context: RequestContext, @Root() product: Product): Promise<Downloadable | null> {
    // A license leads to its product's name even when the product is closed, but not to its releases.
    if (!seesProduct(context.actor, product)) return null;
    return context.loader(this.loaders.latest).load(product.id);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description:
      'The downloadable with this version, ignoring a leading `v`, trailing zeros and build metadata. Null if there is none or you may not see it.',
  })
  async downloadableByVersion(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Arg('version', () => String, { description: 'The version to find, for example `2.4.0`.' }) version: string,
  ): Promise<Downloadable | null> {
    const parsed = parseVersion(version.trim());
    return parsed.ok ? this.visible.findByVersion(context, product.id, versionSortKey(parsed.value)) : null;
  }

  @Weight({ items: 12 })
  @FieldResolver(() => [LatestOfTargetType], {
    description: 'The highest published version for each channel and platform that has one, in the order of the product’s channels.',
  })
  async latestByTarget(@Ctx() context: RequestContext, @Root() product: Product): Promise<readonly LatestOfTarget[]> {
    return seesProduct(context.actor, product) ? context.loader(this.loaders.latestByTarget).load(product.id) : [];
  }

  @FieldResolver(() => DownloadableConnection, {
    description: 'Downloadables of the product that you may see, newest release date first by default.',
  })
  downloadables(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Args(() => DownloadableListArgs) args: DownloadableListArgs,
  ): Promise<Connection<Downloadable>> {
    return this.downloadableList.list(context, { ...args, filter: { ...args.filter, productId: product.id } });
  }
}

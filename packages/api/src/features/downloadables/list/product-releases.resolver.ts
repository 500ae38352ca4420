import { parseVersion, versionSortKey } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Product } from '../../products/product.entity.js';
import { seesProduct } from '../../products/product-visibility.js';
import { ProductType } from '../../products/product.type.js';
import type { DownloadableList } from './downloadable-list.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableListArgs } from '../editing/downloadable.inputs.js';
import type { DownloadableLoaders, LatestOfTarget } from '../downloadable.loaders.js';
import type { DownloadableService } from '../editing/downloadable.service.js';
import { DownloadableConnection, DownloadableType, LatestOfTargetType } from '../downloadable.type.js';

/** The downloadables feature adds its fields to the product's type. */
@Resolver(() => ProductType)
export class ProductReleasesResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly downloadableList: DownloadableList,
    private readonly service: DownloadableService,
  ) {}

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The highest published version, on the stable channel when it has one there.',
  })
  async latest(@Ctx() context: RequestContext, @Root() product: Product): Promise<Downloadable | null> {
    // A license leads to its product's name even when the product is closed, but not to its releases.
    if (!seesProduct(context.actor, product)) return null;
    return context.loader(this.loaders.latest).load(product.id);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description:
      'The downloadable of this version; a leading v, +build and zeros at the end do not count. Null when there is none for you.',
  })
  async downloadableByVersion(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Arg('version', () => String, { description: 'For example 2.4.0.' }) version: string,
  ): Promise<Downloadable | null> {
    const parsed = parseVersion(version.trim());
    return parsed.ok ? this.service.findByVersion(context, product.id, versionSortKey(parsed.value)) : null;
  }

  @Weight({ items: 12 })
  @FieldResolver(() => [LatestOfTargetType], {
    description: 'The highest published version per channel and platform, in the order of the channels; none where there is none.',
  })
  async latestByTarget(@Ctx() context: RequestContext, @Root() product: Product): Promise<readonly LatestOfTarget[]> {
    return seesProduct(context.actor, product) ? context.loader(this.loaders.latestByTarget).load(product.id) : [];
  }

  @FieldResolver(() => DownloadableConnection, { description: 'Its downloadables, newest release date first unless sorted otherwise.' })
  downloadables(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Args(() => DownloadableListArgs) args: DownloadableListArgs,
  ): Promise<Connection<Downloadable>> {
    return this.downloadableList.list(context, { ...args, filter: { ...args.filter, productId: product.id } });
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { seesDrafts } from '../../../kernel/policy.js';
import { selectionOf } from '../../../kernel/selection.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import { ProductType } from '../../products/product.type.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableConnection, DownloadableType } from '../downloadable.type.js';
import type { VisibleDownloadables } from '../visible-downloadables.js';
import { DownloadableListArgs } from './downloadable-list.inputs.js';
import type { DownloadableList } from './downloadable-list.js';
import { listedProduct, wantedParts, type ListedProduct } from './listed-parts.js';

@Resolver(() => DownloadableType)
export class DownloadableResolver {
  constructor(
    private readonly visible: VisibleDownloadables,
    private readonly downloadableList: DownloadableList,
    private readonly productLoaders: ProductLoaders,
  ) {}

  @Access('public')
  @Query(() => DownloadableType, {
    nullable: true,
    description: 'Finds a downloadable by its ID. Null if there is none or you may not see it.',
  })
  downloadable(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the downloadable.' }) id: string,
  ): Promise<Downloadable | null> {
    return this.visible.find(context, id);
  }

  @Access('public')
  @Query(() => DownloadableConnection, {
    name: 'downloadables',
    description: 'Lists the downloadables that you may see, newest release date first by default.',
  })
  listDownloadables(
    @Ctx() context: RequestContext,
    @Args(() => DownloadableListArgs) args: DownloadableListArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Downloadable>> {
    return this.downloadableList.list(context, args, wantedParts(selectionOf(info)));
  }

  @FieldResolver(() => ProductType, { description: 'The product that this is a version of.' })
  async product(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<ListedProduct | null> {
    return listedProduct(row) ?? context.loader(this.productLoaders.byId).load(row.productId);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the release publishes as soon as its last file is ready. False unless you have `release:read`.',
  })
  publishWhenReady(@Ctx() context: RequestContext, @Root() row: Downloadable): boolean {
    return seesDrafts(context.actor, row.productId) && row.publishWhenReady;
  }
}

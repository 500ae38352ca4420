import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { seesDrafts } from '../../../kernel/policy.js';
import type { Product } from '../../products/product.entity.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import { ProductType } from '../../products/product.type.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableConnection, DownloadableType } from '../downloadable.type.js';
import type { VisibleDownloadables } from '../visible-downloadables.js';
import { DownloadableListArgs } from './downloadable-list.inputs.js';
import type { DownloadableList } from './downloadable-list.js';

@Resolver(() => DownloadableType)
export class DownloadableResolver {
  constructor(
    private readonly visible: VisibleDownloadables,
    private readonly downloadableList: DownloadableList,
    private readonly productLoaders: ProductLoaders,
  ) {}

  @Access('public')
  @Query(() => DownloadableType, { nullable: true, description: 'One downloadable; null when there is none for you.' })
  downloadable(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'ULID.' }) id: string): Promise<Downloadable | null> {
    return this.visible.find(context, id);
  }

  @Access('public')
  @Query(() => DownloadableConnection, {
    name: 'downloadables',
    description: 'Downloadables, newest release date first unless sorted otherwise.',
  })
  listDownloadables(
    @Ctx() context: RequestContext,
    @Args(() => DownloadableListArgs) args: DownloadableListArgs,
  ): Promise<Connection<Downloadable>> {
    return this.downloadableList.list(context, args);
  }

  @FieldResolver(() => ProductType, { description: 'The product it is a version of.' })
  product(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<Product | null> {
    return context.loader(this.productLoaders.byId).load(row.productId);
  }

  @FieldResolver(() => Boolean, { description: 'It publishes itself when its last file is READY.' })
  publishWhenReady(@Ctx() context: RequestContext, @Root() row: Downloadable): boolean {
    return seesDrafts(context.actor, row.productId) && row.publishWhenReady;
  }
}

import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { seesDrafts } from '../../kernel/policy.js';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import type { ShareLink } from './share-link.entity.js';
import type { ShareLinkList } from './share-link-list.js';
import { ProductShareLinkArgs, ShareLinkConnection } from './share-link.schema.js';
import { SharedRelease } from './shared-release.schema.js';
import type { SharedReleaseView } from './shared-release.view.js';

@Resolver(() => SharedRelease)
export class SharedReleaseResolver {
  constructor(
    private readonly view: SharedReleaseView,
    private readonly publicUrl: string,
  ) {}

  @Access('public')
  @Query(() => SharedRelease, {
    nullable: true,
    description: 'Finds what a share link opens, without signing in. Null if the link is unknown or revoked.',
  })
  sharedRelease(
    @Ctx() context: RequestContext,
    @Arg('token', () => String, { description: 'The part of the link’s URL after `/s/`.' }) token: string,
  ): Promise<SharedRelease | null> {
    return this.view.show(context, { token, publicUrl: this.publicUrl });
  }
}

/** The sharing feature adds its field to the downloadable's type. */
@Resolver(() => DownloadableType)
export class DownloadableShareLinksResolver {
  constructor(private readonly links: ShareLinkList) {}

  @FieldResolver(() => ShareLinkConnection, {
    nullable: true,
    name: 'shareLinks',
    description: 'Share links that open the release, newest first. Null unless you have `release:read`.',
  })
  downloadableShareLinks(
    @Ctx() context: RequestContext,
    @Root() row: Downloadable,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<ShareLink>> | null {
    return seesDrafts(context.actor, row.productId) ? this.links.list(context, { downloadableId: row.id }, page) : null;
  }
}

/** And to the product's. */
@Resolver(() => ProductType)
export class ProductShareLinksResolver {
  constructor(private readonly links: ShareLinkList) {}

  @FieldResolver(() => ShareLinkConnection, {
    nullable: true,
    name: 'shareLinks',
    description: 'Share links of the product, including those of deleted releases, newest first. Null unless you have `release:read`.',
  })
  productShareLinks(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Args(() => ProductShareLinkArgs) { channel, ...page }: ProductShareLinkArgs,
  ): Promise<Connection<ShareLink>> | null {
    if (!seesDrafts(context.actor, product.id)) return null;
    return this.links.list(context, { productId: product.id, ...(channel == null ? {} : { channel }) }, page);
  }
}

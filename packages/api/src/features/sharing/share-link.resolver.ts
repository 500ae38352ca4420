import { shareLinkState, type ShareLinkState } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { Clock } from '../../kernel/clock.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { ShareLinkStateEnum } from '../../kernel/enums.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import { AuditActorType } from '../logs/audit-event.schema.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import type { ShareLink, ShareLinkUse } from './share-link.entity.js';
import type { ShareLinkList } from './share-link-list.js';
import { CreateShareLinkInput, RevokeShareLinkInput, ShareLinkType, ShareLinkUseConnection } from './share-link.schema.js';
import type { ShareLinkService } from './share-link.service.js';

/** A link; with its URL in the one reply that shows it. */
interface ShownLink extends ShareLink {
  readonly url?: string | null;
}

interface ShareLinkResult {
  readonly shareLink: ShownLink;
}

const LINK = { shareLink: { type: () => ShareLinkType, description: 'The share link after the change.' } };
const CreateShareLinkPayload = payloadType<ShareLinkResult>('CreateShareLink', LINK);
const RevokeShareLinkPayload = payloadType<ShareLinkResult>('RevokeShareLink', LINK);

export interface ShareLinkResolverDependencies {
  readonly links: ShareLinkService;
  readonly list: ShareLinkList;
  readonly downloadable: LoaderDefinition<string, Downloadable | null>;
  readonly product: LoaderDefinition<string, Product | null>;
  readonly actorName: LoaderDefinition<string, string | null>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

@Resolver(() => ShareLinkType)
export class ShareLinkResolver {
  constructor(private readonly use: ShareLinkResolverDependencies) {}

  @Weight({ bytes: 100 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The URL of the link, with which anyone can download. Null except in the response that creates it.',
  })
  url(@Root() link: ShownLink): string | null {
    return link.url ?? null;
  }

  @FieldResolver(() => ShareLinkStateEnum, { description: 'The state of the link, which says whether it works.' })
  state(@Root() link: ShareLink): ShareLinkState {
    return shareLinkState(link, this.use.clock.now());
  }

  @FieldResolver(() => ProductType, { name: 'product', description: 'The product that the link gives access to.' })
  linkProduct(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<Product | null> {
    return context.loader(this.use.product).load(link.productId);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    name: 'downloadable',
    description: 'The release that the link opens. Null if it opens a channel, or if the release was deleted.',
  })
  async linkDownloadable(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<Downloadable | null> {
    return link.downloadableId === null ? null : context.loader(this.use.downloadable).load(link.downloadableId);
  }

  @FieldResolver(() => AuditActorType, { description: 'Who created the link.' })
  async createdBy(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<AuditActorType> {
    const name = await context.loader(this.use.actorName).load(link.createdBy);
    return { kind: link.createdByKind, id: link.createdBy, name: name ?? 'Somebody who is gone' };
  }

  @FieldResolver(() => ShareLinkUseConnection, { description: 'Downloads through the link, newest first. Who downloaded is not recorded.' })
  uses(
    @Ctx() context: RequestContext,
    @Root() link: ShareLink,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<ShareLinkUse>> {
    return this.use.list.uses(context, link.id, page);
  }

  @Access('release:read')
  @Query(() => ShareLinkType, {
    nullable: true,
    description: 'Finds a share link by its ID; null if there is none or you may not see it. Requires `release:read`.',
  })
  shareLink(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the share link.' }) id: string,
  ): Promise<ShareLink | null> {
    return this.use.links.find(context, id);
  }

  @Access('release:publish')
  @Mutation(() => CreateShareLinkPayload, { description: 'Creates a share link for testers. Its URL is shown only once.' })
  async createShareLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateShareLinkInput) input: CreateShareLinkInput,
  ): Promise<PayloadOf<ShareLinkResult>> {
    const { link, token } = await this.use.links.create(context, input);
    return succeed({ shareLink: { ...link, url: token === null ? null : `${this.use.publicUrl}/s/${token}` } });
  }

  @Access('release:publish')
  @Mutation(() => RevokeShareLinkPayload, { description: 'Revokes a share link, which stops working at once.' })
  async revokeShareLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeShareLinkInput) input: RevokeShareLinkInput,
  ): Promise<PayloadOf<ShareLinkResult>> {
    return succeed({ shareLink: await this.use.links.revoke(context, input.id) });
  }
}

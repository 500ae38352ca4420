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

const LINK = { shareLink: { type: () => ShareLinkType, description: 'The link as it is now.' } };
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
    description: 'The link itself, only in the reply that made it: whoever has it can download. Null ever after.',
  })
  url(@Root() link: ShownLink): string | null {
    return link.url ?? null;
  }

  @FieldResolver(() => ShareLinkStateEnum, { description: 'Whether it works, and if not, why.' })
  state(@Root() link: ShareLink): ShareLinkState {
    return shareLinkState(link, this.use.clock.now());
  }

  @FieldResolver(() => ProductType, { name: 'product', description: 'The product whose files it opens.' })
  linkProduct(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<Product | null> {
    return context.loader(this.use.product).load(link.productId);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    name: 'downloadable',
    description: 'The one release that it opens; null for a channel, and when the release was deleted.',
  })
  async linkDownloadable(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<Downloadable | null> {
    return link.downloadableId === null ? null : context.loader(this.use.downloadable).load(link.downloadableId);
  }

  @FieldResolver(() => AuditActorType, { description: 'Who made it.' })
  async createdBy(@Ctx() context: RequestContext, @Root() link: ShareLink): Promise<AuditActorType> {
    const name = await context.loader(this.use.actorName).load(link.createdBy);
    return { kind: link.createdByKind, id: link.createdBy, name: name ?? 'Somebody who is gone' };
  }

  @FieldResolver(() => ShareLinkUseConnection, { description: 'What was downloaded by it and when, newest first; by whom is not kept.' })
  uses(
    @Ctx() context: RequestContext,
    @Root() link: ShareLink,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<ShareLinkUse>> {
    return this.use.list.uses(context, link.id, page);
  }

  @Access('release:read')
  @Query(() => ShareLinkType, { nullable: true, description: 'One share link, without its URL; null when there is none for you.' })
  shareLink(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'ULID.' }) id: string): Promise<ShareLink | null> {
    return this.use.links.find(context, id);
  }

  @Access('release:publish')
  @Mutation(() => CreateShareLinkPayload, { description: 'Makes a link for testers and shows it once.' })
  async createShareLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateShareLinkInput) input: CreateShareLinkInput,
  ): Promise<PayloadOf<ShareLinkResult>> {
    const { link, token } = await this.use.links.create(context, input);
    return succeed({ shareLink: { ...link, url: token === null ? null : `${this.use.publicUrl}/s/${token}` } });
  }

  @Access('release:publish')
  @Mutation(() => RevokeShareLinkPayload, { description: 'Revokes a share link; the next request by it finds nothing.' })
  async revokeShareLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeShareLinkInput) input: RevokeShareLinkInput,
  ): Promise<PayloadOf<ShareLinkResult>> {
    return succeed({ shareLink: await this.use.links.revoke(context, input.id) });
  }
}

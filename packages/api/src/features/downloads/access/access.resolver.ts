import type { EntitlementDecision } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { seesProduct } from '../../../kernel/policy.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import { AccessAsArgs, CheckEntitlementInput, EntitlementDecisionType, FollowedChannelArgs, OfferedAsArgs } from './access.schema.js';
import type { AccessService, Judgement } from './access.service.js';
import type { LookingAs } from './access-subjects.js';
import { OFFERED_WEIGHT, type OfferedReleases, type OfferedTo } from './offered-release.js';

const lookingAs = ({ licenseId, ifPublished }: AccessAsArgs): LookingAs => ({ licenseId, ifPublished: ifPublished ?? false });

function decisionOf(judged: Judgement | null): EntitlementDecision {
  if (!judged) throw notFound('asset');
  return judged.decision;
}

@Resolver(() => AssetObject)
export class AssetAccessResolver {
  constructor(private readonly accessService: AccessService) {}

  @FieldResolver(() => EntitlementDecisionType, { description: 'Whether you may download the file, and why not.' })
  async access(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<EntitlementDecision> {
    return decisionOf(await this.accessService.decide(context, { assetId: asset.id }));
  }

  @Access('license:read')
  @FieldResolver(() => EntitlementDecisionType, {
    description: 'Whether the holder of a license may download the file, and why not. Requires `license:read`.',
  })
  async accessAs(
    @Ctx() context: RequestContext,
    @Root() asset: StoredAsset,
    @Args(() => AccessAsArgs) args: AccessAsArgs,
  ): Promise<EntitlementDecision> {
    return decisionOf(await this.accessService.decide(context, { assetId: asset.id }, lookingAs(args)));
  }

  @Access('public')
  @Query(() => EntitlementDecisionType, { description: 'Checks whether a download would be allowed, without granting it.' })
  checkEntitlement(
    @Ctx() context: RequestContext,
    @Arg('input', () => CheckEntitlementInput) input: CheckEntitlementInput,
  ): Promise<EntitlementDecision> {
    return this.accessService.check(context, input);
  }
}

@Resolver(() => DownloadableType)
export class DownloadableAccessResolver {
  constructor(private readonly accessService: AccessService) {}

  @FieldResolver(() => EntitlementDecisionType, { description: 'Whether you may download the release, and why not.' })
  async access(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<EntitlementDecision> {
    return decisionOf(await this.accessService.decide(context, { row }));
  }

  @Access('license:read')
  @FieldResolver(() => EntitlementDecisionType, {
    description: 'Whether the holder of a license may download the release, and why not. Requires `license:read`.',
  })
  async accessAs(
    @Ctx() context: RequestContext,
    @Root() row: Downloadable,
    @Args(() => AccessAsArgs) args: AccessAsArgs,
  ): Promise<EntitlementDecision> {
    return decisionOf(await this.accessService.decide(context, { row }, lookingAs(args)));
  }
}

/** What a product has for whoever asks. */
@Resolver(() => ProductType)
export class ProductAccessResolver {
  constructor(private readonly offered: OfferedReleases) {}

  @Weight(OFFERED_WEIGHT)
  @FieldResolver(() => DownloadableType, {
    nullable: true,
    name: 'offered',
    description: 'The highest published version that you may download, preferring the stable channel. Null if there is none.',
  })
  async offeredRelease(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Args(() => FollowedChannelArgs) { channel }: FollowedChannelArgs,
  ): Promise<Downloadable | null> {
    return this.#offer(context, product, { as: null, channel: channel ?? null });
  }

  @Access('license:read')
  @Weight(OFFERED_WEIGHT)
  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description:
      'The highest published version that the holder of a license may download, preferring the stable channel; null if there is none. Requires `license:read`.',
  })
  async offeredAs(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Args(() => OfferedAsArgs) { licenseId, channel }: OfferedAsArgs,
  ): Promise<Downloadable | null> {
    return this.#offer(context, product, { as: { licenseId, ifPublished: false }, channel: channel ?? null });
  }

  @Weight({ items: 5 })
  @FieldResolver(() => [String], { description: 'The channels that you may follow, in the order of the product’s channels.' })
  async openChannels(@Ctx() context: RequestContext, @Root() product: Product): Promise<readonly string[]> {
    return seesProduct(context.actor, product) ? this.offered.channels(context, { productId: product.id, as: null }) : [];
  }

  @Access('license:read')
  @Weight({ items: 5 })
  @FieldResolver(() => [String], {
    description: 'The channels that the holder of a license may follow, in the order of the product’s channels. Requires `license:read`.',
  })
  async openChannelsAs(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Arg('licenseId', () => ID, { description: 'The ID of the license to check for.' }) licenseId: string,
  ): Promise<readonly string[]> {
    const as = { licenseId, ifPublished: false };
    return seesProduct(context.actor, product) ? this.offered.channels(context, { productId: product.id, as }) : [];
  }

  async #offer(context: RequestContext, product: Product, to: Pick<OfferedTo, 'as' | 'channel'>): Promise<Downloadable | null> {
    return seesProduct(context.actor, product) ? this.offered.find(context, { productId: product.id, ...to }) : null;
  }
}

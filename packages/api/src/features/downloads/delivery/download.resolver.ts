import { entitlementMessage, type EntitlementDecision } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { Product } from '../../products/product.entity.js';
import { seesProduct } from '../../products/product-visibility.js';
import { ProductType } from '../../products/product.type.js';
import type { AccessService, LookingAs } from '../access/access.service.js';
import { AccessAsArgs, CheckEntitlementInput, CreateDownloadInput, Download, EntitlementDecisionType } from './download.schema.js';
import { OFFERED_WEIGHT, type OfferedReleases } from '../access/offered-release.js';
import type { DownloadService } from './download.service.js';

const CreateDownloadPayload = payloadType<{ download: Download }>('CreateDownload', {
  download: { type: () => Download, description: 'The granted download.' },
});

const lookingAs = ({ licenseId, ifPublished }: AccessAsArgs): LookingAs => ({ licenseId, ifPublished: ifPublished ?? false });

/** The path of an asset's permalink. */
export const permalinkPath = (asset: Pick<StoredAsset, 'id' | 'fileName'>): string =>
  `/d/${asset.id}/${encodeURIComponent(asset.fileName)}`;

@Resolver(() => AssetObject)
export class AssetAccessResolver {
  constructor(
    private readonly access: AccessService,
    private readonly downloads: DownloadService,
    private readonly publicUrl: string,
  ) {}

  @Access('public')
  @Query(() => AssetObject, { nullable: true, description: 'One file; null when there is none for you.' })
  asset(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'ULID.' }) id: string): Promise<StoredAsset | null> {
    return this.downloads.findAsset(context, id);
  }

  @Weight({ bytes: 140 })
  @FieldResolver(() => String, { description: 'Permalink: checks the entitlement, then redirects to a short-lived URL.' })
  downloadUrl(@Root() asset: StoredAsset): string {
    return `${this.publicUrl}${permalinkPath(asset)}`;
  }

  @FieldResolver(() => EntitlementDecisionType, { name: 'access', description: 'Whether you may download it.' })
  async assetAccess(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<EntitlementDecision> {
    const judged = await this.access.decideAsset(context, asset.id);
    if (!judged) throw notFound('asset');
    return judged.decision;
  }

  @Access('license:read')
  @FieldResolver(() => EntitlementDecisionType, { description: 'What the holder of a license is answered.' })
  async accessAs(
    @Ctx() context: RequestContext,
    @Root() asset: StoredAsset,
    @Args(() => AccessAsArgs) args: AccessAsArgs,
  ): Promise<EntitlementDecision> {
    const decision = await this.access.decideAssetAs(context, asset.id, lookingAs(args));
    if (!decision) throw notFound('asset');
    return decision;
  }

  @Access('public')
  @Query(() => EntitlementDecisionType, { description: 'Judges a download without granting it.' })
  checkEntitlement(
    @Ctx() context: RequestContext,
    @Arg('input', () => CheckEntitlementInput) input: CheckEntitlementInput,
  ): Promise<EntitlementDecision> {
    return this.access.check(context, input);
  }

  @Access('public')
  @Mutation(() => CreateDownloadPayload, { description: 'Grants a download: a signed URL, recorded and counted.' })
  async createDownload(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDownloadInput) input: CreateDownloadInput,
  ): Promise<PayloadOf<{ download: Download }>> {
    const outcome = await this.downloads.grant(context, { assetId: input.assetId, source: 'API' });
    if (!outcome) return refuse('NOT_FOUND', entitlementMessage({ code: 'NOT_FOUND', params: {} }), 'assetId');
    if (!outcome.isGranted) return refuse(outcome.decision.code, outcome.decision.message, 'assetId');
    return succeed({ download: outcome.download });
  }
}

@Resolver(() => DownloadableType)
export class DownloadableAccessResolver {
  constructor(private readonly accessService: AccessService) {}

  @FieldResolver(() => EntitlementDecisionType, { description: 'Whether you may download it.' })
  access(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<EntitlementDecision> {
    return this.accessService.decideRelease(context, row);
  }
  @Access('license:read')
  @FieldResolver(() => EntitlementDecisionType, { description: 'What the holder of a license is answered.' })
  accessAs(
    @Ctx() context: RequestContext,
    @Root() row: Downloadable,
    @Args(() => AccessAsArgs) args: AccessAsArgs,
  ): Promise<EntitlementDecision> {
    return this.accessService.decideReleaseAs(context, row, lookingAs(args));
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
    description:
      'The highest published version that you may download, on the stable channel when there is one there; null when there is none.',
  })
  async offeredRelease(@Ctx() context: RequestContext, @Root() product: Product): Promise<Downloadable | null> {
    return seesProduct(context.actor, product) ? this.offered.find(context, product.id, null) : null;
  }

  @Access('license:read')
  @Weight(OFFERED_WEIGHT)
  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The highest published version that the holder of a license may download, stable first; null when there is none.',
  })
  async offeredAs(
    @Ctx() context: RequestContext,
    @Root() product: Product,
    @Arg('licenseId', () => ID, { description: 'The license to look as.' }) licenseId: string,
  ): Promise<Downloadable | null> {
    return seesProduct(context.actor, product) ? this.offered.find(context, product.id, { licenseId, ifPublished: false }) : null;
  }
}

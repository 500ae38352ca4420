import { entitlementMessage } from '@slipway/shared';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import { CreateDownloadInput, Download } from './download.schema.js';
import type { DownloadService } from './download.service.js';

const CreateDownloadPayload = payloadType<{ download: Download }>('CreateDownload', {
  download: { type: () => Download, description: 'The download that was granted.' },
});

/** The path of an asset's permalink. */
export const permalinkPath = (asset: Pick<StoredAsset, 'id' | 'fileName'>): string =>
  `/d/${asset.id}/${encodeURIComponent(asset.fileName)}`;

@Resolver(() => AssetObject)
export class AssetDownloadResolver {
  constructor(
    private readonly downloads: DownloadService,
    private readonly publicUrl: string,
  ) {}

  @Access('public')
  @Query(() => AssetObject, { nullable: true, description: 'Finds a file by its ID. Null if there is none or you may not see it.' })
  asset(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the file.' }) id: string,
  ): Promise<StoredAsset | null> {
    return this.downloads.findAsset(context, id);
  }

  @Weight({ bytes: 140 })
  @FieldResolver(() => String, {
    description: 'The permalink of the file. It checks the entitlement, then redirects to a short-lived URL.',
  })
  downloadUrl(@Root() asset: StoredAsset): string {
    return `${this.publicUrl}${permalinkPath(asset)}`;
  }

  @Access('public')
  @Mutation(() => CreateDownloadPayload, { description: 'Grants a download and returns a signed URL. The download is logged and counted.' })
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

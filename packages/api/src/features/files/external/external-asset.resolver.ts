import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import { AddExternalAssetInput } from './external-asset.schema.js';
import type { ExternalAssetService } from './external-asset.service.js';

const AddExternalAssetPayload = payloadType<{ asset: StoredAsset }>('AddExternalAsset', {
  asset: { type: () => AssetObject, description: 'The file that was added, in the state `READY`.' },
});

@Resolver()
export class ExternalAssetResolver {
  constructor(private readonly externalAssets: ExternalAssetService) {}

  @Access('release:write')
  @Mutation(() => AddExternalAssetPayload, {
    description: 'Adds a file on the vendor’s own server to a draft. It is shown as not verified.',
  })
  async addExternalAsset(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddExternalAssetInput) input: AddExternalAssetInput,
  ): Promise<PayloadOf<{ asset: StoredAsset }>> {
    return succeed({ asset: await this.externalAssets.add(context, input) });
  }
}

import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { failureOf } from '../../assets/asset.resolver.js';
import { AssetFailureType, AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { AssetEditService } from '../draft/asset-edit.service.js';
import {
  AbortUploadInput,
  CompleteUploadInput,
  CreateUploadInput,
  RemoveAssetInput,
  SignedPart,
  SignUploadPartsInput,
  UpdateAssetInput,
  UploadedPart,
  UploadType,
} from './upload.schema.js';
import type { UploadService } from './upload.service.js';
import type { Upload } from './upload-view.js';

interface RemoveResult {
  readonly removedId: string;
  readonly downloadable: Downloadable;
}

const ASSET = { asset: { type: () => AssetObject, description: 'The file after the change.' } };
const CreateUploadPayload = payloadType<{ upload: Upload }>('CreateUpload', {
  upload: { type: () => UploadType, description: 'The upload to send the file with.' },
});
const SignUploadPartsPayload = payloadType<{ parts: SignedPart[] }>('SignUploadParts', {
  parts: {
    type: () => [SignedPart],
    description: 'Signed URLs for the requested parts, in the order of `partNumbers`.',
    weight: { items: 100 },
  },
});
const CompleteUploadPayload = payloadType<{ asset: StoredAsset }>('CompleteUpload', ASSET);
const AbortUploadPayload = payloadType<{ abortedId: string }>('AbortUpload', {
  abortedId: { type: () => ID, description: 'The ID of the aborted upload.' },
});
const UpdateAssetPayload = payloadType<{ asset: StoredAsset }>('UpdateAsset', ASSET);
const RemoveAssetPayload = payloadType<RemoveResult>('RemoveAsset', {
  removedId: { type: () => ID, description: 'The ID of the removed file.' },
  downloadable: { type: () => DownloadableType, description: 'The downloadable without the removed file.' },
});

@Resolver(() => UploadType)
export class UploadResolver {
  constructor(
    private readonly uploads: UploadService,
    private readonly assets: AssetEditService,
  ) {}

  @FieldResolver(() => AssetObject, { description: 'The file that is being uploaded.' })
  asset(@Ctx() context: RequestContext, @Root() upload: Upload): Promise<StoredAsset> {
    return this.uploads.getAsset(context, upload.assetId);
  }

  @Weight({ items: 40 })
  @FieldResolver(() => [UploadedPart], {
    description: 'Parts that have already arrived, in ascending order. Skip them to resume the upload.',
  })
  uploadedParts(@Ctx() context: RequestContext, @Root() upload: Upload): Promise<readonly UploadedPart[]> {
    return context.loader(this.uploads.loaders.parts).load(upload.id);
  }

  @FieldResolver(() => AssetFailureType, {
    nullable: true,
    description: 'Why the file failed its check. Null unless the state is `FAILED`.',
  })
  failure(@Root() upload: Upload): AssetFailureType | null {
    return failureOf(upload.failureCode);
  }

  @Access('release:write')
  @Mutation(() => CreateUploadPayload, {
    description: 'Adds a file to a draft and opens its upload. The same fingerprint and size continue an unfinished upload.',
  })
  async createUpload(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateUploadInput) input: CreateUploadInput,
  ): Promise<PayloadOf<{ upload: Upload }>> {
    return succeed({ upload: await this.uploads.create(context, input) });
  }

  @Access('release:write')
  @Mutation(() => SignUploadPartsPayload, { description: 'Signs the URLs to upload parts of a file to.' })
  async signUploadParts(
    @Ctx() context: RequestContext,
    @Arg('input', () => SignUploadPartsInput) input: SignUploadPartsInput,
  ): Promise<PayloadOf<{ parts: SignedPart[] }>> {
    return succeed({ parts: await this.uploads.signParts(context, input.uploadId, input.partNumbers) });
  }

  @Access('release:write')
  @Mutation(() => CompleteUploadPayload, { description: 'Completes an upload whose parts have all arrived. The file is `VERIFYING` next.' })
  async completeUpload(
    @Ctx() context: RequestContext,
    @Arg('input', () => CompleteUploadInput) input: CompleteUploadInput,
  ): Promise<PayloadOf<{ asset: StoredAsset }>> {
    return succeed({ asset: await this.uploads.complete(context, input.uploadId) });
  }

  @Access('release:write')
  @Mutation(() => AbortUploadPayload, { description: 'Aborts an unfinished upload and removes its file.' })
  async abortUpload(
    @Ctx() context: RequestContext,
    @Arg('input', () => AbortUploadInput) input: AbortUploadInput,
  ): Promise<PayloadOf<{ abortedId: string }>> {
    await this.uploads.abort(context, input.uploadId);
    return succeed({ abortedId: input.uploadId });
  }

  @Access('release:write')
  @Mutation(() => UpdateAssetPayload, { description: 'Changes the labels of a file of a draft: purpose, platform and architecture.' })
  async updateAsset(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateAssetInput) input: UpdateAssetInput,
  ): Promise<PayloadOf<{ asset: StoredAsset }>> {
    return succeed({ asset: await this.assets.update(context, input.id, input) });
  }

  @Access('release:write')
  @Mutation(() => RemoveAssetPayload, { description: 'Removes a file from a draft.' })
  async removeAsset(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveAssetInput) input: RemoveAssetInput,
  ): Promise<PayloadOf<RemoveResult>> {
    return succeed({ removedId: input.id, downloadable: await this.assets.remove(context, input.id) });
  }
}

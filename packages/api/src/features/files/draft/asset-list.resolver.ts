import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { succeed, type PayloadOf } from '../../../kernel/payload.js';
import { downloadablePayload, type DownloadableResult } from '../../downloadables/downloadable.payload.js';
import { ReorderAssetsInput, UpdateAssetsInput } from './asset-list.schema.js';
import type { AssetListService } from './asset-list.service.js';

const UpdateAssetsPayload = downloadablePayload('UpdateAssets');
const ReorderAssetsPayload = downloadablePayload('ReorderAssets');

/** Mutations of several files of a draft at once. */
@Resolver()
export class AssetListResolver {
  constructor(private readonly files: AssetListService) {}

  @Access('release:write')
  @Mutation(() => UpdateAssetsPayload, {
    description: 'Changes the labels of several files of a draft: purpose, platform and architecture.',
  })
  async updateAssets(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateAssetsInput) input: UpdateAssetsInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.files.relabel(context, input.downloadableId, input) });
  }

  @Access('release:write')
  @Mutation(() => ReorderAssetsPayload, { description: 'Changes the order of the files of a draft.' })
  async reorderAssets(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReorderAssetsInput) input: ReorderAssetsInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.files.reorder(context, input.downloadableId, input.assetIds) });
  }
}

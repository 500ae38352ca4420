import { FieldResolver, Ctx, Resolver, Root } from 'type-graphql';
import { mayUse } from '../../../kernel/policy.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import { UploadType } from './upload.schema.js';
import { uploadOf, type Upload } from './upload-view.js';

/** What staff see of a file besides what everybody sees: its upload, and where it is. */
@Resolver(() => AssetObject)
export class AssetUploadResolver {
  constructor(
    private readonly assets: AssetLoaders,
    private readonly downloadables: DownloadableLoaders,
    private readonly clock: Clock,
  ) {}

  @FieldResolver(() => UploadType, {
    nullable: true,
    description: 'The unfinished upload of this file or its replacement. Null if there is none or you lack `release:write`.',
  })
  async upload(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<Upload | null> {
    if (asset.openObjectId === null || !(await this.#mayUse(context, asset, 'release:write'))) return null;
    const object = await context.loader(this.assets.storedObject).load(asset.openObjectId);
    return object && uploadOf(asset.id, object, this.clock.now());
  }

  @Weight({ bytes: 150 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The URL of an external file on the vendor’s server. Null unless you have `release:read`; customers use `downloadUrl`.',
  })
  async externalUrl(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<string | null> {
    if (asset.externalUrl === null || !(await this.#mayUse(context, asset, 'release:read'))) return null;
    return asset.externalUrl;
  }

  async #mayUse(context: RequestContext, asset: StoredAsset, scope: 'release:read' | 'release:write'): Promise<boolean> {
    const revision = await context.loader(this.downloadables.revision).load(asset.revisionId);
    const row = revision && (await context.loader(this.downloadables.byId).load(revision.downloadableId));
    return row !== null && mayUse(context.actor, scope, row.productId);
  }
}

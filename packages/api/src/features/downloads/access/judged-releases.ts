import type { RequestContext } from '../../../kernel/context.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import { isPublicRevision } from '../../downloadables/revision.entity.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import type { JudgedRelease } from './access-facts.js';
import type { AccessLoaders } from './access.loaders.js';

export interface JudgedDependencies {
  readonly products: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
  readonly loaders: AccessLoaders;
}

/** Reads what a decision is about: a release as a whole, or one of its files. */
export class JudgedReleases {
  constructor(private readonly use: JudgedDependencies) {}

  /** Null when there is no such file. */
  async ofAsset(context: RequestContext, assetId: string): Promise<JudgedRelease | null> {
    const asset = await context.loader(this.use.assets.byId).load(assetId);
    const revision = asset && (await context.loader(this.use.downloadables.revision).load(asset.revisionId));
    const row = revision && (await context.loader(this.use.downloadables.byId).load(revision.downloadableId));
    return row ? this.of(context, row, asset) : null;
  }

  /** Null when there is no such release. */
  async ofDownloadable(context: RequestContext, id: string): Promise<JudgedRelease | null> {
    const row = await context.loader(this.use.downloadables.byId).load(id);
    return row ? this.of(context, row, null) : null;
  }

  /** @param asset null: the release as a whole */
  async of(context: RequestContext, row: Downloadable, asset: StoredAsset | null): Promise<JudgedRelease> {
    const links = asset && (await context.loader(this.use.assets.sideFiles).load(asset.revisionId));
    const mainAsset = asset && links ? links.mainOf(asset) : null;
    const judgedFile = mainAsset ?? asset;
    const [product, channels, revision, downloads, replacement] = await Promise.all([
      context.loader(this.use.products.byId).load(row.productId),
      context.loader(this.use.products.channels).load(row.productId),
      asset ? context.loader(this.use.downloadables.revision).load(asset.revisionId) : null,
      judgedFile ? context.loader(this.use.loaders.downloadsOfAsset).load(judgedFile.id) : [],
      row.replacementId === null ? null : context.loader(this.use.downloadables.byId).load(row.replacementId),
    ]);
    if (!product) throw new Error(`Downloadable ${row.id} has no product.`);
    const isRevisionFrozen = asset ? revision !== null && isPublicRevision(revision) : row.liveRevisionId !== null;
    return {
      row,
      product,
      channels,
      asset,
      mainAsset,
      isSideFile: mainAsset !== null || (asset !== null && links?.isOfRelease(asset) === true),
      channel: revision?.channel ?? row.channel,
      isRevisionFrozen,
      revision,
      replacement: replacement?.status === 'PUBLISHED' ? replacement : null,
      downloads,
    };
  }
}

/** The file by whose platform and downloads a release is judged: a side file by its main one; null: the release as a whole. */
export const judgedFileOf = ({ mainAsset, asset }: JudgedRelease): StoredAsset | null => mainAsset ?? asset;

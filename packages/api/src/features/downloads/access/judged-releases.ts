import { mayBeSideFile } from '@slipway/shared';
import type { RequestContext } from '../../../kernel/context.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { listedProduct } from '../../downloadables/list/listed-parts.js';
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
    const facts = await context.loader(this.use.loaders.fileFacts).load(assetId);
    if (!facts) return null;
    const { asset, row, product, isAlone } = facts;
    context.loader(this.use.assets.byId).prime(assetId, asset);
    context.loader(this.use.downloadables.byId).prime(row.id, row);
    const place = await this.#placeOf(context, asset);
    await Promise.all([
      isAlone && this.use.loaders.prime(context, { productId: product.id, assetId: place.judgedId }),
      context.loader(this.use.products.channels).load(product.id),
    ]);
    return this.#judge(context, { ...facts, ...place });
  }

  /** Null when there is no such release. */
  async ofDownloadable(context: RequestContext, id: string): Promise<JudgedRelease | null> {
    const row = await context.loader(this.use.downloadables.byId).load(id);
    return row ? this.of(context, row, null) : null;
  }

  /** @param asset null: the release as a whole */
  async of(context: RequestContext, row: Downloadable, asset: StoredAsset | null): Promise<JudgedRelease> {
    const [product, revision, place] = await Promise.all([
      listedProduct(row) ?? context.loader(this.use.products.byId).load(row.productId),
      asset ? context.loader(this.use.downloadables.revision).load(asset.revisionId) : null,
      asset ? this.#placeOf(context, asset) : NO_FILE,
    ]);
    if (!product) throw new Error(`Downloadable ${row.id} has no product.`);
    return this.#judge(context, { row, asset, product, revision, ...place });
  }

  async #judge(context: RequestContext, given: GivenFacts): Promise<JudgedRelease> {
    const { row, asset, product, revision, mainAsset, isSideFile, judgedId } = given;
    const [channels, downloads, replacement] = await Promise.all([
      context.loader(this.use.products.channels).load(product.id),
      judgedId === null ? [] : context.loader(this.use.loaders.downloadsOfAsset).load(judgedId),
      row.replacementId === null ? null : context.loader(this.use.downloadables.byId).load(row.replacementId),
    ]);
    return {
      row,
      product,
      channels,
      asset,
      mainAsset,
      isSideFile,
      channel: revision?.channel ?? row.channel,
      isRevisionFrozen: asset ? revision !== null && isPublicRevision(revision) : row.liveRevisionId !== null,
      revision,
      replacement: replacement?.status === 'PUBLISHED' ? replacement : null,
      downloads,
    };
  }

  /** What a file is in its revision. The others are looked at only where its name may speak of them. */
  async #placeOf(context: RequestContext, asset: StoredAsset) {
    if (!mayBeSideFile(asset.fileName)) return { mainAsset: null, isSideFile: false, judgedId: asset.id };
    const links = await context.loader(this.use.assets.sideFiles).load(asset.revisionId);
    const mainAsset = links.mainOf(asset);
    return { mainAsset, isSideFile: mainAsset !== null || links.isOfRelease(asset), judgedId: mainAsset?.id ?? asset.id };
  }
}

/** What is known before the rest is looked up. `judgedId`: the file by whose downloads it is judged. */
type GivenFacts = Pick<JudgedRelease, 'row' | 'asset' | 'product' | 'revision' | 'mainAsset' | 'isSideFile'> & {
  readonly judgedId: string | null;
};

const NO_FILE = { mainAsset: null, isSideFile: false, judgedId: null };

/** The file by whose platform and downloads a release is judged: a side file by its main one; null: the release as a whole. */
export const judgedFileOf = ({ mainAsset, asset }: JudgedRelease): StoredAsset | null => mainAsset ?? asset;

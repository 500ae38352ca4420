import { publishChecklist, type ChecklistItem } from '@slipway/shared';
import { seesDrafts } from '../../../kernel/actor.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Product } from '../../products/product.entity.js';
import type { Downloadable } from '../downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadable.loaders.js';
import { wasEverPublished } from './lifecycle-steps.js';

/** Gathers what the checklist of a draft looks at; many drafts of one request cost as many statements as one. */
export class PublishChecklists {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly assets: AssetLoaders,
    private readonly productById: LoaderDefinition<string, Product | null>,
  ) {}

  /** What to know before publishing the open draft; empty without one, and for those who see no drafts. */
  async of(context: RequestContext, row: Downloadable): Promise<readonly ChecklistItem[]> {
    if (row.draftRevisionId === null || !seesDrafts(context.actor, row.productId)) return [];
    const draft = await context.loader(this.loaders.revision).load(row.draftRevisionId);
    if (!draft) return [];
    const [assets, product, previous, latest] = await Promise.all([
      this.#assetsOf(context, row.draftRevisionId),
      context.loader(this.productById).load(row.productId),
      context.loader(this.loaders.previous).load({ productId: row.productId, channel: draft.channel, versionKey: row.versionKey }),
      context.loader(this.loaders.latest).load(row.productId),
    ]);
    if (!product) return [];
    const changelog = await context.loader(this.loaders.changelog).load(draft.id);
    return publishChecklist({
      version: row.version,
      changelog,
      assets,
      platforms: [...new Set(assets.map(({ platform }) => platform))],
      product,
      isProductClosed: product.archivedAt !== null && !wasEverPublished(row),
      previous: previous && {
        version: previous.version,
        platforms: previous.platforms,
        fileNames: (await this.#assetsOf(context, previous.liveRevisionId ?? '')).map(({ fileName }) => fileName),
      },
      latestVersion: latest?.version ?? null,
    });
  }

  #assetsOf(context: RequestContext, revisionId: string): Promise<readonly StoredAsset[]> {
    return context.loader(this.assets.byRevision).load(revisionId);
  }
}

import { listUpdateFiles, type Target } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { AccessService } from '../downloads/access/access.service.js';
import { offeredFiles } from '../downloads/stable/newest-releases.js';

/** A release with for whom, and for which computer, it was found. */
export interface FoundRelease {
  readonly row: Downloadable;
  readonly context: RequestContext;
  readonly target: Target | null;
}

export interface UpdateDetailsUse {
  readonly assets: AssetLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly access: AccessService;
}

/** Reads what of an update costs more than its row. */
export class UpdateDetails {
  constructor(private readonly use: UpdateDetailsUse) {}

  /** The changelog in Markdown. */
  async notes({ row, context }: FoundRelease): Promise<string> {
    return row.liveRevisionId === null ? '' : context.loader(this.use.downloadables.changelog).load(row.liveRevisionId);
  }

  /** The files for the computer that the license covers, the best first, each followed by its signatures and the like. */
  async files({ row, context, target }: FoundRelease): Promise<readonly StoredAsset[]> {
    if (row.liveRevisionId === null) return [];
    const main = listUpdateFiles(offeredFiles(await context.loader(this.use.assets.byRevision).load(row.liveRevisionId)), target);
    const judged = await Promise.all(main.map(({ id }) => this.use.access.decide(context, { assetId: id })));
    const own = main.filter((_, index) => judged[index]?.decision.allowed === true);
    const links = await context.loader(this.use.assets.sideFiles).load(row.liveRevisionId);
    return own.flatMap((file) => [file, ...links.sidesOf(file).filter(({ state }) => state === 'READY')]);
  }
}

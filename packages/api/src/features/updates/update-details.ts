import { linkSideFiles, listUpdateFiles, type Target } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { ReleaseWithFiles } from '../downloadables/list/listed-parts.js';
import type { ListedFile } from '../downloadables/projection/listed-files.js';
import type { AccessService } from '../downloads/access/access.service.js';
import { offeredFiles } from '../downloads/stable/newest-releases.js';

/** A release with for whom, and for which computer, it was found. */
export interface FoundRelease extends ReleaseWithFiles {
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
  async files({ row, files, context, target }: FoundRelease): Promise<readonly ListedFile[]> {
    const main = listUpdateFiles(offeredFiles(files), target);
    const judged = await Promise.all(main.map((file) => this.use.access.decideListed(context, row, file)));
    const own = main.filter((_, index) => judged[index]?.decision.allowed === true);
    const links = linkSideFiles(files);
    return own.flatMap((file) => [file, ...links.sidesOf(file).filter(({ state }) => state === 'READY')]);
  }

  /** The longer checksum of a file, which no list has. */
  async sha512({ context }: FoundRelease, fileId: string): Promise<string | null> {
    return (await context.loader(this.use.assets.byId).load(fileId))?.sha512 ?? null;
  }
}

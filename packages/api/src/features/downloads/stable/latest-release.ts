import { pickAssetFor, targetWord } from '@slipway/shared';
import type { RequestContext } from '../../../kernel/context.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { AccessService } from '../access/access.service.js';
import { permalinkPath } from '../delivery/download.resolver.js';
import { newerOf, type NewestRelease, type NewestReleases } from './newest-releases.js';

export interface LatestReleaseUse {
  readonly newest: NewestReleases;
  readonly access: AccessService;
  readonly assets: AssetLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly publicUrl: string;
}

/** A release that somebody may have, and under which address its files are found. */
export interface DescribedRelease {
  readonly row: Downloadable;
  readonly found: NewestRelease;
  readonly address: { readonly product: string; readonly channel: string };
}

/** What `latest.json` says. */
export async function describeLatest(
  use: LatestReleaseUse,
  context: RequestContext,
  { row, found, address }: DescribedRelease,
): Promise<object> {
  const main = await use.newest.mainFiles(context, row);
  const files = await listOwnFiles(use, context, row);
  const changelog = row.liveRevisionId === null ? '' : await context.loader(use.downloadables.changelog).load(row.liveRevisionId);
  const stable = (asset: StoredAsset): string | null => {
    const { platform, architecture } = asset;
    const isPicked = pickAssetFor(main, { platform, architecture })?.id === asset.id;
    const path = [address.product, address.channel, targetWord({ platform, architecture })].map(encodeURIComponent).join('/');
    return isPicked ? `${use.publicUrl}/download/${path}` : null;
  };
  return {
    product: address.product,
    version: row.version,
    name: row.name,
    channel: row.channel,
    releaseDate: row.releaseDate,
    publishedAt: row.publishedAt,
    changelog,
    files: files.map((asset) => describeFile(asset, `${use.publicUrl}${permalinkPath(asset)}`, stable(asset))),
    newer: newerOf(found),
  };
}

function describeFile(asset: StoredAsset, url: string, stableUrl: string | null): object {
  const { fileName, type, platform, architecture, size, sha256, sha512 } = asset;
  return { fileName, url, stableUrl, type, platform, architecture, size, sha256, sha512 };
}

/** Of a release the files that are there and theirs; signatures and the like among them. */
async function listOwnFiles(use: LatestReleaseUse, context: RequestContext, row: Downloadable): Promise<readonly StoredAsset[]> {
  if (row.liveRevisionId === null) return [];
  const files = (await context.loader(use.assets.byRevision).load(row.liveRevisionId)).filter(({ state }) => state === 'READY');
  const judged = await Promise.all(files.map(({ id }) => use.access.decide(context, { assetId: id })));
  return files.filter((_, index) => judged[index]?.decision.allowed === true);
}

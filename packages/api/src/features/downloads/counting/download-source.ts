import type { DownloadSource } from '@slipway/shared';
import type { Actor } from '../../../kernel/actor.js';
import type { JudgedRelease } from '../access/access-facts.js';

/** By what way a download was asked for: the API, a link to the file, the same link pressed on our own pages, or a share link. */
export type DownloadWay = 'API' | 'PERMALINK' | 'PORTAL' | 'SHARE_LINK';

/** The source of what the vendor's own people download: kept in the log, in no statistics. */
export const STAFF_SOURCE = 'STAFF';

/**
 * The source of one download. A share link is one whoever opens it; then staff, tokens and people with a session are known
 * by how they are signed in, everybody else by the way they came.
 * @param isStaff the actor sees the product's drafts
 */
export function sourceOf(actor: Actor, way: DownloadWay, isStaff: boolean): DownloadSource | typeof STAFF_SOURCE {
  if (way === 'SHARE_LINK') return 'SHARE_LINK';
  if (actor.kind === 'TOKEN') return 'TOKEN';
  if (isStaff) return STAFF_SOURCE;
  if (way === 'PORTAL') return 'PORTAL';
  if (way === 'PERMALINK') return 'PERMALINK';
  if (actor.kind === 'MACHINE') return 'MACHINE_KEY';
  return actor.kind === 'LICENSE' && actor.sessionId === null ? 'LICENSE_KEY' : 'PORTAL';
}

/** What was downloaded, as log and statistics tell it. */
export function downloadedOf({ row, asset, isSideFile }: JudgedRelease) {
  const platform = isSideFile ? null : (asset?.platform ?? null);
  const named = { version: row.version, fileName: asset?.fileName ?? null };
  return { productId: row.productId, downloadableId: row.id, assetId: asset?.id ?? '', platform, ...named };
}

import type { Platform, ReleaseCandidates } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { SqlValue } from '../../../database/transaction.js';

/** The first step is short, since the first release mostly suits; each later one is a statement and this many of them. */
const FIRST_STEP = 10;
const STEP = 100;

/** Which published releases are walked, from the highest version down. */
export interface ReleaseWalk {
  readonly productId: string;
  readonly channels: readonly string[];
  readonly platforms: readonly Platform[];
  readonly candidates: Pick<ReleaseCandidates, 'datedUntil' | 'versionKeyUntil'>;
}

interface Place {
  readonly version_key: string;
  readonly downloadable_id: string;
}

/**
 * Published releases that have a file for one of the platforms, highest version first, a step at a time: each channel and platform
 * is a range of the index of targets. Others get their turn between two steps.
 */
export async function* walkReleases(database: Database, walk: ReleaseWalk): AsyncGenerator<readonly string[]> {
  let below: string | null = null;
  for (let size = FIRST_STEP; walk.channels.length > 0; size = STEP) {
    const places = await readStep(database, walk, { below, size });
    yield places.map((place) => place.downloadable_id);
    below = places.at(-1)?.version_key ?? null;
    if (places.length < size) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function readStep(database: Database, walk: ReleaseWalk, from: { below: string | null; size: number }): Promise<readonly Place[]> {
  const { datedUntil, versionKeyUntil } = walk.candidates;
  const dated = datedUntil === null ? '' : ' JOIN downloadable d ON d.id = t.downloadable_id AND d.first_release_date <= ?';
  const bounds: readonly (readonly [string, string | null])[] = [
    [' AND t.version_key <= ?', versionKeyUntil],
    [' AND t.version_key < ?', from.below],
  ];
  const given = bounds.filter(([, value]) => value !== null);
  const probe = `SELECT t.version_key, t.downloadable_id FROM release_target t${dated}
    WHERE t.product_id = ? AND t.channel = ? AND t.platform = ?${given.map(([sql]) => sql).join('')} ORDER BY t.version_key DESC LIMIT ?`;
  const targets = walk.channels.flatMap((channel) => walk.platforms.map((platform) => [channel, platform]));
  const parameters = targets.flatMap((target): SqlValue[] => [
    ...(datedUntil === null ? [] : [datedUntil]),
    walk.productId,
    ...target,
    ...given.map(([, value]) => value),
    from.size,
  ]);
  const sql = targets.map((_, index) => `SELECT * FROM (${probe}) AS probe${index}`).join(' UNION ALL ');
  const found = await database.query<Place>(sql, parameters);
  const each = new Map(found.map((place) => [place.downloadable_id, place]));
  return [...each.values()].toSorted((one, other) => (one.version_key < other.version_key ? 1 : -1)).slice(0, from.size);
}

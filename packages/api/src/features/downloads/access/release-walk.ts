import { targetsRunBy, type ReleaseCandidates, type Target } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { SqlPart, SqlValue } from '../../../database/transaction.js';
import { ceilingsOf } from '../../downloadables/projection/version-ceilings.js';

/** The first step is short, since the first release mostly suits; each later one is a statement and this many of them. */
const FIRST_STEP = 10;
const STEP = 100;

/** Which releases are walked, from the highest version down. */
export interface ReleaseWalk {
  readonly productId: string;
  /** By default those that are published; archived ones are found for no computer. */
  readonly status?: 'PUBLISHED' | 'ARCHIVED';
  readonly channels: readonly string[];
  /** Only releases with a file for this computer; null: all. */
  readonly target: Target | null;
  /** Sort keys of versions are below it; null: no bound. */
  readonly versionKeyBelow: string | null;
  readonly candidates: Omit<ReleaseCandidates, 'channels'>;
}

interface Place {
  readonly version_key: string;
  readonly downloadable_id: string;
}

/**
 * Releases, highest version first, a step at a time: each channel, and each kind of file that the computer runs, is a range of
 * an index. Others get their turn between two steps.
 */
export async function* walkReleases(database: Database, walk: ReleaseWalk): AsyncGenerator<readonly string[]> {
  let below = walk.versionKeyBelow;
  const channels = await channelsOf(database, walk);
  for (let size = FIRST_STEP; channels.length > 0; size = STEP) {
    const places = await readStep(database, { ...walk, channels }, { below, size });
    yield places.map((place) => place.downloadable_id);
    below = places.at(-1)?.version_key ?? null;
    if (places.length < size) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A channel with the sort key that no version of interest is above; null: no bound. */
interface BoundChannel {
  readonly name: string;
  readonly versionKeyUntil: string | null;
}

type BoundWalk = Omit<ReleaseWalk, 'channels'> & { readonly channels: readonly BoundChannel[] };

/** Where on each channel the walk begins: of what came out until a day, not above the highest. */
async function channelsOf(database: Database, { productId, status, channels, candidates }: ReleaseWalk): Promise<readonly BoundChannel[]> {
  const { datedUntil, versionKeyUntil } = candidates;
  if (datedUntil === null || status === 'ARCHIVED') return channels.map((name) => ({ name, versionKeyUntil }));
  const ceilings = await ceilingsOf(database, { productId, channels, until: datedUntil });
  return channels.flatMap((name) => {
    const ceiling = ceilings.get(name);
    if (ceiling === undefined) return [];
    return [{ name, versionKeyUntil: versionKeyUntil !== null && versionKeyUntil < ceiling ? versionKeyUntil : ceiling }];
  });
}

async function readStep(database: Database, walk: BoundWalk, from: { below: string | null; size: number }): Promise<readonly Place[]> {
  const bounds: readonly (readonly [string, string | null])[] = [
    [' AND first_release_date <= ?', walk.candidates.datedUntil],
    [' AND version_key < ?', from.below],
    [' AND version_key >= ?', walk.candidates.versionKeyFrom],
  ];
  const given = bounds.filter(([, value]) => value !== null);
  const probes = walk.target === null ? ofReleases(walk) : ofTarget(walk, walk.target);
  const end = `${given.map(([sql]) => sql).join('')} ORDER BY version_key DESC LIMIT ?`;
  const sql = probes.map((probe, index) => `SELECT * FROM (${probe.sql}${end}) AS probe${index}`).join(' UNION ALL ');
  const parameters = probes.flatMap((probe): SqlValue[] => [...probe.parameters, ...given.map(([, value]) => value), from.size]);
  const found = await database.query<Place>(sql, parameters);
  const each = new Map(found.map((place) => [place.downloadable_id, place]));
  return [...each.values()].toSorted((one, other) => (one.version_key < other.version_key ? 1 : -1)).slice(0, from.size);
}

const bounded = ({ name, versionKeyUntil }: BoundChannel): SqlPart =>
  versionKeyUntil === null
    ? { sql: 'channel = ?', parameters: [name] }
    : { sql: 'channel = ? AND version_key <= ?', parameters: [name, versionKeyUntil] };

const ofReleases = ({ productId, status = 'PUBLISHED', channels }: BoundWalk): SqlPart[] =>
  channels.map(bounded).map(({ sql, parameters }) => ({
    sql: `SELECT version_key, id AS downloadable_id FROM downloadable WHERE product_id = ? AND status = '${status}' AND ${sql}`,
    parameters: [productId, ...parameters],
  }));

const ofTarget = ({ productId, channels }: BoundWalk, target: Target): SqlPart[] =>
  targetsRunBy(target).flatMap(({ platform, architecture }) =>
    channels.map(bounded).map(({ sql, parameters }) => ({
      sql: `SELECT version_key, downloadable_id FROM update_target WHERE product_id = ? AND platform = ? AND architecture = ? AND ${sql}`,
      parameters: [productId, platform, architecture ?? '', ...parameters],
    })),
  );

import { PLATFORMS, STABLE_CHANNEL, type Platform } from '@slipway/shared';
import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import { findByIds, findWithout } from '../../database/entity-rows.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { Downloadable } from './downloadable.entity.js';
import { Revision, type RevisionHead } from './revision.entity.js';

/** A place in the order of versions of one channel. */
export interface ReleasePlace {
  readonly productId: string;
  readonly channel: string;
  readonly versionKey: string;
}

/** The highest published version of one product for one platform on one channel. */
export interface LatestOfTarget {
  readonly channel: string;
  readonly platform: Platform;
  readonly downloadable: Downloadable;
}

/** One SELECT per key in one statement: SQLite takes 500 of them (https://www.sqlite.org/limits.html), and some keys need two. */
const PROBES = { maxBatchSize: 100 };

/** A page's worth: at full length some megabytes. */
const CHANGELOGS_AT_ONCE = 100;

/** Loaders of this feature, one statement per request and kind. */
export class DownloadableLoaders {
  readonly byId: LoaderDefinition<string, Downloadable | null>;
  readonly revision: LoaderDefinition<string, RevisionHead | null>;
  readonly revisions: LoaderDefinition<string, readonly RevisionHead[]>;
  /** The changelog of a revision, by its id: read in turns, so that an answer that is too large by then ends it. */
  readonly changelog: LoaderDefinition<string, string>;
  readonly latest: LoaderDefinition<string, Downloadable | null>;
  /** The published release next below a version on a channel. */
  readonly previous: LoaderDefinition<ReleasePlace, Downloadable | null>;
  readonly latestByTarget: LoaderDefinition<string, readonly LatestOfTarget[]>;

  constructor(database: Database) {
    this.byId = { name: 'downloadableById', make: () => new DataLoader((ids) => loadById(database, ids)) };
    this.revision = {
      name: 'revisionById',
      make: () =>
        new DataLoader(async (ids) => {
          const rows = await findWithout(database, Revision, { ids, omitted: ['changelog'] });
          const known = new Map(rows.map((row) => [row.id, row]));
          return ids.map((id) => known.get(id) ?? null);
        }),
    };
    this.revisions = {
      name: 'revisionsByDownloadable',
      make: () =>
        new DataLoader(async (ids) => {
          const found = await database.query<{ id: string }>(
            `SELECT id FROM revision WHERE downloadable_id IN (${ids.map(() => '?').join(', ')})`,
            ids,
          );
          const rows = await findWithout(database, Revision, { ids: found.map(({ id }) => id), omitted: ['changelog'] });
          rows.sort((a, b) => b.number - a.number);
          return ids.map(groupBy(rows, (row) => row.downloadableId));
        }),
    };
    this.changelog = { name: 'changelogByRevision', make: (context) => makeChangelogLoader(database, context) };
    this.latest = { name: 'latestByProduct', make: () => new DataLoader((productIds) => loadLatest(database, productIds), PROBES) };
    this.previous = { name: 'previousRelease', make: () => new DataLoader((places) => loadPrevious(database, places), PROBES) };
    this.latestByTarget = {
      name: 'latestByProductAndTarget',
      make: () => new DataLoader((productIds) => loadLatestByTarget(database, productIds)),
    };
  }
}

function makeChangelogLoader(database: Database, context: RequestContext): DataLoader<string, string> {
  let turn: Promise<unknown> = Promise.resolve();
  const load = async (ids: readonly string[]): Promise<string[]> => {
    context.replySize.requireRoom();
    const marks = ids.map(() => '?').join(', ');
    const rows = await database.query<{ id: string; changelog: string }>(`SELECT id, changelog FROM revision WHERE id IN (${marks})`, ids);
    const known = new Map(rows.map((row) => [row.id, row.changelog]));
    return ids.map((id) => known.get(id) ?? '');
  };
  const inTurn = (ids: readonly string[]): Promise<string[]> => {
    const mine = turn.then(() => load(ids));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return new DataLoader(inTurn, { maxBatchSize: CHANGELOGS_AT_ONCE });
}

async function loadById(database: Database, ids: readonly string[]): Promise<(Downloadable | null)[]> {
  const rows = await findByIds(database, Downloadable, ids);
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id) ?? null);
}

/** The highest published version of each product, on stable when there is one there: two index probes each, in one statement. */
async function loadLatest(database: Database, productIds: readonly string[]): Promise<(Downloadable | null)[]> {
  const probe = (condition: string): string =>
    `SELECT id, product_id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' ${condition} ORDER BY version_key DESC LIMIT 1`;
  const probes = [probe(`AND channel = '${STABLE_CHANNEL}'`), probe('')];
  const sql = productIds
    .flatMap((_, index) => probes.map((one, place) => `SELECT * FROM (${one}) AS probe${index}_${place}`))
    .join(' UNION ALL ');
  const found = await database.query<{ id: string; product_id: string }>(
    sql,
    productIds.flatMap((id) => [id, id]),
  );
  const rows = await loadById(
    database,
    found.map((row) => row.id),
  );
  const ofProduct = groupBy(
    rows.flatMap((row) => (row ? [row] : [])),
    (row) => row.productId,
  );
  return productIds.map((id) => ofProduct(id).find(({ channel }) => channel === STABLE_CHANNEL) ?? ofProduct(id)[0] ?? null);
}

/** One index probe each, in one statement. */
async function loadPrevious(database: Database, places: readonly ReleasePlace[]): Promise<(Downloadable | null)[]> {
  const probe = `SELECT id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' AND channel = ? AND version_key < ? ORDER BY version_key DESC LIMIT 1`;
  const sql = places.map((_, index) => `SELECT ${index} AS place, id FROM (${probe}) AS probe${index}`).join(' UNION ALL ');
  const found = await database.query<{ place: number; id: string }>(
    sql,
    places.flatMap(({ productId, channel, versionKey }) => [productId, channel, versionKey]),
  );
  const ids = new Map(found.map(({ place, id }) => [Number(place), id]));
  const releases = new Map((await loadById(database, [...ids.values()])).map((row) => [row?.id, row]));
  return places.map((_, index) => releases.get(ids.get(index)) ?? null);
}

/** One index probe per product, channel and platform, in one statement; then the rows that were found. */
async function loadLatestByTarget(database: Database, productIds: readonly string[]): Promise<LatestOfTarget[][]> {
  const platforms = PLATFORMS.map((platform, place) => `SELECT ${place} AS place, '${platform}' AS platform`).join(' UNION ALL ');
  const probes = await database.query<{ product_id: string; channel: string; platform: Platform; id: string | null }>(
    `SELECT c.product_id, c.name AS channel, p.platform, (
       SELECT t.downloadable_id FROM release_target t
       WHERE t.product_id = c.product_id AND t.channel = c.name AND t.platform = p.platform ORDER BY t.version_key DESC LIMIT 1
     ) AS id
     FROM product_channel c CROSS JOIN (${platforms}) p
     WHERE c.product_id IN (${productIds.map(() => '?').join(', ')}) ORDER BY c.product_id, c.position, p.place`,
    productIds,
  );
  const ids = [...new Set(probes.flatMap(({ id }) => (id === null ? [] : [id])))];
  const rows = new Map((await loadById(database, ids)).flatMap((row) => (row ? [[row.id, row] as const] : [])));
  const ofProduct = groupBy(probes, (probe) => probe.product_id);
  return productIds.map((productId) =>
    ofProduct(productId).flatMap(({ channel, platform, id }) => {
      const downloadable = rows.get(id ?? '');
      return downloadable ? [{ channel, platform, downloadable }] : [];
    }),
  );
}

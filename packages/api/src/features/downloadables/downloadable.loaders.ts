import { STABLE_CHANNEL } from '@slipway/shared';
import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { Downloadable } from './downloadable.entity.js';
import { Revision } from './revision.entity.js';

/** Loaders of this feature, one statement per request and kind. */
export class DownloadableLoaders {
  readonly byId: LoaderDefinition<string, Downloadable | null>;
  readonly revision: LoaderDefinition<string, Revision | null>;
  readonly revisions: LoaderDefinition<string, readonly Revision[]>;
  readonly latest: LoaderDefinition<string, Downloadable | null>;
  /** The published release next below one in version order. */
  readonly previous: LoaderDefinition<Downloadable, Downloadable | null>;

  constructor(database: Database) {
    this.byId = { name: 'downloadableById', make: () => new DataLoader((ids) => loadById(database, ids)) };
    this.revision = {
      name: 'revisionById',
      make: () =>
        new DataLoader(async (ids) => {
          const rows = await database.read.findBy(Revision, { id: In([...ids]) });
          const known = new Map(rows.map((row) => [row.id, row]));
          return ids.map((id) => known.get(id) ?? null);
        }),
    };
    this.revisions = {
      name: 'revisionsByDownloadable',
      make: () =>
        new DataLoader(async (ids) => {
          const rows = await database.read.find(Revision, { where: { downloadableId: In([...ids]) }, order: { number: 'DESC' } });
          return ids.map((id) => rows.filter((row) => row.downloadableId === id));
        }),
    };
    this.latest = { name: 'latestByProduct', make: () => new DataLoader((productIds) => loadLatest(database, productIds)) };
    this.previous = { name: 'previousRelease', make: () => new DataLoader((rows) => loadPrevious(database, rows)) };
  }
}

async function loadById(database: Database, ids: readonly string[]): Promise<(Downloadable | null)[]> {
  const rows = await database.read.findBy(Downloadable, { id: In([...ids]) });
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
  const stableFirst = [...rows].sort((a, b) => Number(b?.channel === STABLE_CHANNEL) - Number(a?.channel === STABLE_CHANNEL));
  return productIds.map((productId) => stableFirst.find((row) => row?.productId === productId) ?? null);
}

/** One index probe each, in one statement. */
async function loadPrevious(database: Database, rows: readonly Downloadable[]): Promise<(Downloadable | null)[]> {
  const probe = `SELECT id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' AND version_key < ? ORDER BY version_key DESC LIMIT 1`;
  const sql = rows.map((_, index) => `SELECT ${index} AS place, id FROM (${probe}) AS probe${index}`).join(' UNION ALL ');
  const found = await database.query<{ place: number; id: string }>(
    sql,
    rows.flatMap((row) => [row.productId, row.versionKey]),
  );
  const places = new Map(found.map(({ place, id }) => [Number(place), id]));
  const releases = new Map((await loadById(database, [...places.values()])).map((row) => [row?.id, row]));
  return rows.map((_, index) => releases.get(places.get(index)) ?? null);
}

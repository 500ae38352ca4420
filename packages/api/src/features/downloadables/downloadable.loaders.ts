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
  }
}

async function loadById(database: Database, ids: readonly string[]): Promise<(Downloadable | null)[]> {
  const rows = await database.read.findBy(Downloadable, { id: In([...ids]) });
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id) ?? null);
}

/** The highest published version of each product: one index probe each, in one statement. */
async function loadLatest(database: Database, productIds: readonly string[]): Promise<(Downloadable | null)[]> {
  const probe = `SELECT * FROM (SELECT id, product_id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' ORDER BY version_key DESC LIMIT 1) AS probe`;
  const sql = productIds.map((_, index) => `${probe}${index}`).join(' UNION ALL ');
  const found = await database.query<{ id: string; product_id: string }>(sql, productIds);
  const rows = await loadById(
    database,
    found.map((row) => row.id),
  );
  return productIds.map((productId) => rows.find((row) => row?.productId === productId) ?? null);
}

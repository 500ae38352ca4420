import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { COUNT_CAP } from '../../kernel/pagination.js';
import { groupBy } from '../../kernel/grouping.js';
import { ALL_TIME } from '../downloads/counting/download-counters.js';

/** Counts beside releases and files in lists: one statement per request and kind. */
export class DownloadCountLoaders {
  /** All-time downloads of each file of a downloadable, by asset; from the counters. */
  readonly filesOf: LoaderDefinition<string, ReadonlyMap<string, number>>;
  /** How many customers a downloadable has reached, at most `COUNT_CAP`. */
  readonly customersOf: LoaderDefinition<string, number>;

  constructor(database: Database) {
    this.filesOf = { name: 'downloadsByFile', make: () => new DataLoader((ids) => countByFile(database, ids)) };
    this.customersOf = {
      name: 'customersByDownloadable',
      make: () => new DataLoader((ids) => countCustomers(database, ids), { maxBatchSize: 100 }),
    };
  }
}

async function countByFile(database: Database, ids: readonly string[]): Promise<Map<string, number>[]> {
  const rows = await database.query<{ scope_id: string; member: string; total: number }>(
    `SELECT scope_id, member, total FROM download_counter
     WHERE dimension = 'FILE' AND day = ? AND scope_id IN (${ids.map(() => '?').join(', ')})`,
    [ALL_TIME, ...ids],
  );
  const ofScope = groupBy(rows, (row) => row.scope_id);
  return ids.map((id) => new Map(ofScope(id).map((row) => [row.member, Number(row.total)])));
}

/** Licenses remember what they downloaded longer than the log does; each probe stops at the cap. */
async function countCustomers(database: Database, ids: readonly string[]): Promise<number[]> {
  const probe = `SELECT DISTINCT license.customer_id FROM revision
    JOIN asset ON asset.revision_id = revision.id
    JOIN license_download ON license_download.asset_id = asset.id
    JOIN license ON license.id = license_download.license_id
    WHERE revision.downloadable_id = ? LIMIT ${COUNT_CAP}`;
  const sql = ids.map((_, index) => `SELECT ${index} AS place, COUNT(*) AS total FROM (${probe}) AS probe${index}`).join(' UNION ALL ');
  const rows = await database.query<{ place: number; total: number }>(sql, ids);
  const totals = new Map(rows.map(({ place, total }) => [Number(place), Number(total)]));
  return ids.map((_, index) => totals.get(index) ?? 0);
}

import type { Database } from '../../../database/database.js';
import { oneOf } from '../../../database/transaction.js';
import type { JudgedRelease } from '../access/access-facts.js';

/** Who has a download of a release counted, in whatever revision. */
export interface Downloaders {
  readonly customerIds: ReadonlySet<string>;
  readonly licenseIds: ReadonlySet<string>;
}

/** Those of some customers that downloaded a release, with the licenses by which they did. */
export async function whoDownloaded(database: Database, { row }: JudgedRelease, customerIds: readonly string[]): Promise<Downloaders> {
  const { sql, parameters } = oneOf('l.customer_id', customerIds);
  const rows = await database.query<{ id: string; customer_id: string }>(
    `SELECT DISTINCT l.id, l.customer_id FROM license l JOIN license_download d ON d.license_id = l.id JOIN asset a ON a.id = d.asset_id
     JOIN revision r ON r.id = a.revision_id WHERE ${sql} AND l.product_id = ? AND r.downloadable_id = ?`,
    [...parameters, row.productId, row.id],
  );
  return { customerIds: new Set(rows.map((found) => found.customer_id)), licenseIds: new Set(rows.map((found) => found.id)) };
}

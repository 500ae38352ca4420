import type { Database } from '../../../database/database.js';
import { oneOf } from '../../../database/transaction.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';

/** Those of some customers that downloaded a release, in whatever revision. */
export async function whoDownloaded(
  database: Database,
  { row }: JudgedRelease,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { sql, parameters } = oneOf('l.customer_id', customerIds);
  const rows = await database.query<{ customer_id: string }>(
    `SELECT DISTINCT l.customer_id FROM license l JOIN license_download d ON d.license_id = l.id JOIN asset a ON a.id = d.asset_id
     JOIN revision r ON r.id = a.revision_id WHERE ${sql} AND l.product_id = ? AND r.downloadable_id = ?`,
    [...parameters, row.productId, row.id],
  );
  return new Set(rows.map((found) => found.customer_id));
}

import type { Database } from '../../database/database.js';

/** What logs tell of licenses by their ids: whose they are, and how their keys end. */
export async function findLicenseHeads(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly customerId: string; readonly keyHint: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await database.query<{ id: string; customer_id: string; key_hint: string }>(
    `SELECT id, customer_id, key_hint FROM license WHERE id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  return new Map(rows.map((row) => [row.id, { customerId: row.customer_id, keyHint: row.key_hint }]));
}

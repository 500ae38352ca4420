import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { findByIds } from '../../database/entity-rows.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { License } from './license.entity.js';

/** Which licenses of which customers. */
export interface LicensesWanted {
  readonly customerIds: readonly string[];
  /** Null: of all products. */
  readonly productIds: readonly string[] | null;
}

/**
 * The licenses of customers, newest first. A customer's limit counts those that are not revoked: they come whole, and revoked
 * ones fill the rest. At most 500 customers: SQLite takes no more parts of a UNION.
 */
export async function listLicensesOf(database: Database, { customerIds, productIds }: LicensesWanted): Promise<License[]> {
  if (customerIds.length === 0 || productIds?.length === 0) return [];
  const ofProducts = productIds === null ? '' : ` AND product_id IN (${productIds.map(() => '?').join(', ')})`;
  const order = `CASE WHEN status = 'REVOKED' THEN 1 ELSE 0 END, id DESC`;
  const part = `SELECT id FROM license WHERE customer_id = ?${ofProducts} ORDER BY ${order} LIMIT ${LIMITS.licensesPerCustomer.most}`;
  const ids = await database.query<{ id: string }>(
    customerIds.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ALL '),
    customerIds.flatMap((id) => [id, ...(productIds ?? [])]),
  );
  return database.read.find(License, { where: { id: In(ids.map((row) => row.id)) }, order: { id: 'DESC' } });
}

/** Licenses by id, one statement per request. */
export const licenseLoader = (database: Database): LoaderDefinition<string, License | null> => ({
  name: 'licenseById',
  make: () =>
    new DataLoader(async (ids) => {
      const known = new Map((await findByIds(database, License, ids)).map((row) => [row.id, row]));
      return ids.map((id) => known.get(id) ?? null);
    }),
});

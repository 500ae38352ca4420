import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import { findByIds, readingOf } from '../../database/entity-rows.js';
import type { LicenseOwner } from '../../kernel/actor.js';
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
  const { columns, make } = readingOf(database, License);
  const ids = customerIds.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ALL ');
  const rows = await database.query<Readonly<Record<string, unknown>>>(
    `SELECT ${columns.map((name) => `l.${name}`).join(', ')} FROM (${ids}) AS own JOIN license l ON l.id = own.id`,
    customerIds.flatMap((id) => [id, ...(productIds ?? [])]),
  );
  return rows.map(make).sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** The licenses with which somebody downloads, newest first. @param productIds null: of all products */
export async function listLicensesOfOwner(
  database: Database,
  { customerId, licenseId }: LicenseOwner,
  productIds: readonly string[] | null,
): Promise<License[]> {
  if (licenseId === null) return listLicensesOf(database, { customerIds: [customerId], productIds });
  const own = await findByIds(database, License, [licenseId]);
  return own.filter((license) => license.customerId === customerId && (productIds?.includes(license.productId) ?? true));
}

/** The products of those licenses; their status is judged by the entitlement decision. */
export async function listLicensedProducts(database: Database, { customerId, licenseId }: LicenseOwner): Promise<string[]> {
  const [column, id] = licenseId === null ? ['customer_id', customerId] : ['id', licenseId];
  const rows = await database.query<{ product_id: string }>(`SELECT DISTINCT product_id FROM license WHERE ${column} = ?`, [id]);
  return rows.map((row) => row.product_id);
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

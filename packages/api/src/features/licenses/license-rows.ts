import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import { findByIds, joinedReading, readingOf } from '../../database/entity-rows.js';
import { fromSqlInstantOrNull } from '../../database/instants.js';
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
  const { columns, make } = readingOf(database, License);
  const own = ownLicenses({ customerIds, productIds });
  const rows = await database.query<Readonly<Record<string, unknown>>>(
    `SELECT ${columns.map((name) => `l.${name}`).join(', ')} FROM (${own.sql}) AS own JOIN license l ON l.id = own.id`,
    own.parameters,
  );
  return newestFirst(rows.map(make));
}

/** Selects the ids of those licenses. */
function ownLicenses({ customerIds, productIds }: LicensesWanted) {
  const ofProducts = productIds === null ? '' : ` AND product_id IN (${productIds.map(() => '?').join(', ')})`;
  const order = `CASE WHEN status = 'REVOKED' THEN 1 ELSE 0 END, id DESC`;
  const part = `SELECT id FROM license WHERE customer_id = ?${ofProducts} ORDER BY ${order} LIMIT ${LIMITS.licensesPerCustomer.most}`;
  return {
    sql: customerIds.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ALL '),
    parameters: customerIds.flatMap((id) => [id, ...(productIds ?? [])]),
  };
}

/** A license's own row, and when its download of one file was last counted; null: it never was. */
export interface LicenseWithDownload {
  readonly license: License;
  readonly countedAt: Date | null;
}

/** The licenses with which somebody downloads a product, newest first, each with what it did with one file: one statement. */
export async function listLicensesWithDownload(
  database: Database,
  { customerId, licenseId }: LicenseOwner,
  { productId, assetId }: { readonly productId: string; readonly assetId: string },
): Promise<LicenseWithDownload[]> {
  const { select, make } = joinedReading(database, License, { alias: 'l' });
  const own =
    licenseId === null
      ? ownLicenses({ customerIds: [customerId], productIds: [productId] })
      : {
          sql: 'SELECT id FROM license WHERE id = ? AND customer_id = ? AND product_id = ?',
          parameters: [licenseId, customerId, productId],
        };
  const rows = await database.queryPrepared<Readonly<Record<string, unknown>> & { readonly counted_at: string | Date | null }>(
    `SELECT ${select}, x.counted_at FROM (${own.sql}) AS own JOIN license l ON l.id = own.id
     LEFT JOIN license_download x ON x.license_id = l.id AND x.asset_id = ?`,
    [...own.parameters, assetId],
  );
  const found = rows.map((row) => ({ license: make(row), countedAt: fromSqlInstantOrNull(row.counted_at) }));
  return found.sort((one, other) => (one.license.id < other.license.id ? 1 : -1));
}

const newestFirst = (licenses: License[]): License[] => licenses.sort((one, other) => (one.id < other.id ? 1 : -1));

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

/** The products of a customer's licenses; their status is judged by the entitlement decision. */
export async function listLicensedProducts(database: Database, customerId: string): Promise<string[]> {
  const rows = await database.query<{ product_id: string }>('SELECT DISTINCT product_id FROM license WHERE customer_id = ?', [customerId]);
  return rows.map((row) => row.product_id);
}

/**
 * The same as a value within another statement, to be read by `readLicensedProducts`.
 * @param customerId SQL of the customer's id
 */
export const licensedProductsSql = (customerId: string): string =>
  `(SELECT GROUP_CONCAT(DISTINCT own.product_id) FROM license own WHERE own.customer_id = ${customerId})`;

export const readLicensedProducts = (value: string | null): string[] => value?.split(',') ?? [];

/** Licenses by id, one statement per request. */
export const licenseLoader = (database: Database): LoaderDefinition<string, License | null> => ({
  name: 'licenseById',
  make: () =>
    new DataLoader(async (ids) => {
      const known = new Map((await findByIds(database, License, ids)).map((row) => [row.id, row]));
      return ids.map((id) => known.get(id) ?? null);
    }),
});

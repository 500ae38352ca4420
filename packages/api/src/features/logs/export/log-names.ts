import type { Database } from '../../../database/database.js';

/** What the lines of an export say in place of ids. */
export interface LogNames {
  readonly product: (id: string | null) => string;
  readonly customer: (id: string | null) => { readonly name: string; readonly email: string };
  readonly keyEnding: (id: string | null) => string;
  readonly version: (id: string | null) => string;
}

interface Named {
  readonly productId: string | null;
  readonly downloadableId: string | null;
  readonly licenseId?: string | null;
  readonly customerId?: string | null;
}

const NOBODY = { name: '', email: '' };

/** Reads the names for a batch of events: a statement for each kind. */
export async function readLogNames(database: Database, events: readonly Named[]): Promise<LogNames> {
  const idsOf = (of: (event: Named) => string | null | undefined): string[] => [...new Set(events.flatMap((event) => of(event) ?? []))];
  const [products, customers, licenses, releases] = await Promise.all([
    rowsOf(database, 'id, name', { table: 'product', ids: idsOf((event) => event.productId) }),
    rowsOf(database, 'id, name, email', { table: 'customer', ids: idsOf((event) => event.customerId) }),
    rowsOf(database, 'id, key_hint', { table: 'license', ids: idsOf((event) => event.licenseId) }),
    rowsOf(database, 'id, version', { table: 'downloadable', ids: idsOf((event) => event.downloadableId) }),
  ]);
  return {
    product: (id) => products.get(id ?? '')?.['name'] ?? '',
    customer: (id) => {
      const row = customers.get(id ?? '');
      return row ? { name: row['name'] ?? '', email: row['email'] ?? '' } : NOBODY;
    },
    keyEnding: (id) => licenses.get(id ?? '')?.['key_hint'] ?? '',
    version: (id) => releases.get(id ?? '')?.['version'] ?? '',
  };
}

async function rowsOf(
  database: Database,
  columns: string,
  { table, ids }: { readonly table: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  if (ids.length === 0) return new Map();
  const rows = await database.query<Readonly<Record<string, string>>>(
    `SELECT ${columns} FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  return new Map(rows.map((row) => [row['id'] ?? '', row]));
}

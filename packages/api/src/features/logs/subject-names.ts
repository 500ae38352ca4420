import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import type { AuditSubjectName } from './audit-event.schema.js';

/** Where the names of the objects of a kind are. */
const NAMES: Readonly<Record<string, string>> = {
  customer: 'SELECT id, name, id AS customer_id FROM customer WHERE id IN',
  downloadable:
    'SELECT d.id, d.version AS name, NULL AS customer_id, p.name AS product FROM downloadable d JOIN product p ON p.id = d.product_id WHERE d.id IN',
  license: 'SELECT l.id, c.name, c.id AS customer_id FROM license l JOIN customer c ON c.id = l.customer_id WHERE l.id IN',
  machineKey: 'SELECT id, name, customer_id FROM machine_key WHERE id IN',
  product: 'SELECT id, name, NULL AS customer_id FROM product WHERE id IN',
  token: 'SELECT id, name, NULL AS customer_id FROM api_token WHERE id IN',
  user: 'SELECT id, name, customer_id FROM user_account WHERE id IN',
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly customer_id: string | null;
  readonly product?: string;
}

/** Names of what audit events are about, by `kind:id`; null for what is gone, or has no name. */
export function subjectNames(database: Database): LoaderDefinition<string, AuditSubjectName | null> {
  const readKind = async (kind: string, ids: readonly string[]): Promise<readonly (readonly [string, AuditSubjectName])[]> => {
    const select = NAMES[kind];
    if (select === undefined || ids.length === 0) return [];
    const rows = await database.query<Row>(`${select} (${ids.map(() => '?').join(', ')})`, ids);
    return rows.map((row) => [
      `${kind}:${row.id}`,
      { name: row.product === undefined ? row.name : `${row.product} ${row.name}`, customerId: row.customer_id },
    ]);
  };
  return {
    name: 'auditSubjectName',
    make: () =>
      new DataLoader(async (keys: readonly string[]) => {
        const idsOf = (kind: string): string[] => keys.flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));
        const known = new Map((await Promise.all(Object.keys(NAMES).map((kind) => readKind(kind, idsOf(kind))))).flat());
        return keys.map((key) => known.get(key) ?? null);
      }),
  };
}

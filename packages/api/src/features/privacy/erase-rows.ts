import type { SqlValue, Transaction } from '../../database/transaction.js';
import type { ErasedPeople, TableData } from './erased-people.js';
import { PERSONAL_DATA } from './personal-data.js';

/** Replaces personal values in every table that says how, or removes its rows. @returns the IDs of the rows that were replaced one by one, by table */
export async function eraseRows(tx: Transaction, people: ErasedPeople): Promise<ReadonlyMap<string, readonly string[]>> {
  const replaced = new Map<string, readonly string[]>();
  for (const [table, data] of Object.entries(PERSONAL_DATA)) {
    if (!data.of) continue;
    const { sql, parameters } = data.of(people);
    if (data.isRemoved) await tx.execute(`DELETE FROM ${table} WHERE ${sql}`, parameters);
    else replaced.set(table, await replaceIn(tx, { table, data, people }));
  }
  return replaced;
}

interface Replacing {
  readonly table: string;
  readonly data: TableData;
  readonly people: ErasedPeople;
}

async function replaceIn(tx: Transaction, { table, data, people }: Replacing): Promise<string[]> {
  const { sql, parameters } = data.of?.(people) ?? { sql: '1 = 0', parameters: [] };
  const constants = constantsOf(data);
  if (constants) {
    // There may be very many: they are written in one statement.
    const sets = Object.keys(constants).map((name) => `${name} = ?`);
    await tx.execute(`UPDATE ${table} SET ${sets.join(', ')} WHERE ${sql}`, [...Object.values(constants), ...parameters]);
    return [];
  }
  const found = await tx.query<Readonly<Record<string, unknown>> & { id: string }>(`SELECT * FROM ${table} WHERE ${sql}`, parameters);
  const ids = found.filter((row) => data.isMeant?.(row, people) ?? true).map(({ id }) => id);
  for (const id of ids) {
    const columns = Object.entries({ ...data.personal, ...data.ended });
    const values = columns.map(([, value]) => (typeof value === 'function' ? value(id, people) : value));
    await tx.execute(`UPDATE ${table} SET ${columns.map(([name]) => setting(name, data)).join(', ')} WHERE id = ?`, [...values, id]);
  }
  return ids;
}

/** What is replaced, where it is by the same in every row. */
function constantsOf({ personal = {}, ended }: TableData): Readonly<Record<string, SqlValue>> | null {
  const values = Object.entries(personal).flatMap(([name, value]) => (typeof value === 'function' ? [] : [[name, value] as const]));
  return ended === undefined && values.length === Object.keys(personal).length ? Object.fromEntries(values) : null;
}

/** What had ended before keeps its time. */
const setting = (name: string, { ended = {} }: TableData): string =>
  name in ended && name.endsWith('_at') ? `${name} = COALESCE(${name}, ?)` : `${name} = ?`;

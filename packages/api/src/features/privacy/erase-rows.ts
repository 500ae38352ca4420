import type { Transaction } from '../../database/transaction.js';
import { PERSONAL_DATA, type ErasedPeople, type TableData } from './personal-data.js';

/** Replaces personal values in every table that says how, or removes its rows. @returns the IDs of the rows that were replaced, by table */
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
  const ids = (await tx.query<{ id: string }>(`SELECT id FROM ${table} WHERE ${sql}`, parameters)).map(({ id }) => id);
  for (const id of ids) {
    const columns = Object.entries({ ...data.personal, ...data.ended });
    const values = columns.map(([, value]) => (typeof value === 'function' ? value(id, people) : value));
    await tx.execute(`UPDATE ${table} SET ${columns.map(([name]) => setting(name, data)).join(', ')} WHERE id = ?`, [...values, id]);
  }
  return ids;
}

/** What had ended before keeps its time. */
const setting = (name: string, { ended = {} }: TableData): string =>
  name in ended && name.endsWith('_at') ? `${name} = COALESCE(${name}, ?)` : `${name} = ?`;

import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/ids.js';

/** Copies the one row of a table that a column names, each copy with an id and values of its own. @param unique columns that must differ */
export async function copyRows(
  database: Database,
  table: string,
  unique: readonly string[],
  from: { readonly where: string; readonly is: string; readonly count: number },
): Promise<void> {
  const [row] = await database.query<Record<string, string | number | null>>(`SELECT * FROM ${table} WHERE ${from.where} = ?`, [from.is]);
  if (!row) throw new Error(`There is no row of ${table} to copy.`);
  const names = Object.keys(row);
  const own = new Set(['id', ...unique]);
  const values = names.map((name) => (own.has(name) ? '?' : name)).join(', ');
  await database.transaction(async (tx) => {
    for (let index = 0; index < from.count; index += 1) {
      const parameters = names.filter((name) => own.has(name)).map(() => newId());
      await tx.execute(`INSERT INTO ${table} (${names.join(', ')}) SELECT ${values} FROM ${table} WHERE id = ?`, [
        ...parameters,
        String(row['id']),
      ]);
    }
  });
}

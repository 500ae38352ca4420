import type { ObjectStore } from '../object-store.js';
import { BASE_STORE, inStore } from './object-rows.js';
import type { ClaimPlace } from './claim-rows.js';

/** Files that are looked for in a store which nobody has claimed (DESIGN.md, section 9.1). */
const SAMPLE_SIZE = 20;

/** Whether a store holds any file. */
export async function isFilled(store: ObjectStore): Promise<boolean> {
  const { done } = await store.listObjects()[Symbol.asyncIterator]().next();
  return done !== true;
}

/** Whether the database has a file that must be in a store of its. */
export async function hasReadyFiles({ database, storeId = BASE_STORE }: ClaimPlace): Promise<boolean> {
  const { sql, values } = inStore(storeId);
  return (await database.query(`SELECT id FROM stored_object WHERE ${sql} AND state = 'READY' LIMIT 1`, values)).length > 0;
}

/** Looks for some of the database's files in a store, chosen by chance, all when there are few. @returns how many are there in the right size */
export async function sampleFiles(use: ClaimPlace & { readonly store: ObjectStore }): Promise<{ checked: number; present: number }> {
  const { database, store, storeId = BASE_STORE } = use;
  const chance = database.dialect === 'sqlite' ? 'RANDOM()' : 'RAND()';
  const { sql, values } = inStore(storeId);
  const rows = await database.query<{ object_key: string; size: number | string }>(
    `SELECT object_key, size FROM stored_object WHERE ${sql} AND state = 'READY' AND missing_since IS NULL ORDER BY ${chance} LIMIT ${SAMPLE_SIZE}`,
    values,
  );
  const sizes = await Promise.all(rows.map((row) => store.findSize(row.object_key)));
  return { checked: rows.length, present: rows.filter((row, index) => sizes[index] === Number(row.size)).length };
}

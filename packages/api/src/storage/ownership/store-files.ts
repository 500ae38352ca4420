import type { Database } from '../../database/database.js';
import type { ObjectStore } from '../object-store.js';

/** Files that are looked for in a store which nobody has claimed (DESIGN.md, section 9.1). */
const SAMPLE_SIZE = 20;

/** Whether a store holds any file. */
export async function isFilled(store: ObjectStore): Promise<boolean> {
  const { done } = await store.listObjects()[Symbol.asyncIterator]().next();
  return done !== true;
}

/** Whether the database has a file that must be in its store. */
export async function hasReadyFiles(database: Database): Promise<boolean> {
  return (await database.query(`SELECT id FROM stored_object WHERE state = 'READY' LIMIT 1`)).length > 0;
}

/** Looks for some of the database's files, chosen by chance, all when there are few. @returns how many are there in the right size */
export async function sampleFiles(database: Database, store: ObjectStore): Promise<{ checked: number; present: number }> {
  const chance = database.dialect === 'sqlite' ? 'RANDOM()' : 'RAND()';
  const rows = await database.query<{ object_key: string; size: number | string }>(
    `SELECT object_key, size FROM stored_object WHERE state = 'READY' AND missing_since IS NULL ORDER BY ${chance} LIMIT ${SAMPLE_SIZE}`,
  );
  const sizes = await Promise.all(rows.map((row) => store.findSize(row.object_key)));
  return { checked: rows.length, present: rows.filter((row, index) => sizes[index] === Number(row.size)).length };
}

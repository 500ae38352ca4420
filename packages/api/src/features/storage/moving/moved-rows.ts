import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { SqlValue, Transaction } from '../../../database/transaction.js';
import { BASE_STORE, columnOfStore, inStore } from '../../../storage/ownership/object-rows.js';
import { SavedStore } from '../../../storage/stores/saved-store.entity.js';
import { askForDrop } from './left-copies.job.js';
import type { WholeObject } from './copy-object.js';

/** A file and the store that it is in. */
export interface MovableObject extends WholeObject {
  readonly id: string;
}

/** The next files of a store that can be moved, in the order of their ids. @param after the last one that was looked at */
export async function listMovable(
  database: Database,
  storeId: string,
  { after, most }: { readonly after: string; readonly most: number },
): Promise<MovableObject[]> {
  const { sql, values } = inStore(storeId);
  const rows = await database.query<{ id: string; object_key: string; size: number | string; sha256: string }>(
    `SELECT id, object_key, size, sha256 FROM stored_object
     WHERE ${sql} AND state = 'READY' AND missing_since IS NULL AND id > ? ORDER BY id LIMIT ${most}`,
    [...values, after],
  );
  return rows.map((row) => ({ id: row.id, objectKey: row.object_key, size: Number(row.size), sha256: row.sha256 }));
}

export interface Move {
  readonly object: MovableObject;
  readonly from: string;
  readonly to: string;
  /** The saving of the stores that asked for it. */
  readonly version: number;
  readonly now: Date;
}

/**
 * From here on a file is read where its copy is; what it was read from is written down as left. A file that was deleted meanwhile
 * is not moved, and none is once another store was chosen: the one it was copied to may be given up by then.
 */
export async function noteMoved(tx: Transaction, { object, from, to, version, now }: Move): Promise<void> {
  // Locked: a store is chosen or given up before this or after it.
  const stores = await tx.lock(SavedStore, { id: BASE_STORE });
  const { sql, values } = inStore(from);
  const moved =
    stores?.lockVersion === version
      ? await tx.execute(`UPDATE stored_object SET store_id = ? WHERE id = ? AND state = 'READY' AND ${sql}`, [
          columnOfStore(to),
          object.id,
          ...values,
        ])
      : 0;
  if (moved > 0) {
    await tx.execute('DELETE FROM left_copy WHERE store_id = ? AND object_key = ?', [to, object.objectKey]);
    await noteLeft(tx, { object, storeId: from, now });
    return;
  }
  // Another process was faster, another store was chosen, or it was deleted meanwhile: whatever it was, the drop of the copy finds out.
  await noteLeft(tx, { object, storeId: to, now });
  await askForDrop(tx, { storeId: to, objectKey: object.objectKey });
}

interface Left {
  readonly object: MovableObject;
  readonly storeId: string;
  readonly now: Date;
}

async function noteLeft(tx: Transaction, { object, storeId, now }: Left): Promise<void> {
  const row = { store_id: storeId, object_key: object.objectKey, size: object.size, left_at: toSqlInstant(now) };
  await tx.insertIfAbsent('left_copy', row);
}

/** Whether a file is still to be moved from a store. */
export async function isMovable(reader: Pick<Database, 'query'>, storeId: string, id: string): Promise<boolean> {
  const { sql, values } = inStore(storeId);
  return (await reader.query(`SELECT id FROM stored_object WHERE id = ? AND state = 'READY' AND ${sql}`, [id, ...values])).length > 0;
}

/** How many there are, and their bytes. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

async function amountOf(database: Database, sql: string, values: readonly SqlValue[]): Promise<Amount> {
  const [row] = await database.query<{ files: number | string; bytes: number | string | null }>(
    `SELECT COUNT(*) AS files, SUM(size) AS bytes FROM ${sql}`,
    values,
  );
  return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
}

/** What is verified and still in a store. */
export function measureReady(database: Database, storeId: string): Promise<Amount> {
  const { sql, values } = inStore(storeId);
  return amountOf(database, `stored_object WHERE ${sql} AND state = 'READY'`, values);
}

/** What moves have left in a store. */
export function measureLeft(database: Database, storeId: string): Promise<Amount> {
  return amountOf(database, 'left_copy WHERE store_id = ?', [storeId]);
}

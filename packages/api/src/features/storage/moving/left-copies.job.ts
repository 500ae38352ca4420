import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import { newId } from '../../../kernel/ids.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import type { StoreEvents } from '../../../machinery/store-events/store-events.js';
import { BASE_STORE, hasObjects, inStore } from '../../../storage/ownership/object-rows.js';
import type { FileStores, OpenStore } from '../../../storage/stores/file-stores.js';
import { SavedStore } from '../../../storage/stores/saved-store.entity.js';

export const LEAVE_JOB = 'store.leave';
export const DROP_JOB = 'copy.drop';

/** One job works this long; then the next one goes on. */
const SLICE_MS = 20_000;
const PAGE_SIZE = 100;

export interface LeftCopiesUse {
  readonly database: Database;
  readonly stores: FileStores;
  readonly events: StoreEvents;
}

interface Copy {
  readonly storeId: string;
  readonly objectKey: string;
}

/** What was said of a store that is not needed any more. */
interface Leaving {
  readonly storeId: string;
  readonly deleteFiles: boolean;
}

/** Asks for one copy to be deleted that nobody wanted in the first place. */
export function askForDrop(tx: Transaction, copy: Copy): Promise<void> {
  return enqueueJob(tx, { kind: DROP_JOB, dedupeKey: `${DROP_JOB}:${newId()}`, payload: copy });
}

/** Asks for a store to be given up. @param runAt links that were given out have ended then */
export function askToLeave(tx: Transaction, leaving: Leaving, runAt?: Date): Promise<void> {
  return enqueueJob(tx, { kind: LEAVE_JOB, dedupeKey: `${LEAVE_JOB}:${newId()}`, payload: leaving, ...(runAt ? { runAt } : {}) });
}

/** Deletes one copy that no file has any use for; one of a file that is elsewhere stays written down: a move may be about to use it. */
export function dropJob({ database, stores, events }: LeftCopiesUse): JobHandler {
  return async (payload) => {
    const copy = payload as Copy; // written by `askForDrop`
    const open = await stores.find(copy.storeId);
    if (open && !(await isElsewhere(database, copy))) await deleteCopy({ database, events }, open, copy.objectKey);
    return async () => undefined;
  };
}

async function isElsewhere(database: Database, { storeId, objectKey }: Copy): Promise<boolean> {
  const { sql, values } = inStore(storeId);
  const rows = await database.query(
    `SELECT id FROM stored_object WHERE object_key = ? AND state = 'READY' AND NOT COALESCE(${sql}, FALSE)`,
    [objectKey, ...values],
  );
  return rows.length > 0;
}

/** Deletes what moves left in a store, or only forgets it; at the end the key of the store is forgotten, too. */
export function leaveJob(use: LeftCopiesUse): JobHandler {
  return async (payload) => {
    const leaving = payload as Leaving; // written by `askToLeave`
    await use.stores.refresh();
    const [open, current] = [await use.stores.find(leaving.storeId), await use.stores.current()];
    if (!open || !(await isLeft(use.database, open.id))) return async () => undefined;
    // An upload may have been opened there in the last moment: it is moved first.
    if (open.id === current.id || (await hasObjects(use.database, open.id)))
      return async (tx) => void (await tx.manager.update(SavedStore, { id: open.id }, { leftAt: null }));
    const isDone = await leaveSlice(use, open, leaving.deleteFiles);
    return async (tx) => (isDone ? forgetKey(tx, open.id) : askToLeave(tx, leaving));
  };
}

async function isLeft(database: Database, storeId: string): Promise<boolean> {
  return (await database.query('SELECT id FROM object_store WHERE id = ? AND left_at IS NOT NULL', [storeId])).length > 0;
}

/** @returns whether nothing is left */
async function leaveSlice({ database, events }: LeftCopiesUse, open: OpenStore, deleteFiles: boolean): Promise<boolean> {
  for (const until = performance.now() + SLICE_MS; performance.now() < until;) {
    const rows = await database.query<{ object_key: string }>(
      `SELECT object_key FROM left_copy WHERE store_id = ? ORDER BY object_key LIMIT ${PAGE_SIZE}`,
      [open.id],
    );
    if (rows.length === 0) {
      if (deleteFiles) await dropUploads(open);
      return true;
    }
    for (const row of rows) {
      if (deleteFiles) await deleteCopy({ database, events }, open, row.object_key);
      else await forgetCopy(database, open.id, row.object_key);
    }
  }
  return false;
}

/** Copies that a crash cut short: in a store that has no file of ours, no upload under our keys is one of somebody. */
async function dropUploads({ store }: OpenStore): Promise<void> {
  for await (const upload of store.listUploads(undefined, 'PATIENT')) await store.abortUpload(upload);
}

async function deleteCopy({ database, events }: Omit<LeftCopiesUse, 'stores'>, open: OpenStore, objectKey: string): Promise<void> {
  const { sql, values } = inStore(open.id);
  const readers = await database.query(`SELECT id FROM stored_object WHERE object_key = ? AND ${sql}`, [objectKey, ...values]);
  if (readers.length > 0) return forgetCopy(database, open.id, objectKey);
  await open.store.delete(objectKey);
  await database.transaction(async (tx) => {
    const detail = `The copy in ${open.place} that a move had left.`;
    const gone = await tx.execute('DELETE FROM left_copy WHERE store_id = ? AND object_key = ?', [open.id, objectKey]);
    if (gone > 0) await events.record(tx, { kind: 'DELETED', objectKey, detail });
  });
}

async function forgetCopy(database: Database, storeId: string, objectKey: string): Promise<void> {
  await database.transaction((tx) => tx.execute('DELETE FROM left_copy WHERE store_id = ? AND object_key = ?', [storeId, objectKey]));
}

/** Its place and claim stay known: whoever comes back to it enters the key anew. */
async function forgetKey(tx: Transaction, storeId: string): Promise<void> {
  const row = await tx.lock(SavedStore, { id: storeId });
  if (!row || row.isCurrent) return;
  // An upload that began before another store was chosen may have opened there only now.
  if (await hasObjects(tx, storeId)) return void (await tx.manager.update(SavedStore, { id: storeId }, { leftAt: null }));
  const forgotten = { accessKeyId: null, secretSealed: null, leftAt: null, lockVersion: row.lockVersion + 1 };
  await tx.manager.update(SavedStore, { id: storeId }, storeId === BASE_STORE ? { leftAt: null } : forgotten);
}

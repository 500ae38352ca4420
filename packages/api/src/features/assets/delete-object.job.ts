import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import type { JobHandler } from '../../machinery/jobs/job-lane.js';
import type { StoreEvents } from '../../machinery/store-events/store-events.js';
import { StoredObject } from './stored-object.entity.js';

interface DeleteObjectUse {
  readonly database: Database;
  readonly stores: FileStores;
  readonly events: StoreEvents;
}

/** Deletes the bytes of an object that this database has given up, then its row. Doing it twice does no harm. */
export function deleteObjectJob({ database, stores, events }: DeleteObjectUse): JobHandler {
  return async (payload) => {
    // The payload was written by `discardObject` and `settle` of the verify job.
    const { storedObjectId } = payload as { storedObjectId: string };
    const row = await database.read.findOneBy(StoredObject, { id: storedObjectId });
    if (row?.state === 'DISCARDED' || row?.state === 'FAILED' || row?.state === 'ABANDONED') {
      const { store, guard } = await stores.of(row);
      await guard.confirm();
      await abortUploads(stores, row);
      // An abandoned upload may have been completed in another life of this database: its object is not ours to delete.
      if (row.state !== 'ABANDONED') await store.delete(row.objectKey);
    }
    return async (tx: Transaction) => {
      // Nothing of a failed file is in the store any more, which may be given up while its row tells what failed.
      await tx.execute(`UPDATE stored_object SET upload_id = NULL WHERE id = ? AND state = 'FAILED'`, [storedObjectId]);
      const gone = await tx.execute(`DELETE FROM stored_object WHERE id = ? AND state IN ('DISCARDED', 'ABANDONED')`, [storedObjectId]);
      if (gone > 0 && row) await events.record(tx, { kind: deedOf(row), objectKey: row.objectKey, size: row.size });
    };
  };
}

/** Of an abandoned upload no object was deleted, only its parts dropped. */
const deedOf = ({ state }: StoredObject): 'DELETED' | 'SWEPT' => (state === 'ABANDONED' ? 'SWEPT' : 'DELETED');

/**
 * By the id that the row holds. A process that died before writing it down left the upload under the row's own key, in the store
 * that was current then.
 */
async function abortUploads(stores: FileStores, row: StoredObject): Promise<void> {
  const { objectKey, uploadId } = row;
  if (uploadId !== null) return (await stores.of(row)).store.abortUpload({ objectKey, uploadId });
  for (const { store } of await stores.inUse()) for await (const upload of store.listUploads(objectKey)) await store.abortUpload(upload);
}

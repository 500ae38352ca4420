import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { JobHandler } from '../jobs/job-runner.js';
import { StoredObject } from './stored-object.entity.js';

/** Deletes the bytes of a discarded object, then its row. Deleting twice does no harm. */
export function deleteObjectJob(database: Database, store: ObjectStore): JobHandler {
  return async (payload) => {
    // The payload was written by `releaseAssets`.
    const { storedObjectId } = payload as { storedObjectId: string };
    const row = await database.read.findOneBy(StoredObject, { id: storedObjectId });
    if (row && (row.state === 'DISCARDED' || row.state === 'FAILED')) {
      if (row.uploadId !== null) await store.abortUpload({ objectKey: row.objectKey, uploadId: row.uploadId });
      await store.delete(row.objectKey);
    }
    return async (tx: Transaction) => {
      await tx.execute(`DELETE FROM stored_object WHERE id = ? AND state = 'DISCARDED'`, [storedObjectId]);
    };
  };
}

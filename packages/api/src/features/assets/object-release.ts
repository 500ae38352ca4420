import type { Transaction } from '../../database/transaction.js';
import { toSqlInstant } from '../../database/instants.js';
import { enqueueJob } from '../../machinery/jobs/job-queue.js';
import { StoredObject } from './stored-object.entity.js';

export const DELETE_OBJECT_JOB = 'object.delete';

/**
 * Removes assets and gives up the stored objects whose last reference they were. The bytes are deleted by a job right
 * after the transaction; until then the row says DISCARDED.
 */
export async function releaseAssets(tx: Transaction, assetIds: readonly string[], now: Date): Promise<void> {
  if (assetIds.length === 0) return;
  const marks = assetIds.map(() => '?').join(', ');
  const objects = await tx.query<{ id: string }>(
    `SELECT stored_object_id AS id FROM asset WHERE id IN (${marks}) AND stored_object_id IS NOT NULL
     UNION SELECT replacement_object_id FROM asset WHERE id IN (${marks}) AND replacement_object_id IS NOT NULL
     ORDER BY id`,
    [...assetIds, ...assetIds],
  );
  // Locked first: of two releases that give up the same object at once, the second sees that it has the last reference.
  for (const { id } of objects) await tx.lock(StoredObject, { id });
  await tx.execute(`DELETE FROM asset WHERE id IN (${marks})`, assetIds);
  for (const { id } of objects) await discardObject(tx, id, now);
}

/**
 * Gives up a stored object unless an asset stands on it or waits for it. Of an upload that this database never saw complete only
 * the upload goes: in another life of the database (a restored backup) it may have been completed, and published.
 */
export async function discardObject(tx: Transaction, storedObjectId: string, now: Date): Promise<void> {
  const discarded = await tx.execute(
    `UPDATE stored_object SET state = CASE WHEN state IN ('UPLOADING', 'ABANDONED') THEN 'ABANDONED' ELSE 'DISCARDED' END, expires_at = ?
     WHERE id = ? AND NOT EXISTS (SELECT 1 FROM asset WHERE stored_object_id = ?)
       AND NOT EXISTS (SELECT 1 FROM asset WHERE replacement_object_id = ?)`,
    [toSqlInstant(now), storedObjectId, storedObjectId, storedObjectId],
  );
  if (discarded === 0) return;
  await enqueueJob(tx, { kind: DELETE_OBJECT_JOB, dedupeKey: `${DELETE_OBJECT_JOB}:${storedObjectId}`, payload: { storedObjectId } });
}

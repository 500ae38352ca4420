import type { Clock } from '../../../kernel/clock.js';
import type { Secrets } from '../../../kernel/secret/secrets.js';
import type { Database } from '../../../database/database.js';
import type { ListedObject, ListedUpload, ObjectStore } from '../../../storage/object-store.js';
import { Audit, type AuditEntry } from '../../../machinery/audit/audit.service.js';
import type { StoreComparison } from './store-comparison.js';

/** What no row wants is kept this long, whoever asks: it may be somebody's only copy (DESIGN.md, section 9.2). */
export const UNKNOWN_KEPT_DAYS = 7;
/** One run removes at most this many, or this part of the store, whichever is more. */
const REMOVED_MAX_COUNT = 100;
const REMOVED_MAX_PART = 0.01;

/** What one run may remove. */
export interface Removable {
  readonly objects: readonly ListedObject[];
  readonly uploads: readonly ListedUpload[];
  /** Old enough too, but past what one run removes. */
  readonly left: number;
}

/** Chooses what a run removes, oldest first. */
export function unknownToRemove({ objects, unknownObjects, unknownUploads }: StoreComparison, now: Date): Removable {
  const before = now.getTime() - UNKNOWN_KEPT_DAYS * 24 * 3_600_000;
  const oldObjects = unknownObjects.filter(({ changedAt }) => changedAt.getTime() < before);
  const oldUploads = unknownUploads.filter(({ startedAt }) => startedAt.getTime() < before);
  const most = Math.max(REMOVED_MAX_COUNT, Math.floor(objects * REMOVED_MAX_PART));
  const chosen = [...oldObjects].sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime()).slice(0, most);
  const uploads = [...oldUploads].sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime()).slice(0, most - chosen.length);
  return { objects: chosen, uploads, left: oldObjects.length + oldUploads.length - chosen.length - uploads.length };
}

export interface RemovalUse {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

/** Removes what still no row wants, and writes down which. @param tell called with each key */
export async function removeUnknown(
  { database, store, clock, secrets }: RemovalUse,
  removable: Removable,
  tell: (objectKey: string) => void,
): Promise<{ objects: number; uploads: number }> {
  const removed = { objects: 0, uploads: 0 };
  for (const { objectKey } of removable.objects) {
    if (await isWanted(database, objectKey)) continue;
    await store.delete(objectKey);
    removed.objects += 1;
    tell(objectKey);
  }
  for (const upload of removable.uploads) {
    if (await isWantedUpload(database, upload)) continue;
    await store.abortUpload(upload);
    removed.uploads += 1;
    tell(upload.objectKey);
  }
  const entry: AuditEntry = { action: 'store.removeUnknown', subjectType: 'store', subjectId: 'store', after: removed };
  await database.transaction((tx) => new Audit(clock, secrets).recordBySystem(tx, entry));
  return removed;
}

/** Without an upload id a row is younger than its upload, whose id is about to be written. */
async function isWantedUpload(database: Database, { objectKey, uploadId }: ListedUpload): Promise<boolean> {
  const [row] = await database.query<{ upload_id: string | null }>('SELECT upload_id FROM stored_object WHERE object_key = ?', [objectKey]);
  return row !== undefined && (row.upload_id ?? uploadId) === uploadId;
}

async function isWanted(database: Database, objectKey: string): Promise<boolean> {
  return (await database.query('SELECT id FROM stored_object WHERE object_key = ?', [objectKey])).length > 0;
}

import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import { DELETE_OBJECT_JOB } from '../../assets/object-release.js';
import { listAssetsOfObject, type StoredAsset } from '../../assets/stored-asset.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { project } from '../../downloadables/projection/projection.js';
import type { PublishingService } from '../../downloadables/publishing/publishing.service.js';
import { Revision } from '../../downloadables/revision.entity.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { takeReplacement } from '../draft/file-declaration.js';
import { digestsOf } from './digests-of.js';
import type { Digests } from './hasher.js';

export const VERIFY_JOB = 'object.verify';

export interface VerifyDependencies {
  readonly database: Database;
  readonly stores: FileStores;
  readonly publishing: PublishingService;
  readonly settings: SettingsService;
  readonly clock: Clock;
}

/** Reads an uploaded object back, computes size and hashes, and makes it READY or FAILED. */
export function verifyJob(use: VerifyDependencies): JobHandler {
  return async (payload) => {
    // The payload was written by `UploadService.complete`.
    const { storedObjectId } = payload as { storedObjectId: string };
    const object = await use.database.read.findOneBy(StoredObject, { id: storedObjectId });
    if (!object || object.state !== 'VERIFYING') return async () => undefined;
    const digests = await digestObject((await use.stores.of(object)).store, object.objectKey);
    const { timeZone } = await use.settings.read();
    return (tx) => settle(tx, { object, digests, timeZone, use });
  };
}

async function digestObject(store: ObjectStore, objectKey: string): Promise<Digests | null> {
  const stream = await store.read(objectKey);
  return stream ? digestsOf(stream) : null;
}

interface Verdict {
  readonly object: StoredObject;
  readonly digests: Digests | null;
  readonly timeZone: string;
  readonly use: VerifyDependencies;
}

/** Why the bytes are not what was declared; null when they are. */
/** Why a file failed its check. */
export type Mismatch = 'OBJECT_MISSING' | 'SIZE_MISMATCH' | 'CHECKSUM_MISMATCH';

export function findMismatch(declared: Pick<StoredObject, 'declaredSize' | 'declaredSha256'>, digests: Digests | null): Mismatch | null {
  if (digests === null) return 'OBJECT_MISSING';
  if (digests.size !== declared.declaredSize) return 'SIZE_MISMATCH';
  return declared.declaredSha256 !== null && declared.declaredSha256 !== digests.sha256 ? 'CHECKSUM_MISMATCH' : null;
}

async function settle(tx: Transaction, { object, digests, timeZone, use }: Verdict): Promise<void> {
  const { rows, assets } = await lockOwners(tx, object.id);
  const failureCode = findMismatch(object, digests);
  const isReady = failureCode === null && digests !== null;
  const found = isReady ? digests : { size: digests?.size ?? null, sha256: null, sha512: null };
  const { affected } = await tx.manager.update(
    StoredObject,
    { id: object.id, state: 'VERIFYING' },
    { ...found, state: isReady ? 'READY' : 'FAILED', failureCode },
  );
  if (affected === 0) return;
  // Of bytes that are not there nothing is deleted: they may be in the store that should have been asked.
  if (!isReady && digests !== null)
    await enqueueJob(tx, {
      kind: DELETE_OBJECT_JOB,
      dedupeKey: `${DELETE_OBJECT_JOB}:failed:${object.id}`,
      payload: { storedObjectId: object.id },
    });
  // What waited for these bytes stands on them from here on; it is in a draft, since a publish waits too.
  for (const asset of isReady ? assets : [])
    if (asset.storedObjectId !== object.id) await takeReplacement(tx, asset, object.id, use.clock.now());
  for (const row of rows) {
    await project(tx, row.id);
    if (isReady) await use.publishing.publishIfWaiting(tx, row, timeZone);
  }
}

/** Locks the downloadables that use an object, in the order of their ids. */
async function lockOwners(tx: Transaction, storedObjectId: string): Promise<{ rows: Downloadable[]; assets: StoredAsset[] }> {
  const ids = new Set<string>();
  for (const asset of await listAssetsOfObject(tx, storedObjectId)) {
    const revision = await tx.manager.findOneByOrFail(Revision, { id: asset.revisionId });
    ids.add(revision.downloadableId);
  }
  const rows: Downloadable[] = [];
  for (const id of [...ids].sort()) {
    const row = await tx.lock(Downloadable, { id });
    if (row) rows.push(row);
  }
  // Read under the locks: a replacement may have been cancelled meanwhile.
  return { rows, assets: await listAssetsOfObject(tx, storedObjectId) };
}

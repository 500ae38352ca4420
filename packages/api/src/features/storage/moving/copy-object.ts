import type { ObjectStore } from '../../../storage/object-store.js';
import { sendParts } from '../../files/upload/part-sender.js';
import { digestsOf } from '../../files/verify/digests-of.js';
import type { Digests } from '../../files/verify/hasher.js';

/** An object that is READY: what a copy of it must be. */
export interface WholeObject {
  readonly objectKey: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** `COPIED`: the target has the very bytes. `MISSING`: the source has none. `DAMAGED`: the source has others than were verified once. */
export type CopyOutcome = 'COPIED' | 'MISSING' | 'DAMAGED';

/** Copies one object under its own key, in constant memory, and reads it back. Doing it again does no harm. @throws StorageFault */
export async function copyObject(from: ObjectStore, to: ObjectStore, object: WholeObject): Promise<CopyOutcome> {
  // Of an attempt that was killed; the upload that the object itself came from was in the other store.
  for await (const upload of to.listUploads(object.objectKey)) await to.abortUpload(upload);
  // Whoever goes back finds the copy that was left.
  if (await isWhole(to, object)) return 'COPIED';
  const outcome = await sendObject(from, to, object);
  if (outcome !== 'COPIED' || (await isWhole(to, object))) return outcome;
  throw new Error(`The copy of ${object.objectKey} has other bytes than were sent.`);
}

async function sendObject(from: ObjectStore, to: ObjectStore, { objectKey, size, sha256 }: WholeObject): Promise<CopyOutcome> {
  const body = await from.read(objectKey);
  if (body === null) return 'MISSING';
  const upload = { objectKey, uploadId: await to.createUpload(objectKey) };
  try {
    const { parts, digests } = await sendParts(to, upload, {
      body,
      sizeBytes: size,
      maxFileSizeBytes: Number.MAX_SAFE_INTEGER,
      onPart: async () => undefined,
    });
    if (digests.size === size && digests.sha256 === sha256) {
      await to.completeUpload(upload, parts);
      return 'COPIED';
    }
  } catch (error) {
    await to.abortUpload(upload).catch(() => undefined); // the first fault is the one to tell
    throw error;
  }
  await to.abortUpload(upload);
  return 'DAMAGED';
}

async function isWhole(store: ObjectStore, { objectKey, size, sha256 }: WholeObject): Promise<boolean> {
  if ((await store.findSize(objectKey)) !== size) return false;
  return (await digestsIn(store, objectKey))?.sha256 === sha256;
}

async function digestsIn(store: ObjectStore, objectKey: string): Promise<Digests | null> {
  const stream = await store.read(objectKey);
  return stream ? digestsOf(stream) : null;
}

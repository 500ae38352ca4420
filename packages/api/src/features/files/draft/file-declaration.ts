import { planUpload } from '@slipway/shared';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { Asset } from '../../assets/asset.entity.js';
import { discardObject, releaseAssets } from '../../assets/object-release.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { findDraftFile, insertAsset, insertStoredObject, relabelAsset, type DeclaredFile, type ExpectedObject } from './draft-files.js';

/** How long an unfinished upload is kept after it last moved. */
export const UPLOAD_HOURS = 24;

/** A file whose bytes a browser is going to send in parts. */
export interface DeclaredUpload extends DeclaredFile {
  readonly size: number;
  readonly sha256?: string | null;
  /** Null: nobody sends it yet. */
  readonly fingerprint: string | null;
  readonly replace?: boolean | null;
}

/** What a declaration came to. */
export interface Declaration {
  /** The object that takes the bytes: the asset may stand on another one meanwhile. */
  readonly storedObjectId: string;
  readonly outcome: 'CREATED' | 'BEGUN' | 'CONTINUED' | 'REPLACING';
}

/**
 * Declares a file of a draft: a new name becomes a new file; one that was announced with its release begins; the same file again
 * continues its unfinished upload; another file takes the place of what has the name, if that is wanted. Bytes of two files never
 * meet in one upload.
 */
export async function declareUpload(
  tx: Transaction,
  declared: { readonly revisionId: string; readonly file: DeclaredUpload; readonly now: Date },
): Promise<Declaration> {
  const { revisionId, file, now } = declared;
  const previous = await findDraftFile(tx, revisionId, file.fileName);
  const open = previous?.openObjectId ? await tx.manager.findOneBy(StoredObject, { id: previous.openObjectId }) : null;
  if (previous && open && isSameFile(open, file)) {
    await keepUpload(tx, open.id, now);
    return { storedObjectId: open.id, outcome: 'CONTINUED' };
  }
  if (previous && open && isAnnounced(open) && fits(open, file)) {
    const declaredSha256 = open.declaredSha256 ?? file.sha256?.toLowerCase() ?? null;
    // Who sends it is known by a fingerprint: from now on it is theirs, also before the store has opened the upload.
    const fingerprint = file.fingerprint ?? null;
    await tx.manager.update(StoredObject, { id: open.id }, { fingerprint, declaredSha256, expiresAt: uploadExpiry(now) });
    return { storedObjectId: open.id, outcome: fingerprint === null ? 'CONTINUED' : 'BEGUN' };
  }
  if (previous && file.replace !== true) refuseTaken(previous.fileName, open !== null);
  const object = await insertStoredObject(tx, expectedObject(file, now));
  if (!previous) {
    await insertAsset(tx, revisionId, { ...file, storedObjectId: object.id, now });
    return { storedObjectId: object.id, outcome: 'CREATED' };
  }
  // A whole file keeps its labels: they tell of the bytes that are there, and the new ones may never come.
  if (previous.state !== 'READY') await relabelAsset(tx, previous, file);
  await queueReplacement(tx, previous, object.id, now);
  return { storedObjectId: object.id, outcome: 'REPLACING' };
}

/** The object that a declaration makes. */
export const expectedObject = (file: DeclaredUpload, now: Date): ExpectedObject => ({
  declaredSize: file.size,
  declaredSha256: file.sha256?.toLowerCase() ?? null,
  fingerprint: file.fingerprint ?? null,
  partSize: planUpload(file.size).partSizeBytes,
  now,
  expiresAt: uploadExpiry(now),
});

/** What is whole stays in place until the new bytes are READY; what never was gives way at once. */
async function queueReplacement(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  const isWhole = asset.state === 'READY';
  await tx.manager.update(Asset, { id: asset.id }, isWhole ? { replacementObjectId: storedObjectId } : { storedObjectId });
  const dropped = isWhole ? asset.openObjectId : asset.storedObjectId;
  if (dropped !== null) await discardObject(tx, dropped, now);
}

/** Gives a file of a draft bytes that are READY; the former ones go unless another revision stands on them. */
export async function takeReplacement(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  const present = [asset.storedObjectId, asset.openObjectId].filter((id) => id !== null);
  const formers = [...new Set(present)].filter((id) => id !== storedObjectId).sort();
  // Locked before the reference goes, as in `releaseAssets`: another revision may give up the same object at once.
  for (const id of formers) await tx.lock(StoredObject, { id });
  const external = { externalUrl: null, externalSize: null, externalSha256: null };
  await tx.manager.update(Asset, { id: asset.id }, { storedObjectId, replacementObjectId: null, ...external });
  for (const id of formers) await discardObject(tx, id, now);
}

/**
 * Takes back an unfinished upload: a replacement leaves its file as it was, a file that was never whole goes. What waited for
 * it is no longer published automatically: it would go out without a file that was declared.
 * @param asset as read under the lock of its downloadable
 */
export async function dropUpload(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  await stopWaiting(tx, asset.revisionId);
  if (asset.storedObjectId === storedObjectId) return releaseAssets(tx, [asset.id], now);
  await tx.manager.update(Asset, { id: asset.id, replacementObjectId: storedObjectId }, { replacementObjectId: null });
  await discardObject(tx, storedObjectId, now);
}

/** The downloadable of a draft revision is no longer published automatically; somebody has to do it. */
export async function stopWaiting(tx: Transaction, revisionId: string): Promise<void> {
  await tx.manager.update(Downloadable, { draftRevisionId: revisionId, publishWhenReady: true }, { publishWhenReady: false });
}

/** An upload that moves is kept. @returns false when it is over */
export async function keepUpload(tx: Transaction, storedObjectId: string, now: Date, until = uploadExpiry(now)): Promise<boolean> {
  const kept = await tx.execute(`UPDATE stored_object SET expires_at = ? WHERE id = ? AND state = 'UPLOADING'`, [
    toSqlInstant(until),
    storedObjectId,
  ]);
  return kept === 1;
}

const uploadExpiry = (now: Date): Date => new Date(now.getTime() + UPLOAD_HOURS * 3_600_000);

/** Only a sender who recognizes the file by its fingerprint may continue: a size alone proves nothing. */
function isSameFile(open: StoredObject, file: DeclaredUpload): boolean {
  return open.state === 'UPLOADING' && open.fingerprint !== null && open.fingerprint === file.fingerprint && fits(open, file);
}

/** A file that was announced with its release, and that nobody has begun to send: every sender has a fingerprint. */
export function isAnnounced(open: StoredObject): boolean {
  return open.state === 'UPLOADING' && open.fingerprint === null && open.uploadId === null;
}

function fits(open: StoredObject, { size, sha256 }: DeclaredUpload): boolean {
  const declaredSha256 = sha256?.toLowerCase() ?? null;
  return open.declaredSize === size && (declaredSha256 === null || open.declaredSha256 === null || open.declaredSha256 === declaredSha256);
}

function refuseTaken(fileName: string, isOpen: boolean): never {
  refuse(
    'FILE_NAME_TAKEN',
    isOpen
      ? `Another file named ${fileName} is on its way to this release: choose that same file to continue it, or replace it.`
      : `This release already has a file named ${fileName} (capitals do not count): replace it, remove it first, or choose another name.`,
    'fileName',
  );
}

import { planUpload } from '@slipway/shared';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { refuse } from '../../kernel/refusal.js';
import { Asset } from '../assets/asset.entity.js';
import { discardObject, releaseAssets } from '../assets/object-release.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import { StoredObject } from '../assets/stored-object.entity.js';
import { findDraftFile, insertAsset, insertStoredObject, relabelAsset, type DeclaredFile } from './draft-files.js';

/** How long an unfinished upload is kept after it last moved. */
export const UPLOAD_HOURS = 24;

/** A file whose bytes a browser is going to send in parts. */
export interface DeclaredUpload extends DeclaredFile {
  readonly size: number;
  readonly sha256?: string | null;
  readonly fingerprint?: string | null;
  readonly replace?: boolean | null;
}

/** What a declaration came to. */
export interface Declaration {
  readonly assetId: string;
  readonly outcome: 'CREATED' | 'CONTINUED' | 'REPLACING';
}

/**
 * Declares a file of a draft: a new name becomes a new file; the same file again continues its unfinished upload; another
 * file takes the place of what has the name, if that is wanted. Bytes of two files never meet in one upload.
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
    return { assetId: previous.id, outcome: 'CONTINUED' };
  }
  if (previous && file.replace !== true) refuseTaken(previous.fileName, open !== null);
  const object = await insertStoredObject(tx, {
    declaredSize: file.size,
    declaredSha256: file.sha256?.toLowerCase() ?? null,
    fingerprint: file.fingerprint ?? null,
    partSize: planUpload(file.size).partSizeBytes,
    now,
    expiresAt: uploadExpiry(now),
  });
  if (!previous) return { assetId: await insertAsset(tx, revisionId, { ...file, storedObjectId: object.id, now }), outcome: 'CREATED' };
  await relabelAsset(tx, previous, file);
  await queueReplacement(tx, previous, object.id, now);
  return { assetId: previous.id, outcome: 'REPLACING' };
}

/** What is whole stays in place until the new bytes are READY; what never was gives way at once. */
async function queueReplacement(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  const isWhole = asset.state === 'READY';
  await tx.manager.update(Asset, { id: asset.id }, isWhole ? { replacementObjectId: storedObjectId } : { storedObjectId });
  const dropped = isWhole ? asset.openObjectId : asset.storedObjectId;
  if (dropped !== null) await discardObject(tx, dropped, now);
}

/** Gives a file of a draft bytes that are READY; the former ones go unless another revision stands on them. */
export async function takeReplacement(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  const external = { externalUrl: null, externalSize: null, externalSha256: null };
  await tx.manager.update(Asset, { id: asset.id }, { storedObjectId, replacementObjectId: null, ...external });
  for (const former of new Set([asset.storedObjectId, asset.openObjectId]))
    if (former !== null && former !== storedObjectId) await discardObject(tx, former, now);
}

/** Takes back an unfinished upload: a replacement leaves its file as it was, a file that was never whole goes. */
export async function dropUpload(tx: Transaction, asset: StoredAsset, storedObjectId: string, now: Date): Promise<void> {
  if (asset.storedObjectId === storedObjectId) return releaseAssets(tx, [asset.id], now);
  await tx.manager.update(Asset, { id: asset.id, replacementObjectId: storedObjectId }, { replacementObjectId: null });
  await discardObject(tx, storedObjectId, now);
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
  const declaredSha256 = file.sha256?.toLowerCase() ?? null;
  return (
    open.state === 'UPLOADING' &&
    open.fingerprint !== null &&
    open.fingerprint === file.fingerprint &&
    open.declaredSize === file.size &&
    (declaredSha256 === null || open.declaredSha256 === null || open.declaredSha256 === declaredSha256)
  );
}

function refuseTaken(fileName: string, isOpen: boolean): never {
  refuse(
    'FILE_NAME_TAKEN',
    isOpen
      ? `Another file named ${fileName} is on its way to this release. Choose that same file to continue it, or replace it.`
      : `This release already has a file named ${fileName} (capitals do not count). Replace it, remove it first, or choose another name.`,
    'fileName',
  );
}

import {
  checkFileName,
  checkFileSize,
  checkSha256,
  fileNameKey,
  guessTarget,
  type Architecture,
  type AssetType,
  type Platform,
  type Problem,
} from '@slipway/shared';
import { isUniqueViolation } from '../../../database/errors.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { newId } from '../../../kernel/ids.js';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { OBJECT_KEY_PREFIX } from '../../../storage/object-key.js';
import { Asset } from '../../assets/asset.entity.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import { listAssetsById, type StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { lockDownloadable, lockDraft } from '../../downloadables/downloadable-lock.js';
import { Revision } from '../../downloadables/revision.entity.js';

const FINGERPRINT = /^[!-~]{8,100}$/;
const BAD_FINGERPRINT: Problem = {
  code: 'VALUE_INVALID',
  message: 'The fingerprint must be 8 to 100 letters, digits and signs without spaces, for example size, date and a digest.',
};

/** What is said about a file before its bytes come. */
export interface DeclaredFile {
  readonly fileName: string;
  readonly type?: AssetType | null;
  readonly platform?: Platform | null;
  /** Undefined: guessed; null: none. */
  readonly architecture?: Architecture | null | undefined;
  /** Refused when there is a file of this name, instead of taking its place. */
  readonly mustBeNew?: boolean;
}

/** Checks name, size and checksum by the shared rules. @param sizeBytes null while it is not known yet */
export function checkDeclaration(
  file: { fileName: string; sizeBytes: number | null; sha256: string | null; fingerprint?: string | null },
  limitBytes: number,
): void {
  const problems = new FieldProblems();
  problems.add('fileName', checkFileName(file.fileName));
  if (file.sizeBytes !== null) problems.add('size', checkFileSize(file.sizeBytes, limitBytes));
  if (file.sha256 !== null) problems.add('sha256', checkSha256(file.sha256));
  if (file.fingerprint != null && !FINGERPRINT.test(file.fingerprint)) problems.add('fingerprint', BAD_FINGERPRINT);
  problems.throwIfAny();
}

/** What is known of an object before its bytes come. */
export interface ExpectedObject {
  readonly declaredSize: number;
  readonly declaredSha256: string | null;
  readonly fingerprint: string | null;
  readonly partSize: number;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** A new stored object that waits for its bytes. The row is there before anything is in the store (DESIGN.md, section 8.2). */
export async function insertStoredObject(tx: Transaction, object: ExpectedObject): Promise<{ id: string; objectKey: string }> {
  const row = storedObjectRow(object);
  await tx.manager.insert(StoredObject, row);
  return row;
}

export function storedObjectRow({ now, ...declared }: ExpectedObject): StoredObject {
  const id = newId();
  return {
    id,
    objectKey: `${OBJECT_KEY_PREFIX}${id}`,
    storeId: null,
    uploadId: null,
    size: null,
    sha256: null,
    sha512: null,
    failureCode: null,
    seenAt: null,
    missingSince: null,
    createdAt: now,
    ...declared,
    state: 'UPLOADING',
  };
}

/** Where the bytes of a new file are: in the store, or on the vendor's own server. */
export type FileContent =
  | { readonly storedObjectId: string }
  | { readonly externalUrl: string; readonly externalSize: number; readonly externalSha256: string | null };

const FULL_RELEASE = { who: 'This release has', advice: 'remove one first, or pack several into an archive', field: 'fileName' };

/** Refuses one more file in a release that is full, its downloadable's row locked. @throws Refusal TOO_MANY */
export async function requireFileRoom(tx: Transaction, revisionId: string): Promise<void> {
  requireRoomAfter(await tx.manager.countBy(Asset, { revisionId }));
}

/** @param present files in the release. @throws Refusal TOO_MANY */
export const requireRoomAfter = (present: number): void => requireRoom(LIMITS.filesPerRelease, present, FULL_RELEASE);

/** A file to add to a draft revision. */
export type NewFile = DeclaredFile & FileContent & { readonly now: Date };

/** Adds a file to a draft revision, its downloadable's row locked. @throws Refusal FILE_NAME_TAKEN, TOO_MANY */
export async function insertAsset(tx: Transaction, revisionId: string, file: NewFile): Promise<string> {
  await requireFileRoom(tx, revisionId);
  const row = assetRow(revisionId, file);
  try {
    await tx.manager.insert(Asset, row);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    refuse(
      'FILE_NAME_TAKEN',
      `This release already has a file named ${file.fileName} (capitals do not count): remove that one first, or choose another name.`,
      'fileName',
    );
  }
  return row.id;
}

export function assetRow(revisionId: string, file: NewFile): Asset {
  const guess = guessTarget(file.fileName);
  return {
    id: newId(),
    revisionId,
    fileName: file.fileName,
    fileNameKey: fileNameKey(file.fileName),
    type: file.type ?? guess.type,
    platform: file.platform ?? guess.platform,
    architecture: file.architecture === undefined ? guess.architecture : file.architecture,
    storedObjectId: 'storedObjectId' in file ? file.storedObjectId : null,
    externalUrl: 'externalUrl' in file ? file.externalUrl : null,
    externalSize: 'externalUrl' in file ? file.externalSize : null,
    externalSha256: 'externalUrl' in file ? file.externalSha256 : null,
    replacementObjectId: null,
    position: null,
    createdAt: file.now,
  };
}

/** The file of a revision that has a name, capitals aside; null when there is none. */
export async function findDraftFile(tx: Transaction, revisionId: string, fileName: string): Promise<StoredAsset | null> {
  const row = await tx.manager.findOneBy(Asset, { revisionId, fileNameKey: fileNameKey(fileName) });
  return row ? ((await listAssetsById(tx, [row.id]))[0] ?? null) : null;
}

/** The file whose place another one takes; null when there is none. @throws Refusal PRECONDITION_FAILED when it should be new */
export async function findReplaced(tx: Transaction, revisionId: string, file: DeclaredFile): Promise<StoredAsset | null> {
  const previous = await findDraftFile(tx, revisionId, file.fileName);
  // One that was only announced has no bytes yet: these are its first.
  if (file.mustBeNew && previous?.state === 'READY')
    refuse(
      'PRECONDITION_FAILED',
      `This release already has a file named ${previous.fileName} (If-None-Match: *): leave the header out to replace it.`,
      'fileName',
    );
  return previous;
}

/** Gives a file that is replaced what its new declaration says; what that leaves open stays. */
export async function relabelAsset(tx: Transaction, asset: StoredAsset, file: DeclaredFile): Promise<void> {
  await tx.manager.update(
    Asset,
    { id: asset.id },
    {
      fileName: file.fileName,
      type: file.type ?? asset.type,
      platform: file.platform ?? asset.platform,
      architecture: file.architecture === undefined ? asset.architecture : file.architecture,
    },
  );
}

/** A file of a draft, its downloadable's row locked. */
export interface LockedFile {
  readonly asset: StoredAsset;
  readonly row: Downloadable;
}

/** Locks the downloadable of an asset and checks that the asset belongs to its open draft. */
export async function lockDraftFile(tx: Transaction, context: RequestContext, assetId: string): Promise<LockedFile> {
  const [found] = await listAssetsById(tx, [assetId]);
  const revision = found ? await tx.manager.findOneBy(Revision, { id: found.revisionId }) : null;
  if (!revision) throw notFound('asset');
  const row = await lockDownloadable(tx, context, { id: revision.downloadableId, scope: 'release:write' });
  const draft = await lockDraft(tx, row);
  if (draft.id !== revision.id)
    refuse(
      'REVISION_FROZEN',
      'This file belongs to a published revision, so it is frozen: change the files of the open draft revision, or revise the release.',
    );
  // Read again: before the lock somebody else may have removed it.
  const [asset] = await listAssetsById(tx, [assetId]);
  if (!asset) throw notFound('asset');
  return { asset, row };
}

/** Locks the downloadable whose open draft has a file of this name, capitals aside. */
export async function lockNamedFile(
  tx: Transaction,
  context: RequestContext,
  { downloadableId, fileName }: { downloadableId: string; fileName: string },
): Promise<LockedFile> {
  const row = await lockDownloadable(tx, context, { id: downloadableId, scope: 'release:write' });
  const draft = await lockDraft(tx, row);
  const asset = await findDraftFile(tx, draft.id, fileName);
  if (!asset) throw new PublicFault('NOT_FOUND', 'The draft has no file of this name: list its files to see their names.');
  return { asset, row };
}

/** Moves a stored object to a state, if it is still in the one expected. @returns whether it was */
export async function moveObject(
  tx: Transaction,
  id: string,
  move: { from: string; to: string; expiresAt: Date | null },
): Promise<boolean> {
  const moved = await tx.execute('UPDATE stored_object SET state = ?, expires_at = ? WHERE id = ? AND state = ?', [
    move.to,
    move.expiresAt ? toSqlInstant(move.expiresAt) : null,
    id,
    move.from,
  ]);
  return moved === 1;
}

import { fileNameKey } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import { Refusal, refuse } from '../../../kernel/problem/refusal.js';
import { Asset } from '../../assets/asset.entity.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import type { AnnouncedFileInput, AnnounceFiles } from '../../downloadables/editing/announced-file.inputs.js';
import { assetRow, checkDeclaration, requireRoomAfter, storedObjectRow } from './draft-files.js';
import { declareUpload, expectedObject } from './file-declaration.js';

/** Rows that go into one statement. */
const ROWS_AT_ONCE = 100;

/**
 * Declares the files that are going to come, together with their release; `createUpload` or a PUT of its name begins each. New
 * ones are written many at a time: nobody else writes meanwhile.
 */
export function announceFiles(clock: Clock): AnnounceFiles {
  return async (tx, { revisionId, files, maxFileSizeBytes }) => {
    const now = clock.now();
    const present = await tx.manager.find(Asset, { where: { revisionId }, select: { id: true, fileNameKey: true } });
    const presentKeys = new Set(present.map((asset) => asset.fileNameKey));
    const listed = new Set<string>();
    const added: AnnouncedFileInput[] = [];
    for (const [place, file] of files.entries()) {
      const { fileName, size, sha256 = null } = file;
      const key = fileNameKey(fileName);
      await atPlace(place, async () => {
        if (listed.has(key))
          refuse('FILE_NAME_TAKEN', `The list has ${fileName} twice (capitals do not count): name each file once.`, 'fileName');
        listed.add(key);
        checkDeclaration({ fileName, sizeBytes: size, sha256 }, maxFileSizeBytes);
        // Whoever sends it says then what it is recognized by.
        if (presentKeys.has(key)) return void (await declareUpload(tx, { revisionId, file: { ...file, fingerprint: null }, now }));
        requireRoomAfter(present.length + added.length);
        added.push(file);
      });
    }
    for (let start = 0; start < added.length; start += ROWS_AT_ONCE)
      await insertFiles(tx, revisionId, { files: added.slice(start, start + ROWS_AT_ONCE), now });
  };
}

/** Adds files whose names are free. */
async function insertFiles(
  tx: Transaction,
  revisionId: string,
  { files, now }: { readonly files: readonly AnnouncedFileInput[]; readonly now: Date },
): Promise<void> {
  const objects = files.map((file) => storedObjectRow(expectedObject({ ...file, fingerprint: null }, now)));
  const assets = files.map((file, index) => assetRow(revisionId, { ...file, storedObjectId: objects[index]?.id ?? '', now }));
  await tx.manager.insert(StoredObject, objects);
  await tx.manager.insert(Asset, assets);
}

/** Names the file in a refusal by its place in the list: `files.3.size`. */
async function atPlace(place: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.userErrors.map((one) => ({ ...one, field: `files.${place}.${one.field ?? 'fileName'}` })));
  }
}

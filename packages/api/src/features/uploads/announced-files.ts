import { fileNameKey } from '@slipway/shared';
import type { Clock } from '../../kernel/clock.js';
import { Refusal, refuse } from '../../kernel/refusal.js';
import type { AnnounceFiles } from '../downloadables/announced-file.inputs.js';
import { checkDeclaration } from './draft-files.js';
import { declareUpload } from './file-declaration.js';

/** Declares the files that are going to come, together with their release; `createUpload` or a PUT of its name begins each. */
export function announceFiles(clock: Clock): AnnounceFiles {
  return async (tx, { revisionId, files, maxFileSizeBytes }) => {
    const names = new Set<string>();
    for (const [place, file] of files.entries()) {
      const { fileName, size, sha256 = null } = file;
      await atPlace(place, async () => {
        if (names.has(fileNameKey(fileName)))
          refuse('FILE_NAME_TAKEN', `The list has ${fileName} twice (capitals do not count): name each file once.`, 'fileName');
        names.add(fileNameKey(fileName));
        checkDeclaration({ fileName, sizeBytes: size, sha256 }, maxFileSizeBytes);
        // Whoever sends it says then what it is recognized by.
        await declareUpload(tx, { revisionId, file: { ...file, fingerprint: null }, now: clock.now() });
      });
    }
  };
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

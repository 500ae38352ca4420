import { DEFAULT_FILE_LIMIT_BYTES, fileNameKey } from '@slipway/shared';
import { computed, reactive } from 'vue';
import { useSession } from '../../../graphql/session';
import type { ListedChecksum } from './checksum-list';
import { checkStagedFile, stageFile, type StagedFile, type StagedProblem } from './staged-file';

/** The chosen files of one form with what is wrong with each. @param takenNames names of the files that are already there. */
export function useStagedFiles(takenNames: () => readonly string[]) {
  const files = reactive<StagedFile[]>([]);
  const { vendor } = useSession();
  const limitBytes = computed(() => vendor.value?.maxFileSize ?? DEFAULT_FILE_LIMIT_BYTES);
  const problems = computed(() => {
    const found = new Map<string, StagedProblem>();
    const there = new Set(takenNames().map(fileNameKey));
    const chosen = new Set<string>();
    for (const staged of files) {
      const key = fileNameKey(staged.fileName);
      const taken = staged.isReplacement ? chosen : new Set([...there, ...chosen]);
      const problem = checkStagedFile(staged, taken, limitBytes.value); // reactive() only hides File's private parts
      if (problem) found.set(staged.key, { ...problem, isTaken: problem.isTaken === true && !chosen.has(key) });
      chosen.add(key);
    }
    return found;
  });

  function add(chosen: readonly File[]): void {
    const names = { chosen: new Set(files.map(({ fileName }) => fileNameKey(fileName))), present: new Set(takenNames().map(fileNameKey)) };
    for (const file of chosen) {
      const staged = stageFile(file, names);
      names.chosen.add(fileNameKey(staged.fileName));
      files.push(staged);
    }
  }

  /** Notes what the chosen files must hash to. @returns how many of them the list names */
  function declareChecksums(listed: readonly ListedChecksum[]): number {
    const checksums = new Map(listed.map(({ fileName, sha256 }) => [fileNameKey(fileName), sha256]));
    const known = files.flatMap((staged) => {
      const sha256 = checksums.get(fileNameKey(staged.file.name)) ?? checksums.get(fileNameKey(staged.fileName));
      return sha256 === undefined ? [] : [{ staged, sha256 }];
    });
    for (const { staged, sha256 } of known) staged.sha256 = sha256;
    return known.length;
  }

  function remove(key: string): void {
    const index = files.findIndex((staged) => staged.key === key);
    if (index >= 0) files.splice(index, 1);
  }

  return { files, problems, limitBytes, add, declareChecksums, remove, clear: (): void => void files.splice(0) };
}

export type StagedFiles = ReturnType<typeof useStagedFiles>;

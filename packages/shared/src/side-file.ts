/** Signatures, checksums and block maps: files that belong to a main file of the same release, by name (`app.exe.sig` to `app.exe`). */
import { fileNameKey } from './asset-name.js';
import { type Problem } from './problem.js';
import { quote } from './quote.js';

/** What is appended to the main file's name. A suffix may follow another: `app.exe.sha256.asc` belongs to `app.exe` too. */
export const SIDE_FILE_SUFFIXES = ['.sig', '.asc', '.minisig', '.sha256', '.sha512', '.blockmap'] as const;

interface Named {
  readonly fileName: string;
}

/** A main file with its side files, both in their given order. */
export interface FileWithSides<T> {
  readonly main: T;
  readonly sideFiles: readonly T[];
}

/** The main file of `file` among the files of its release, or null: then it is one itself. Capitals do not count. */
export function findMainFile<T extends Named>(file: Named, files: readonly T[]): T | null {
  return mainOf(file.fileName, new Map(files.map((one) => [fileNameKey(one.fileName), one])));
}

/** Puts every side file under its main file. One whose main file is missing stands for itself. */
export function groupSideFiles<T extends Named>(files: readonly T[]): readonly FileWithSides<T>[] {
  const byName = new Map(files.map((one) => [fileNameKey(one.fileName), one]));
  const sides = new Map<T, T[]>();
  const mains: T[] = [];
  for (const file of files) {
    const main = mainOf(file.fileName, byName);
    if (main === null) mains.push(file);
    else sides.set(main, [...(sides.get(main) ?? []), file]);
  }
  return mains.map((main) => ({ main, sideFiles: sides.get(main) ?? [] }));
}

/** The files that are downloads of their own. */
export function listMainFiles<T extends Named>(files: readonly T[]): readonly T[] {
  return groupSideFiles(files).map(({ main }) => main);
}

/** Warnings before a publish: side files that would be offered as ordinary downloads because their main file is missing. */
export function checkSideFiles(files: readonly Named[]): readonly Problem[] {
  return listMainFiles(files).flatMap(({ fileName }) => {
    const suffix = suffixOf(fileName);
    if (suffix === null) return [];
    const mainName = fileName.slice(0, -suffix.length);
    const message = `${quote(fileName)} belongs to ${quote(mainName)}, which is not here: add that file, or this one is offered as a download of its own.`;
    return [{ code: 'SIDE_FILE_ALONE' as const, message, params: { fileName, mainName } }];
  });
}

/** Strips one suffix after the other; the shortest name that is a file of the release is the main file. */
function mainOf<T>(fileName: string, byName: ReadonlyMap<string, T>): T | null {
  let main: T | null = null;
  let name = fileName;
  for (let suffix = suffixOf(name); suffix !== null; suffix = suffixOf(name)) {
    name = name.slice(0, -suffix.length);
    main = byName.get(fileNameKey(name)) ?? main;
  }
  return main;
}

function suffixOf(fileName: string): string | null {
  const key = fileNameKey(fileName);
  return SIDE_FILE_SUFFIXES.find((suffix) => key.endsWith(suffix) && key.length > suffix.length) ?? null;
}

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

/** Which files of one release belong together, found in one pass over all of them. */
export interface SideFileLinks<T> {
  /** The main file of a file of the release, or null: then it is one itself. Capitals do not count. */
  mainOf(file: Named): T | null;
  /** The side files of a file of the release, in their given order; empty for a side file. */
  sidesOf(file: Named): readonly T[];
}

/** Links every side file of a release to its main file. One whose main file is missing stands for itself. */
export function linkSideFiles<T extends Named>(files: readonly T[]): SideFileLinks<T> {
  const byName = new Map(files.map((one) => [fileNameKey(one.fileName), one]));
  const mains = new Map<string, T>();
  const sides = new Map<string, T[]>();
  for (const [name, file] of byName) {
    const main = mainOf(name, byName);
    if (main === null) continue;
    mains.set(name, main);
    const key = fileNameKey(main.fileName);
    const known = sides.get(key);
    if (known) known.push(file);
    else sides.set(key, [file]);
  }
  return {
    mainOf: ({ fileName }) => mains.get(fileNameKey(fileName)) ?? null,
    sidesOf: ({ fileName }) => sides.get(fileNameKey(fileName)) ?? [],
  };
}

/** Puts every side file under its main file. One whose main file is missing stands for itself. */
export function groupSideFiles<T extends Named>(files: readonly T[]): readonly FileWithSides<T>[] {
  const links = linkSideFiles(files);
  return files.filter((file) => links.mainOf(file) === null).map((main) => ({ main, sideFiles: links.sidesOf(main) }));
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
function mainOf<T>(nameKey: string, byName: ReadonlyMap<string, T>): T | null {
  let main: T | null = null;
  let name = nameKey;
  for (let suffix = suffixOf(name); suffix !== null; suffix = suffixOf(name)) {
    name = name.slice(0, -suffix.length);
    main = byName.get(name) ?? main;
  }
  return main;
}

function suffixOf(fileName: string): string | null {
  const key = fileNameKey(fileName);
  return SIDE_FILE_SUFFIXES.find((suffix) => key.endsWith(suffix) && key.length > suffix.length) ?? null;
}

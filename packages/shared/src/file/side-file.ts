/**
 * Signatures, checksums, certificates, bills of materials: files that speak of another file of the same release
 * (`app.exe.sig` of `app.exe`), or of all of them (`SHA256SUMS`).
 */
import { fileNameKey } from './asset-name.js';
import { type Problem } from '../problem.js';
import { quote } from '../text/quote.js';
import { isReleaseList, nameAroundHash, sideSuffixOf, type SideKind } from './side-suffix.js';

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
  /** The main file of a file of the release, or null: then it is one itself, or speaks of all. Capitals do not count. */
  mainOf(file: Named): T | null;
  /** The side files of a file of the release, in their given order; empty for a side file. */
  sidesOf(file: Named): readonly T[];
  /** Whether a file speaks of the whole release. Never where nothing else is there to be downloaded. */
  isOfRelease(file: Named): boolean;
}

/** Ends of archives, which the names of side files may leave out: `app_linux.sha256` of `app_linux.tar.gz`. */
const ARCHIVE_END = /^\.(?:tar\.(?:gz|xz|bz2|zst)|tgz|txz|zip|7z|gz|xz|bz2|zst)$/;
/** What can only speak of other files, and so of all where it names none. */
const SPEAKS_OF_ALL: ReadonlySet<SideKind> = new Set(['provenance', 'sbom']);
/** The key with which all files are signed. */
const PUBLIC_KEY = /^(?:cosign|minisign|sigstore|(?:release|signing|public)[-_.]?(?:key)?)\.(?:pub|pem|crt)$/;
/** Ends of other files as well, for example of programs and pages: these speak of all only where a list says so. */
const AMBIGUOUS = /\.(?:bundle|cdx|gpg|provenance|att|pub|pem|crt|cert|cer)$/;

/** Links every side file of a release to its main file, or to the release. One that speaks of nothing here stands for itself. */
export function linkSideFiles<T extends Named>(files: readonly T[]): SideFileLinks<T> {
  const release = namesOf(files);
  const mains = new Map<string, T>();
  const sides = new Map<string, T[]>();
  const ofRelease = new Set([...release.byName.keys()].filter((name) => isOfAll(name, release)));
  for (const [name, file] of release.byName) {
    const main = mainOf(name, release);
    const key = main === null ? name : fileNameKey(main.fileName);
    // The signature of a list belongs with it to the release, not below it.
    if (main === null) continue;
    if (ofRelease.has(key)) ofRelease.add(name);
    else {
      mains.set(name, main);
      ofRelease.delete(name);
      push(sides, key, file);
    }
  }
  return {
    mainOf: ({ fileName }) => mains.get(fileNameKey(fileName)) ?? null,
    sidesOf: ({ fileName }) => sides.get(fileNameKey(fileName)) ?? [],
    isOfRelease: ({ fileName }) => ofRelease.has(fileNameKey(fileName)),
  };
}

/** Whether a file may speak of others, by its name alone: of one that may not, `linkSideFiles` says in no company that it does. */
export function mayBeSideFile(fileName: string): boolean {
  const name = fileNameKey(fileName);
  return strippedNames(name).length > 0 || isReleaseList(name) || PUBLIC_KEY.test(name);
}

/** Puts every side file under its main file; those of the whole release are left out. */
export function groupSideFiles<T extends Named>(files: readonly T[]): readonly FileWithSides<T>[] {
  const links = linkSideFiles(files);
  return files
    .filter((file) => links.mainOf(file) === null && !links.isOfRelease(file))
    .map((main) => ({ main, sideFiles: links.sidesOf(main) }));
}

/** The files that speak of the whole release, in their given order. */
export function listReleaseFiles<T extends Named>(files: readonly T[]): readonly T[] {
  return files.filter(linkSideFiles(files).isOfRelease);
}

/** The files that are downloads of their own. */
export function listMainFiles<T extends Named>(files: readonly T[]): readonly T[] {
  return groupSideFiles(files).map(({ main }) => main);
}

/** Warnings before a publish: side files that would be offered as ordinary downloads because their main file is missing. */
export function checkSideFiles(files: readonly Named[]): readonly Problem[] {
  return listMainFiles(files).flatMap(({ fileName }) => {
    const side = sideSuffixOf(fileName);
    if (side === null) return [];
    const mainName = fileName.slice(0, -side.suffix.length);
    const message = `${quote(fileName)} belongs to ${quote(mainName)}, which is not here: add that file, or this one is offered as a download of its own.`;
    return [{ code: 'SIDE_FILE_ALONE' as const, message, params: { fileName, mainName } }];
  });
}

/** The names of a release: all, and those of files that speak of no other, in ascending order. */
interface Names<T> {
  readonly byName: ReadonlyMap<string, T>;
  readonly plain: readonly string[];
}

function namesOf<T extends Named>(files: readonly T[]): Names<T> {
  const byName = new Map(files.map((one) => [fileNameKey(one.fileName), one]));
  const plain = [...byName.keys()].filter((name) => sideSuffixOf(name) === null && !isReleaseList(name));
  return { byName, plain: plain.sort() };
}

/** Strips one suffix after the other; the shortest name that is a file of the release is the main file. */
function mainOf<T>(name: string, release: Names<T>): T | null {
  let main: T | null = null;
  for (const shorter of strippedNames(name)) main = release.byName.get(shorter) ?? withArchiveEnd(shorter, release) ?? main;
  return main;
}

/** The one archive of that name: where there are several files of it, all are meant. */
function withArchiveEnd<T>(name: string, { byName, plain }: Names<T>): T | null {
  const [found, another] = startingWith(`${name}.`, plain);
  return found !== undefined && another === undefined && ARCHIVE_END.test(found.slice(name.length)) ? (byName.get(found) ?? null) : null;
}

/** `app.exe.sha256` and `app.exe` for `app.exe.sha256.asc`. */
function strippedNames(fileName: string): readonly string[] {
  const names: string[] = [];
  let name = fileName;
  for (let side = sideSuffixOf(name); side !== null; side = sideSuffixOf(name)) {
    name = name.slice(0, -side.suffix.length);
    names.push(name);
  }
  const around = nameAroundHash(name);
  return around === null ? names : [...names, around];
}

/** Whether a file without a main file speaks of all: a list, its signature, `app-1.2.sig` beside `app-1.2-linux` and `app-1.2-macos`. */
function isOfAll(name: string, { plain }: Names<unknown>): boolean {
  if (plain.length === 0) return false;
  const side = sideSuffixOf(name);
  const base = strippedNames(name).at(-1) ?? name;
  if (isReleaseList(base) || isReleaseList(name) || PUBLIC_KEY.test(name)) return true;
  if (side === null || AMBIGUOUS.test(name)) return false;
  return SPEAKS_OF_ALL.has(side.kind) || startingWith(base, plain).length > 1;
}

/** The first two names that begin so. @param sorted in ascending order */
function startingWith(prefix: string, sorted: readonly string[]): readonly string[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(low, low + 2).filter((name) => name.startsWith(prefix));
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

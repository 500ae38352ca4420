/** Guesses from a file's name what it is; people can change the guess. Tables first, no case by case code. */
import { isReleaseList, sideSuffixOf } from './side-suffix.js';
import { type Architecture, type AssetType, type Platform, type Target } from './target.js';
import * as words from './target-words.js';

export interface GuessedTarget extends Target {
  readonly type: AssetType;
}

/** The likely type, platform and architecture of a file. Nothing recognized: OTHER, ALL, null. */
export function guessTarget(fileName: string): GuessedTarget {
  const name = fileName.toLowerCase();
  if (speaksOfFiles(name)) return { type: 'OTHER', platform: 'ALL', architecture: null };
  // Both spellings are searched, so that `AuroraWin64` has a word `win64` and `macOS` stays one.
  const split = fileName.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const platform = guessPlatform(name, split);
  const architecture = guessArchitecture(name, split, platform);
  return { type: guessType({ name, split, platform, architecture }), platform: platform ?? 'ALL', architecture };
}

/** Signatures, checksums and lists install nothing; what updaters read beside a program tells what it is for. */
function speaksOfFiles(name: string): boolean {
  const side = sideSuffixOf(name);
  return side === null ? isReleaseList(name) : side.kind !== 'update';
}

function guessPlatform(name: string, split: string): Platform | null {
  return (
    firstMatch(words.PLATFORM_EXTENSIONS, name) ??
    lastMatch(words.PLATFORM_WORDS, name) ??
    lastMatch(words.PLATFORM_WORDS, split) ??
    firstMatch(words.PLATFORM_HINTS, name)
  );
}

function guessArchitecture(name: string, split: string, platform: Platform | null): Architecture | null {
  const named = firstMatch(words.ARCHITECTURE_WORDS, name) ?? firstMatch(words.ARCHITECTURE_WORDS, split);
  if (platform === 'MACOS') {
    if (named === 'ARM') return 'ARM64';
    if (named === null && words.MAC_ARM.test(split)) return 'ARM64';
    if (named === null && words.MAC_UNIVERSAL.test(name)) return 'UNIVERSAL';
  }
  if (named !== null || words.OTHER_ARCHITECTURE.test(name)) return named;
  const width = platform !== null || words.ARCHIVE.test(name) ? firstMatch(words.BARE_WIDTH, name) : null;
  return width ?? (words.MAY_END_IN_WIDTH.test(name) ? firstMatch(words.WIDTH_BEHIND_NAME, name) : null);
}

interface Told {
  readonly name: string;
  readonly split: string;
  readonly platform: Platform | null;
  readonly architecture: Architecture | null;
}

function guessType({ name, split, platform, architecture }: Told): AssetType {
  const certain = firstMatch(words.CERTAIN_TYPES, name);
  if (certain !== null) return certain;
  if (words.isDebugArchive(split) || words.isDebugArchive(name)) return 'OTHER';
  const isProgram = words.PROGRAM.test(name);
  const isTargeted = platform !== null && architecture !== null;
  const has = (pattern: RegExp): boolean => pattern.test(name) || pattern.test(split);
  if (has(words.SOURCE_WORDS) && !isProgram && !isTargeted) return 'SOURCE_CODE';
  if (has(words.UPDATE_WORDS) && (!isTargeted || has(words.UPDATE_BEHIND_VERSION))) return 'UPDATE';
  if (name.endsWith('.nupkg')) return 'UPDATE';
  if (has(words.DOCUMENTATION_WORDS) && !isProgram && !isTargeted) return 'DOCUMENTATION';
  if (isProgram || name.endsWith('.jar')) return 'INSTALLER';
  const tells = platform !== null || architecture !== null || words.OTHER_ARCHITECTURE.test(name) || has(words.INSTALLER_WORDS);
  return (words.ARCHIVE.test(name) && tells) || endsInTarget(name) ? 'INSTALLER' : 'OTHER';
}

/** A program that ends in what it runs on instead of an extension: `runc.arm64`, `tool.x86_64-apple-darwin`. */
function endsInTarget(name: string): boolean {
  const end = name.slice(name.lastIndexOf('.') + 1);
  return end !== name && (firstMatch(words.ARCHITECTURE_WORDS, end) !== null || firstMatch(words.PLATFORM_WORDS, end) !== null);
}

function firstMatch<T>(table: words.Table<T>, text: string): T | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** Of all rows the one whose last word stands furthest behind. */
function lastMatch<T>(table: words.Table<T>, text: string): T | null {
  let [found, at]: [T | null, number] = [null, -1];
  for (const [pattern, value] of table)
    for (const match of text.matchAll(new RegExp(pattern, 'g'))) if (match.index > at) [found, at] = [value, match.index];
  return found;
}

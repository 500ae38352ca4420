/** What a file's name says of version and product; for hints, never for decisions. */
import { guessTarget } from './target-guess.js';
import { parseVersion, type Version } from './version.js';
import { compareNumbers } from './version-order.js';

/** A number with dots that stands apart, with a known prerelease word behind it; `2.4` in `app-2.4.7z`, nothing in `macos11.0`. */
const VERSION_IN_NAME =
  /(?<![a-z0-9.])v?([0-9]{1,24}(?:\.[0-9]{1,24}){1,3})(?:[-._]?(alpha|beta|rc|preview|dev|nightly)[-._]?([0-9]*))?(?![a-z0-9])/gi;

/** Words that name a system, a processor or a kind of file, not a product. */
const GENERAL_WORDS =
  /^(?:setup|installer?|install|update|updater|full|portable|standalone|release|debug|signed|package|pkg|app|desktop|client|server|cli|win|windows|mac|macos|osx|darwin|linux|ubuntu|debian|android|ios|x64|x86|amd64|arm64|arm|aarch64|universal|intel|bit)$/;
const SHORTEST_WORD = 3;

/** The versions that a file's name carries, as texts: `app-3.0.0-beta.2-macos.dmg` has `3.0.0-beta.2`. */
export function versionsInFileName(fileName: string): readonly string[] {
  return [...fileName.matchAll(VERSION_IN_NAME)].map(([, numbers = '', word, count = '']) =>
    word === undefined ? numbers : `${numbers}-${word.toLowerCase()}${count === '' ? '' : `.${count}`}`,
  );
}

/** Whether a version in a file's name can mean this release. A name without a suffix fits its prereleases too. */
export function isSameVersion(inName: string, release: Version): boolean {
  const named = parseVersion(inName);
  if (!named.ok) return false;
  if (compareNumbers(named.value.numbers, release.numbers) !== 0) return false;
  if (named.value.prerelease.length === 0) return true;
  return plain(named.value.prerelease) === plain(release.prerelease);
}

/** `beta.2`, `beta2` and `beta-2` are written for the same thing. */
const plain = (prerelease: readonly string[]): string =>
  prerelease
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The words of an installer's name that name its product; empty when the name has none, or the file is no program. */
export function productWordsOf(fileName: string): readonly string[] {
  const { type } = guessTarget(fileName);
  if (type !== 'INSTALLER' && type !== 'UPDATE') return [];
  const [front = ''] = fileName.split(/[-_.+~ ]v?[0-9]+\./, 1);
  const isWholeName = front === fileName;
  const stem = isWholeName ? fileName.replace(/\.[A-Za-z0-9]+$/, '') : front;
  return words(stem).filter((word) => word.length >= SHORTEST_WORD && !GENERAL_WORDS.test(word));
}

/** The words of a text in lower case; letters and digits only. */
export function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

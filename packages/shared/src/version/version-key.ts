/**
 * A version as a text that sorts itself: bytewise order of keys is `compareVersions`, equal versions have equal keys.
 *
 * Shape: four numbers, each a letter for its digit count (`a` for 1) and its digits without leading zeros; then `~` for
 * a release, or the prerelease identifiers: a number as its two-digit count and digits, a word as `a`, the word, `,`.
 * So 1.10-beta.2 is `a1b10a0a0abeta,012` and 1.10 is `a1b10a0a0~`. Why it sorts:
 * more digits is a later letter; digit < `a` puts numbers before words; `,` sorts below every character of a word, so
 * `beta` < `beta2`; the end of the text sorts below anything, so shorter < longer; `~` sorts above all of it.
 */
import { isNumericIdentifier, VERSION_NUMBERS_COUNT } from './version-order.js';
import { type Version } from './version.js';

/**
 * Longest possible key, in characters. Four numbers take 8; a prerelease of n identifiers and 96 characters (what 100
 * leave after `0.0-`) takes 96 + 1 + n, and n is at most 48. Long numbers give less. The tests build the worst case.
 */
export const VERSION_SORT_KEY_MAX_LENGTH = 153;

const RELEASE_MARK = '~';
const WORD_MARK = 'a';
const WORD_END = ',';
const FIRST_LETTER = 'a'.charCodeAt(0);

/** The sort key: printable ASCII without spaces. Store it in a column that compares bytes (`ascii_bin`, SQLite BINARY). */
export function versionSortKey(version: Version): string {
  const key = numbersSortKey(version.numbers);
  if (version.prerelease.length === 0) return key + RELEASE_MARK;
  return key + version.prerelease.map(identifierKey).join('');
}

/** What the keys of all versions with these numbers begin with, prereleases included: no such key is below it, none of lower numbers above. */
export function numbersSortKey(numbers: readonly bigint[]): string {
  let key = '';
  for (let index = 0; index < VERSION_NUMBERS_COUNT; index += 1) key += numberKey(numbers[index] ?? 0n);
  return key;
}

function numberKey(value: bigint): string {
  const digits = value.toString();
  return String.fromCharCode(FIRST_LETTER + digits.length - 1) + digits;
}

function identifierKey(identifier: string): string {
  if (!isNumericIdentifier(identifier)) return WORD_MARK + identifier + WORD_END;
  const digits = identifier.replace(/^0+(?=[0-9])/, '');
  return String(digits.length).padStart(2, '0') + digits;
}

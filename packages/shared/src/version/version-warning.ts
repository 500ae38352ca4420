/** Traps in a version that is allowed all the same. */
import { type Problem } from '../problem.js';
import { type Version, type VersionScheme } from './version.js';

/** `beta2`, `beta-2`: a word and its number in one identifier. */
const WORD_WITH_NUMBER = /^([A-Za-z-]*[A-Za-z])-?([0-9]+)$/;
/** What is no count: a hash, or a number that is always written as wide, so that it sorts right as text. */
const NO_COUNT = /^g?[0-9a-f]{7,40}$|[0-9]{6,}$|(?<![0-9])0[0-9]{2,}$/i;
/** `1.2.3-1`, `1.2.3-5-gabc1234` (git describe): what others mean by something after the release. */
const AFTER_RELEASE = /^([0-9]{1,5})(?:-(g[0-9a-f]{7,40}))?$/i;

/**
 * Warnings, each with a spelling without the trap in `params.suggestion`.
 * PRERELEASE_NUMBER_ORDER: `beta10` and `beta-10` sort as text, before `beta2`.
 * NUMERIC_SUFFIX_ORDER: `1.2.3-1` sorts before `1.2.3`, as every suffix does.
 * @param scheme what the product accepts: a spelling that it refuses is never advised
 */
export function versionWarnings(version: Version, scheme: VersionScheme = 'ANY'): readonly Problem[] {
  const after = afterRelease(version, scheme);
  if (after !== null) return [after];
  const word = version.prerelease.map(countingWord).find((found) => found !== null);
  if (word == null) return [];
  const suggestion = separateNumbers(version);
  const message = `In this version ${word}10 would sort before ${word}2, because letters and digits together compare as text: write ${suggestion} instead.`;
  return [{ code: 'PRERELEASE_NUMBER_ORDER', message, params: { suggestion } }];
}

function countingWord(identifier: string): string | null {
  return NO_COUNT.test(identifier) ? null : (WORD_WITH_NUMBER.exec(identifier)?.[1] ?? null);
}

/** Three numbers and a fourth say what a numeric suffix is meant to say; where only three are taken, the next patch does. */
function afterRelease({ raw, numbers, prerelease, build }: Version, scheme: VersionScheme): Problem | null {
  const [, count, hash] = AFTER_RELEASE.exec(prerelease.join('.')) ?? [];
  if (count === undefined || numbers.length > 3) return null;
  const [major = 0n, minor = 0n, patch = 0n] = numbers;
  const later = scheme === 'SEMVER' ? [major, minor, patch + 1n] : [major, minor, patch, BigInt(count)];
  const plain = raw.slice(0, raw.indexOf('-'));
  const tail = [hash, build].filter((part) => part != null).join('.');
  const suggestion = `${raw.startsWith('v') ? 'v' : ''}${later.join('.')}${tail === '' ? '' : `+${tail}`}`;
  const message = `${raw} sorts before ${plain}, because a suffix marks what comes before a release: write ${suggestion} for what comes after it.`;
  return { code: 'NUMERIC_SUFFIX_ORDER', message, params: { suggestion } };
}

/** The same version with a dot between each word and its number, and without leading zeros in that number. */
function separateNumbers({ raw, prerelease, build }: Version): string {
  const head = raw.slice(0, raw.indexOf('-') + 1);
  const separated = prerelease.map((identifier) => {
    const [, word, digits] = WORD_WITH_NUMBER.exec(identifier) ?? [];
    return word === undefined || digits === undefined || NO_COUNT.test(identifier) ? identifier : `${word}.${BigInt(digits).toString()}`;
  });
  return head + separated.join('.') + (build === null ? '' : `+${build}`);
}

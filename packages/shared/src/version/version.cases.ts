/** Random versions and an oracle of their order, for the tests. */
import { parseVersion, type Version } from './version.js';

/** A version that the test knows to be valid. @throws Error when it is not. */
export function version(text: string): Version {
  const result = parseVersion(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** Numbers between 0 and 1, the same on every run (mulberry32, public domain). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const IDENTIFIERS = [
  'alpha',
  'beta',
  'beta2',
  'beta10',
  'Beta',
  'rc',
  'rc-1',
  'a',
  'Z',
  '-',
  '--',
  '0a',
  '1-',
  '0',
  '1',
  '2',
  '9',
  '10',
  '99',
  '100',
  '12345678901',
];

/** A random version that the `semver` package reads: small alphabet, so that near misses and equals are common. */
export function randomSemver(random: () => number): string {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const numbers = Array.from({ length: 3 }, () => pick([0, 0, 1, 2, 9, 10, 11, 100, Math.floor(random() * 1e9)])).join('.');
  if (random() < 0.3) return numbers;
  const identifiers = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(IDENTIFIERS)).join('.');
  return `${numbers}-${identifiers}${random() < 0.2 ? '+build.1' : ''}`;
}

/**
 * Order of two versions straight from their texts, written unlike the product: numbers are padded with zeros to equal
 * length and compared as text, and there is no bigint.
 */
export function oracleOrder(a: string, b: string): number {
  const left = oracleParts(a);
  const right = oracleParts(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index] ?? '';
    const other = right[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Texts that compare one by one: four numbers, then `2` for a release, or `1` and the identifiers; a missing one is ''. */
function oracleParts(text: string): readonly string[] {
  const bare = text.replace(/^v/, '').replace(/\+.*$/, '');
  const cut = bare.indexOf('-');
  const core = (cut < 0 ? bare : bare.slice(0, cut)).split('.');
  const numbers = [0, 1, 2, 3].map((index) => (core[index] ?? '').padStart(100, '0'));
  if (cut < 0) return [...numbers, '2'];
  const identifiers = bare
    .slice(cut + 1)
    .split('.')
    .map((identifier) => (/\D/.test(identifier) ? `2${identifier}` : `1${identifier.padStart(100, '0')}`));
  return [...numbers, '1', ...identifiers];
}

/** The order of two ASCII texts byte by byte, a shorter one first, as a database with a binary collation sorts them. */
export function compareBytes(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}

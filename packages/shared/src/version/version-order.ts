/** Precedence of versions: SemVer 2.0.0, section 11, extended to four numbers of any size. */
import { type Version } from './version.js';

/** Numbers that count in comparisons; missing ones are 0. */
export const VERSION_NUMBERS_COUNT = 4;

export type Ordering = -1 | 0 | 1;

/** Which of two versions comes first. `v`, `+build` and padding zeros do not count. */
export function compareVersions(a: Version, b: Version): Ordering {
  return compareNumbers(a.numbers, b.numbers) || comparePrereleases(a.prerelease, b.prerelease);
}

/** Compares number by number, missing ones being 0. */
export function compareNumbers(a: readonly bigint[], b: readonly bigint[]): Ordering {
  for (let index = 0; index < VERSION_NUMBERS_COUNT; index += 1) {
    const order = compare(a[index] ?? 0n, b[index] ?? 0n);
    if (order !== 0) return order;
  }
  return 0;
}

/** True for an identifier of digits only, which compares as a number. */
export function isNumericIdentifier(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): Ordering {
  if (a.length === 0 || b.length === 0) return compare(a.length === 0 ? 1 : 0, b.length === 0 ? 1 : 0);
  for (const [index, identifier] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return compare(a.length, b.length);
}

function compareIdentifiers(a: string, b: string): Ordering {
  const isNumericA = isNumericIdentifier(a);
  const isNumericB = isNumericIdentifier(b);
  if (isNumericA && isNumericB) return compare(BigInt(a), BigInt(b));
  if (isNumericA !== isNumericB) return isNumericA ? -1 : 1;
  return compare(a, b);
}

/** Identifiers are ASCII, so JavaScript's order of UTF-16 units is ASCII order. */
function compare<T extends bigint | number | string>(a: T, b: T): Ordering {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Which version is latest, whether it is an update, and how far an updater wants to go (DESIGN.md, section 2). */
import { fail, ok, type Result } from '../problem.js';
import { quote } from '../text/quote.js';
import { compareNumbers, compareVersions } from './version-order.js';
import { numbersSortKey, versionSortKey } from './version-key.js';
import { parseVersion, type Version } from './version.js';

/** A parsed constraint: all numbers but the last must be equal, the last is a minimum; a lone major must be equal. */
export interface UpdateConstraint {
  readonly raw: string;
  readonly numbers: readonly bigint[];
}

/** The version that an installed program reports about itself. */
export interface CurrentVersion {
  readonly text: string;
  /** Whether it is the version of one of the product's releases; then it is complete as written. */
  readonly isKnownRelease: boolean;
}

const CONSTRAINT = /^v?[0-9]{1,24}(?:\.[0-9]{1,24}){0,2}$/;
const SINGLE_NUMBER = /^v?([0-9]{1,24})$/;

/**
 * Reads the version that a program reports about itself, which may be one number alone: the key under which a release of just that version
 * sorts; null: no release has it. Problems: those of `parseVersion`.
 */
export function currentVersionKey(text: string): Result<string | null> {
  if (SINGLE_NUMBER.test(text)) return ok(null);
  const parsed = parseVersion(text);
  return parsed.ok ? ok(versionSortKey(parsed.value)) : parsed;
}

/** Reads `1` (same major), `1.2` (same major, minor from 2) or `1.2.3` (same minor, patch from 3). Problem: CONSTRAINT_INVALID. */
export function parseUpdateConstraint(text: string): Result<UpdateConstraint> {
  if (CONSTRAINT.test(text)) return ok({ raw: text, numbers: text.replace('v', '').split('.').map(BigInt) });
  const message = `The constraint ${quote(text)} is not understood: use 1 (same major), 1.2 (minor from 2) or 1.2.3 (patch from 3).`;
  return fail({ code: 'CONSTRAINT_INVALID', message });
}

/** Whether an updater with this constraint may be offered the candidate. */
export function satisfiesConstraint(candidate: Version, constraint: UpdateConstraint): boolean {
  const { numbers } = constraint;
  return numbers.every((wanted, index) => {
    const actual = candidate.numbers[index] ?? 0n;
    const isMinimum = index > 0 && index === numbers.length - 1;
    return isMinimum ? actual >= wanted : actual === wanted;
  });
}

/** A sort key above every version that satisfies the constraint, and no lower one than its beginning: it narrows a search, and decides nothing. */
export function keyAboveConstraint({ numbers }: UpdateConstraint): string {
  const fixed = numbers.length === 1 ? numbers : numbers.slice(0, -1);
  const next = [...fixed.slice(0, -1), (fixed.at(-1) ?? 0n) + 1n];
  return numbersSortKey(next);
}

/**
 * Whether the latest version is an update for the current one. A known release compares in full. An unknown version
 * without a prerelease compares only the numbers it gives: 1.2 is up to date with 1.2.3.4. One number alone is enough.
 * Problems: those of `parseVersion`.
 */
export function isUpdate(current: CurrentVersion, latest: Version): Result<boolean> {
  const single = SINGLE_NUMBER.exec(current.text)?.[1];
  if (single !== undefined) return ok(isAboveGiven(latest, [BigInt(single)]));
  const parsed = parseVersion(current.text);
  if (!parsed.ok) return parsed;
  const { numbers, prerelease } = parsed.value;
  const isPartial = !current.isKnownRelease && prerelease.length === 0;
  return ok(isPartial ? isAboveGiven(latest, numbers) : compareVersions(latest, parsed.value) > 0);
}

/** The item with the highest version, never the newest date; the first of equals; null when there is none. */
export function pickLatest<T>(items: Iterable<T>, versionOf: (item: T) => Version): T | null {
  let latest: T | null = null;
  for (const item of items) {
    if (latest === null || compareVersions(versionOf(item), versionOf(latest)) > 0) latest = item;
  }
  return latest;
}

function isAboveGiven(latest: Version, given: readonly bigint[]): boolean {
  return compareNumbers(latest.numbers.slice(0, given.length), given) > 0;
}

/**
 * Version ranges of licenses: alternatives joined by `||`, each a list of comparators that must all hold.
 * `>=1.0 <3.0`, `=2.0`, `2` (any 2.*), `2.1`, `2.x`, `*`. Prereleases compare by plain precedence: `<3.0` includes
 * 3.0-beta. Missing numbers are 0 after an operator: `>1` includes 1.0.1, `<=2.5` ends at 2.5.0.
 */
import { fail, ok, type Result } from '../problem.js';
import { quote } from '../text/quote.js';
import { versionSortKey } from './version-key.js';
import { compareVersions } from './version-order.js';
import { parseVersion, type Version } from './version.js';

/** Longest range text, in characters (chosen: it fits a column and a form). */
export const VERSION_RANGE_MAX_LENGTH = 200;

type Operator = '<' | '<=' | '=' | '>=' | '>';

type Comparator =
  | { readonly kind: 'PREFIX'; readonly numbers: readonly bigint[] }
  | { readonly kind: 'ORDER'; readonly operator: Operator; readonly operand: Version };

/** A parsed range. One alternative is enough; of that, every comparator must hold. */
export interface VersionRange {
  readonly raw: string;
  readonly alternatives: readonly (readonly Comparator[])[];
}

const COMPARATOR = /^(<=|>=|<|>|=)?(.+)$/;
const PREFIX = /^v?(?:([0-9]{1,24}(?:\.[0-9]{1,24}){0,3})(?:\.[xX*])?|[xX*])$/;

/** Reads a range. Problem: RANGE_INVALID, naming the part that is not understood. */
export function parseVersionRange(text: string): Result<VersionRange> {
  if (text.length > VERSION_RANGE_MAX_LENGTH) return rangeProblem(`is longer than ${String(VERSION_RANGE_MAX_LENGTH)} characters`);
  const alternatives: (readonly Comparator[])[] = [];
  for (const part of text.split('||')) {
    const words = part
      .replace(/([<>=]) +/g, '$1')
      .split(' ')
      .filter((word) => word !== '');
    if (words.length === 0) return rangeProblem(text.trim() === '' ? 'is empty' : 'has nothing on one side of ||');
    const comparators = words.map(parseComparator);
    const bad = comparators.indexOf(null);
    if (bad >= 0) return rangeProblem(`has a part ${quote(words[bad] ?? '')} that is not understood`);
    alternatives.push(comparators.filter((comparator) => comparator !== null));
  }
  return ok({ raw: text, alternatives });
}

/** Whether a version lies in a range. */
export function satisfiesRange(version: Version, range: VersionRange): boolean {
  return range.alternatives.some((comparators) => comparators.every((comparator) => holds(version, comparator)));
}

function parseComparator(word: string): Comparator | null {
  const [, operator, operand = ''] = COMPARATOR.exec(word) ?? [];
  if (operator === undefined) {
    const prefix = PREFIX.exec(operand);
    if (prefix) return { kind: 'PREFIX', numbers: prefix[1] === undefined ? [] : prefix[1].split('.').map(BigInt) };
  }
  const version = parseVersion(/^v?[0-9]+$/.test(operand) ? `${operand}.0` : operand);
  // The proof of the cast: COMPARATOR only lets these five operators through, and none means equal.
  return version.ok ? { kind: 'ORDER', operator: (operator ?? '=') as Operator, operand: version.value } : null;
}

function holds(version: Version, comparator: Comparator): boolean {
  if (comparator.kind === 'PREFIX') return comparator.numbers.every((number, index) => (version.numbers[index] ?? 0n) === number);
  const order = compareVersions(version, comparator.operand);
  if (order === 0) return comparator.operator.includes('=');
  return comparator.operator.startsWith(order < 0 ? '<' : '>');
}

function rangeProblem(fault: string): Result<never> {
  const message = `This version range ${fault}: write for example >=1.0 <3.0, or 2.x || 3.x.`;
  return fail({ code: 'RANGE_INVALID', message });
}

/**
 * A sort key that no version in a range lies above; null when there is none. It narrows a search, and decides nothing:
 * what lies below may be outside of the range all the same.
 */
export function upperKeyOf(range: VersionRange): string | null {
  const keys = range.alternatives.map((comparators) => {
    const bounds = comparators.flatMap((comparator) => upperKeyOfComparator(comparator) ?? []);
    return bounds.toSorted()[0] ?? null;
  });
  const known = keys.filter((key) => key !== null);
  return known.length < keys.length ? null : (known.toSorted().at(-1) ?? null);
}

function upperKeyOfComparator(comparator: Comparator): string | null {
  if (comparator.kind === 'ORDER') return comparator.operator.startsWith('>') ? null : versionSortKey(comparator.operand);
  const last = comparator.numbers.at(-1);
  if (last === undefined) return null;
  const next = [...comparator.numbers.slice(0, -1), last + 1n];
  const version = parseVersion(next.length === 1 ? `${String(next[0])}.0` : next.join('.'));
  return version.ok ? versionSortKey(version.value) : null;
}

/** A sort key that no version in a range lies below; null when there is none. Of `upperKeyOf` the other end. */
export function lowerKeyOf(range: VersionRange): string | null {
  const keys = range.alternatives.map((comparators) => {
    const bounds = comparators.flatMap((comparator) => lowerKeyOfComparator(comparator) ?? []);
    return bounds.toSorted().at(-1) ?? null;
  });
  const known = keys.filter((key) => key !== null);
  return known.length < keys.length ? null : (known.toSorted()[0] ?? null);
}

/** Of a prefix the prereleases are part, of which 0 is the first. */
function lowerKeyOfComparator(comparator: Comparator): string | null {
  if (comparator.kind === 'ORDER') return comparator.operator.startsWith('<') ? null : versionSortKey(comparator.operand);
  const { numbers } = comparator;
  if (numbers.length === 0) return null;
  const version = parseVersion(`${numbers.length === 1 ? `${String(numbers[0])}.0` : numbers.join('.')}-0`);
  return version.ok ? versionSortKey(version.value) : null;
}

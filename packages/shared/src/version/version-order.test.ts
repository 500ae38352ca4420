import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './version-order.js';
import { versionSortKey, VERSION_SORT_KEY_MAX_LENGTH } from './version-key.js';
import { compareBytes, makeRandom, oracleOrder, randomSemver, version } from './version.cases.js';

const PAIRS_COUNT = 200_000;

/** A few values over and over, so that equal and nearly equal versions are common, and any value now and then. */
const number = fc.oneof(fc.constantFrom('0', '1', '01', '9', '10'), fc.stringMatching(/^[0-9]{1,24}$/));
const identifier = fc.oneof(
  fc.constantFrom('0', '2', '02', '10', 'beta', 'beta2', 'Beta', '-'),
  fc.stringMatching(/^[0-9]{1,30}$|^[0-9A-Za-z-]{1,8}$/),
);

/** Versions of the whole grammar, within 100 characters. */
const anyVersion = fc
  .tuple(
    fc.constantFrom('', 'v'),
    fc.array(number, { minLength: 2, maxLength: 4 }),
    fc.array(identifier, { maxLength: 4 }),
    fc.constantFrom('', '+1', '+b.2'),
  )
  .map(
    ([prefix, numbers, prerelease, build]) =>
      prefix + numbers.join('.') + (prerelease.length > 0 ? `-${prerelease.join('.')}` : '') + build,
  )
  .filter((text) => text.length <= 100);

function keyOrder(a: string, b: string): number {
  return compareBytes(versionSortKey(version(a)), versionSortKey(version(b)));
}

describe('version order', () => {
  const ascending = [
    ['0.9', '1.0.0-0'],
    ['1.0.0-0', '1.0.0-9'],
    ['1.0.0-9', '1.0.0-10'],
    ['1.0.0-10', '1.0.0-alpha'],
    ['1.0.0-alpha', '1.0.0-alpha.1'],
    ['1.0.0-alpha.1', '1.0.0-alpha.beta'],
    ['1.0.0-alpha.beta', '1.0.0-beta'],
    ['1.0.0-beta', '1.0.0-beta.2'],
    ['1.0.0-beta.2', '1.0.0-beta.10'],
    ['1.0.0-beta.10', '1.0.0-beta10'],
    ['1.0.0-beta10', '1.0.0-beta2'],
    ['1.0.0-Beta', '1.0.0-alpha'],
    ['1.0.0-a', '1.0.0-a-'],
    ['1.0.0-rc.1', '1.0.0'],
    ['1.0.0', '1.0.0.1'],
    ['1.2.3.4', '1.2.3.10'],
    ['1.9', '1.10'],
    ['1.999999999999999999999999', '2.0-alpha'],
    ['1.99999999999999999999998', '1.99999999999999999999999'],
    ['1.0-99999999999999999998', '1.0-99999999999999999999'],
  ] as const;

  it.each(ascending)('%s comes before %s', (lower, higher) => {
    expect(compareVersions(version(lower), version(higher))).toBe(-1);
    expect(compareVersions(version(higher), version(lower))).toBe(1);
    expect(keyOrder(lower, higher)).toBe(-1);
  });

  it.each([
    ['v1.2', '1.2'],
    ['1.2', '1.2.0.0'],
    ['1.2.0+linux', '1.2'],
    ['2024.08.06', '2024.8.6'],
    ['1.0-beta.02', '1.0.0-beta.2'],
    ['1.0-000', '1.0-0'],
  ])('%s equals %s', (one, other) => {
    expect(compareVersions(version(one), version(other))).toBe(0);
    expect(versionSortKey(version(one))).toBe(versionSortKey(version(other)));
  });

  it('agrees with the semver package on 200,000 random pairs, by comparison and by key', () => {
    const random = makeRandom(20_260_301);
    for (let pair = 0; pair < PAIRS_COUNT; pair += 1) {
      const a = randomSemver(random);
      const b = randomSemver(random);
      const expected = semver.compare(a, b);
      const [one, other] = [version(a), version(b)];
      const byKey = compareBytes(versionSortKey(one), versionSortKey(other));
      if (compareVersions(one, other) !== expected || byKey !== expected) expect.fail(`${a} and ${b}: semver says ${String(expected)}`);
    }
  });

  it('agrees with an independent oracle on four numbers, huge numbers, v, build and leading zeros', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (a, b) => {
        expect(compareVersions(version(a), version(b))).toBe(oracleOrder(a, b));
        expect(keyOrder(a, b)).toBe(oracleOrder(a, b));
      }),
      { numRuns: 5_000, seed: 42 },
    );
  });

  it('is the same whichever of three versions are compared first', () => {
    fc.assert(
      fc.property(fc.array(anyVersion, { minLength: 3, maxLength: 3 }), (texts) => {
        const [a, b, c] = texts.map(version).sort(compareVersions);
        if (a && b && c) expect(compareVersions(a, c)).toBeLessThanOrEqual(compareVersions(a, b));
        if (a && b && c) expect(compareVersions(a, c) === 0).toBe(compareVersions(a, b) === 0 && compareVersions(b, c) === 0);
      }),
      { seed: 42 },
    );
  });
});

describe('versionSortKey', () => {
  it('is printable ASCII without spaces and never longer than its limit', () => {
    fc.assert(
      fc.property(anyVersion, (text) => {
        const key = versionSortKey(version(text));
        expect(key).toMatch(/^[!-~]+$/);
        expect(key.length).toBeLessThanOrEqual(VERSION_SORT_KEY_MAX_LENGTH);
      }),
      { numRuns: 2_000, seed: 42 },
    );
  });

  it('reaches its limit exactly in the worst case', () => {
    const lengths = ['0', 'a'].flatMap((identifier) =>
      Array.from({ length: 48 }, (_, count) => {
        const prerelease = Array.from({ length: count + 1 }, () => identifier).join('.');
        return versionSortKey(version(`0.0-${identifier.repeat(96 - prerelease.length)}${prerelease}`)).length;
      }),
    );
    const longNumbers = versionSortKey(version(Array.from({ length: 4 }, () => '9'.repeat(24)).join('.'))).length;
    expect(Math.max(...lengths, longNumbers)).toBeLessThanOrEqual(VERSION_SORT_KEY_MAX_LENGTH);
    expect(versionSortKey(version(`0.0-10${'.1'.repeat(47)}`)).length).toBe(VERSION_SORT_KEY_MAX_LENGTH);
  });

  it('has the documented shape', () => {
    expect(versionSortKey(version('1.10-beta.2'))).toBe('a1b10a0a0abeta,012');
    expect(versionSortKey(version('1.10'))).toBe('a1b10a0a0~');
  });
});

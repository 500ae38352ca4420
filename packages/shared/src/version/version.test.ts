import { describe, expect, it } from 'vitest';
import { parseVersion, VERSION_MAX_LENGTH, type VersionScheme } from './version.js';

const LONGEST = '9'.repeat(24);

describe('parseVersion', () => {
  it.each([
    ['1.2', [1n, 2n], [], null],
    ['1.0.0', [1n, 0n, 0n], [], null],
    ['1.2.3.4', [1n, 2n, 3n, 4n], [], null],
    ['v3.0-beta', [3n, 0n], ['beta'], null],
    ['3.0.0-beta2', [3n, 0n, 0n], ['beta2'], null],
    ['2024.08.06', [2024n, 8n, 6n], [], null],
    ['1.0-rc.10+build.7', [1n, 0n], ['rc', '10'], 'build.7'],
    ['1.0+a-b', [1n, 0n], [], 'a-b'],
    ['1.0--', [1n, 0n], ['-'], null],
    [`${LONGEST}.0`, [10n ** 24n - 1n, 0n], [], null],
  ])('reads %s', (raw, numbers, prerelease, build) => {
    expect(parseVersion(raw)).toEqual({ ok: true, value: { raw, numbers, prerelease, build } });
  });

  it.each([
    ['', 'missing'],
    ['1', 'too few numbers'],
    ['v2-beta', 'too few numbers'],
    ['1.2.3.4.5', 'too many numbers'],
    [' 1.2', 'contains a space'],
    ['1.2\n', 'contains a space'],
    ['V1.2', 'capital V'],
    ['1.2beta', 'put a hyphen between them and write 1.2-beta.'],
    ['20240101', 'is a date: put dots between year, month and day and write 2024.01.01.'],
    ['r123', 'leave out what stands before it and write 123.0.'],
    [`1.${LONGEST}9`, 'more than 24 digits'],
    ['1..2', 'is not a version'],
    ['1.2-', 'is not a version'],
    ['1.2-a..b', 'is not a version'],
    ['1.2+', 'is not a version'],
    ['1.2-béta', 'is not a version'],
    ['-1.2', 'is not a version'],
    ['latest', 'is not a version'],
    ['١.٢', 'is not a version'],
  ])('refuses %j and says why', (text, reason) => {
    const result = parseVersion(text);
    expect(result).toMatchObject({ ok: false, problem: { code: 'VERSION_INVALID' } });
    expect(result.ok ? '' : result.problem.message).toContain(reason);
  });

  it('accepts a text of the greatest length and refuses one more character', () => {
    const longest = `1.0-${'a'.repeat(VERSION_MAX_LENGTH - 4)}`;
    expect(parseVersion(longest).ok).toBe(true);
    expect(parseVersion(`${longest}a`)).toMatchObject({ ok: false, problem: { code: 'VERSION_TOO_LONG' } });
  });

  it('takes no noticeable time over hostile texts', () => {
    const hostile = ['0.'.repeat(50), `1.0-${'0'.repeat(96)}`, `1.0-${'a-'.repeat(47)}!`, `1.0-${'1.'.repeat(47)}!`, '.'.repeat(1e6)];
    const startedAt = Date.now();
    for (let round = 0; round < 100; round += 1) for (const text of hostile) parseVersion(text, 'SEMVER');
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('version schemes', () => {
  const cases: readonly (readonly [text: string, scheme: VersionScheme, isAccepted: boolean])[] = [
    ['1.2.3', 'SEMVER', true],
    ['1.2.3-beta.2+x.01', 'SEMVER', true],
    ['1.2.3-0a', 'SEMVER', true],
    ['1.2.3-0', 'SEMVER', true],
    ['1.2.3--', 'SEMVER', true],
    [`${LONGEST}.0.0`, 'SEMVER', true],
    ['v1.2.3', 'SEMVER', false],
    ['1.2', 'SEMVER', false],
    ['1.2.3.4', 'SEMVER', false],
    ['01.2.3', 'SEMVER', false],
    ['1.2.3-beta.02', 'SEMVER', false],
    ['1.2', 'NUMERIC', true],
    ['2024.08.06', 'NUMERIC', true],
    ['1.2.3.4', 'NUMERIC', true],
    ['v1.2', 'NUMERIC', false],
    ['1.2-beta', 'NUMERIC', false],
    ['1.2+b', 'NUMERIC', false],
    ['v01.2-beta.02', 'ANY', true],
  ];

  it.each(cases)('%s under %s: accepted is %s', (text, scheme, isAccepted) => {
    const result = parseVersion(text, scheme);
    expect(result.ok).toBe(isAccepted);
    if (!result.ok) expect(result.problem.code).toBe('VERSION_SCHEME_MISMATCH');
  });

  it('a refused SemVer version is told which rule it breaks', () => {
    const message = (text: string): string => {
      const result = parseVersion(text, 'SEMVER');
      return result.ok ? '' : result.problem.message;
    };
    expect(message('v1.2.3')).toContain('leave out the v');
    expect(message('1.2')).toContain('exactly three numbers');
    expect(message('1.02.3')).toContain('leading zeros');
  });
});

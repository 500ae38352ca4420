import { describe, expect, it } from 'vitest';
import { parseVersionRange, satisfiesRange, VERSION_RANGE_MAX_LENGTH } from './version-range.js';
import { version } from './version.cases.js';

function lies(text: string, range: string): boolean {
  const parsed = parseVersionRange(range);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return satisfiesRange(version(text), parsed.value);
}

describe('version ranges', () => {
  const cases: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] = [
    ['>=1.0 <3.0', ['1.0', '2.9.9', '3.0-beta'], ['0.9', '1.0-beta', '3.0', '3.0.0']],
    ['>= 1.0  < 3.0', ['1.0'], ['3.0']],
    ['=2.0', ['2.0', '2.0.0', 'v2.0+x'], ['2.0.1', '2.0-rc']],
    ['>1', ['1.0.0.1', '2.0'], ['1.0', '1.0-rc']],
    ['<=2.5', ['2.5', '2.5-rc', '1.0'], ['2.5.1']],
    ['2', ['2.0', '2.9.9', '2.0-beta'], ['1.9', '3.0', '20.0']],
    ['2.1', ['2.1', '2.1.7'], ['2.0', '2.10']],
    ['2.x', ['2.0', '2.7'], ['3.0']],
    ['2.1.*', ['2.1.7'], ['2.2']],
    ['*', ['0.0', '9.9'], []],
    ['1 || >=2.5 <2.7', ['1.4', '2.6'], ['2.0', '2.7']],
    ['2.0.0-beta.1', ['2.0-beta.1'], ['2.0', '2.0-beta.2']],
    ['v2.1', ['2.1.3'], ['2.2']],
  ];

  it.each(cases)('%s has the right versions inside and outside', (range, inside, outside) => {
    expect(inside.filter((text) => !lies(text, range))).toEqual([]);
    expect(outside.filter((text) => lies(text, range))).toEqual([]);
  });

  it.each(['', '  ', '||', '1 ||', '^1.2', '~1.2', '>=', '1.2.3.4.5', '>=1.x', 'x.1', 'latest', '>=1.0, <2.0', '!1.0', '1.0 - 2.0'])(
    'refuses %j with an example of a good one',
    (text) => {
      const result = parseVersionRange(text);
      expect(result).toMatchObject({ ok: false, problem: { code: 'RANGE_INVALID' } });
      expect(result.ok ? '' : result.problem.message).toContain('write for example >=1.0 <3.0');
    },
  );

  it('refuses a text over the limit', () => {
    expect(parseVersionRange('1 '.repeat(VERSION_RANGE_MAX_LENGTH)).ok).toBe(false);
  });
});

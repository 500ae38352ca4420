import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './version-order.js';
import { suggestNextVersions } from './version-suggestion.js';
import { versionWarnings } from './version-warning.js';
import { makeRandom, randomSemver, version } from './version.cases.js';

describe('suggestNextVersions', () => {
  it.each([
    [null, undefined, '1.0.0', '1.0.0', '1.0.0', null],
    [null, 'beta', '1.0.0', '1.0.0', '1.0.0', '1.0.0-beta.1'],
    ['1.2.3', undefined, '1.2.4', '1.3.0', '2.0.0', null],
    ['1.2.3', 'beta', '1.2.4', '1.3.0', '2.0.0', '1.3.0-beta.1'],
    ['v1.2', 'rc', 'v1.2.1', 'v1.3', 'v2.0', 'v1.3-rc.1'],
    ['1.2.3.4', undefined, '1.2.3.5', '1.3.0.0', '2.0.0.0', null],
    ['2.0.0-beta.2', undefined, '2.0.0', '2.0.0', '2.0.0', '2.0.0-beta.3'],
    ['1.2-beta', undefined, '1.2', '1.2', '2.0', '1.2-beta.2'],
    ['2.0.0-alpha.3', 'beta', '2.0.0', '2.0.0', '2.0.0', '2.0.0-beta.1'],
    ['2.0.0-rc.1', 'beta', '2.0.0', '2.0.0', '2.0.0', '2.1.0-beta.1'],
    ['2.0.0-beta2', 'beta', '2.0.0', '2.0.0', '2.0.0', '2.0.0-beta3'],
    ['2.0.0-beta9', undefined, '2.0.0', '2.0.0', '2.0.0', null],
  ] as const)('after %s (channel %s)', (latest, channel, patch, minor, major, nextPrerelease) => {
    expect(suggestNextVersions(latest === null ? null : version(latest), channel)).toEqual({ patch, minor, major, nextPrerelease });
  });

  it('suggests the same patch, minor and major as npm does', () => {
    const random = makeRandom(7);
    for (let round = 0; round < 2_000; round += 1) {
      const latest = randomSemver(random);
      const { patch, minor, major } = suggestNextVersions(version(latest));
      expect([latest, patch, minor, major]).toEqual([
        latest,
        ...(['patch', 'minor', 'major'] as const).map((step) => semver.inc(latest, step)),
      ]);
    }
  });

  it('never suggests a version that is not higher than the latest', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(undefined, 'alpha', 'beta', 'rc'), (seed, channel) => {
        const latest = version(randomSemver(makeRandom(seed)));
        const suggestions = Object.values(suggestNextVersions(latest, channel)).filter((text) => text !== null);
        for (const text of suggestions) expect(compareVersions(version(text), latest)).toBe(1);
      }),
      { numRuns: 1_000, seed: 42 },
    );
  });
});

describe('versionWarnings', () => {
  it.each([
    ['3.0.0-beta2', '3.0.0-beta.2'],
    ['v3.0-beta10+linux', 'v3.0-beta.10+linux'],
    ['1.0-pre-rc07.x1', '1.0-pre-rc.7.x.1'],
  ])('%s gets a warning that suggests %s', (text, suggestion) => {
    expect(versionWarnings(version(text))).toMatchObject([{ code: 'PRERELEASE_NUMBER_ORDER', params: { suggestion } }]);
  });

  it.each([
    ['3.0.0-beta-2', '3.0.0-beta.2'],
    ['1.2.3-1', '1.2.3.1'],
    ['v1.2-3', 'v1.2.0.3'],
    ['1.2.3-5-gabc1234', '1.2.3.5+gabc1234'],
    ['1.2.3-1+linux', '1.2.3.1+linux'],
  ])('%s gets a warning that suggests %s, which sorts as it is meant', (text, suggestion) => {
    const [warning] = versionWarnings(version(text));
    expect(warning?.params).toEqual({ suggestion });
    expect(versionWarnings(version(suggestion))).toEqual([]);
    if (warning?.code === 'NUMERIC_SUFFIX_ORDER') expect(compareVersions(version(suggestion), version(text.split('-')[0] ?? ''))).toBe(1);
  });

  it.each([
    '1.0',
    '1.0-beta',
    '1.0-beta.10',
    '1.0+beta10',
    '1.0-2beta',
    '1.0-gabc1234',
    '1.0-1234567',
    '1.0-beta.20240101',
    '1.0-nightly20240101',
    '1.0-build0007',
    '1.2.3.4-1',
  ])('%s gets none', (text) => {
    expect(versionWarnings(version(text))).toEqual([]);
  });
});

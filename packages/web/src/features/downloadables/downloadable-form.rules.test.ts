import { DEFAULT_CHANNELS, VERSION_SCHEMES } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import {
  checkDownloadable,
  checkFiles,
  differingFields,
  inferredChannel,
  missingChannel,
  nextVersions,
  placeOf,
  versionSuggestion,
  valuesOf,
  versionWarning,
  type DownloadableValues,
} from './downloadable-form.rules';
import type { ProductChoice } from './useProductChoices';

function makeProduct(change: Partial<ProductChoice> = {}): ProductChoice {
  const channels = DEFAULT_CHANNELS.map(({ name, includes }) => ({ name, includes: [...includes] }));
  return {
    id: 'P',
    name: 'Aurora',
    slug: 'aurora',
    versionScheme: 'ANY',
    archivedAt: null,
    channels,
    latest: { id: 'D', version: '2.4.1' },
    ...change,
  };
}

function makeValues(change: Partial<DownloadableValues> = {}): DownloadableValues {
  return { ...valuesOf(null, 'P'), version: '2.5.0', ...change };
}

describe('the form of a downloadable', () => {
  it('is fine with a product and a version', () => {
    expect(checkDownloadable(makeValues(), makeProduct())).toEqual({});
  });

  it.each([
    ['a missing product', makeValues(), null, 'productId'],
    ['a missing version', makeValues({ version: ' ' }), makeProduct(), 'version'],
    ['a version with one number', makeValues({ version: '2' }), makeProduct(), 'version'],
    ['a version outside the scheme', makeValues({ version: '2.5' }), makeProduct({ versionScheme: 'SEMVER' }), 'version'],
    ['a suffix that fits no channel', makeValues({ version: '2.5.0-nightly' }), makeProduct(), 'channel'],
    ['a channel that contradicts the suffix', makeValues({ version: '2.5.0-beta.1', channel: 'rc' }), makeProduct(), 'channel'],
    ['a changelog that is too long', makeValues({ changelog: 'x'.repeat(64_001) }), makeProduct(), 'changelog'],
    ['a day that does not exist', makeValues({ releaseDate: '2026-02-30' }), makeProduct(), 'releaseDate'],
  ])('refuses %s at its field', (_, values, product, field) => {
    expect(Object.keys(checkDownloadable(values, product))).toEqual([field]);
  });

  it('names both channels of a contradiction', () => {
    const message = checkDownloadable(makeValues({ version: '2.5.0-beta.1', channel: 'rc' }), makeProduct()).channel;
    expect(message).toContain('beta');
    expect(message).toContain('rc');
  });

  it('shows the channel that the version comes to', () => {
    expect(inferredChannel(makeValues({ version: '2.5.0-beta.1' }), makeProduct())).toBe('beta');
    expect(inferredChannel(makeValues({ version: '2.5.0-nightly' }), makeProduct())).toBeNull();
  });

  it('warns of beta10, which sorts before beta2', () => {
    expect(versionWarning('2.5.0-beta10', null)).toBeTruthy();
    expect(versionWarning('2.5.0', null)).toBeUndefined();
  });

  it.each<[what: string, newest: string | null, versions: readonly string[]]>([
    ['patch, minor, major and the first beta', null, ['2.4.2', '2.5.0', '3.0.0', '2.5.0-beta.1']],
    ['the next beta of the running one', '2.5.0-beta.3', ['2.4.2', '2.5.0', '3.0.0', '2.5.0-beta.4']],
    ['the next of whatever prerelease is running', '3.0.0-rc.1', ['2.4.2', '2.5.0', '3.0.0', '3.0.0-rc.2']],
  ])('offers %s', (_, newest, versions) => {
    expect(nextVersions(makeProduct(), newest).map(({ version }) => version)).toEqual(versions);
  });

  it('offers no beta where the product takes none', () => {
    const versions = nextVersions(makeProduct({ versionScheme: 'NUMERIC' })).map(({ version }) => version);
    expect(versions).toEqual(['2.4.2', '2.5.0', '3.0.0']);
  });

  it('offers to finish a prerelease', () => {
    const product = makeProduct({ latest: { id: 'D', version: '2.5.0-beta.1' } });
    expect(nextVersions(product).slice(0, 2)).toEqual([
      { step: 'Next prerelease', version: '2.5.0-beta.2' },
      { step: 'Final release', version: '2.5.0' },
    ]);
    expect(nextVersions(makeProduct({ latest: null }))[0]).toEqual({ step: 'First version', version: '1.0.0' });
  });

  it('taken versions are not offered, but the next of their kind that is free', () => {
    const product = makeProduct({ latest: { id: 'a', version: '2.1.0' }, channels: [] });
    const taken = new Set(['2.1.1', '2.1.2', '2.2', '3.0.0'].map(placeOf));
    expect(nextVersions(product, null, taken)).toEqual([
      { step: 'Next patch', version: '2.1.3' },
      { step: 'Next minor', version: '2.3.0' },
      { step: 'Next major', version: '4.0.0' },
    ]);
  });

  it.each([
    ['1.2.3rc1', 'ANY', '1.2.3-rc.1'],
    ['20240101', 'ANY', '2024.01.01'],
    ['1.2.3-beta2', 'SEMVER', '1.2.3-beta.2'],
    ['1.2.3-1', 'ANY', '1.2.3.1'],
    ['v1.2', 'SEMVER', '1.2.0'],
    ['1.2.3-1', 'SEMVER', '1.2.4'],
    ['1.2.3-5-gabc1234', 'SEMVER', '1.2.4+gabc1234'],
    ['1.2.3', 'ANY', null],
    ['', 'ANY', null],
    ['latest', 'ANY', null],
  ] as const)('offers for %j of a product with the scheme %s the spelling %s', (typed, versionScheme, suggestion) => {
    expect(versionSuggestion(typed, { versionScheme })).toBe(suggestion);
  });

  it.each(['1.2.3-1', '1.2.3-beta2', '1.2-3'])('never advises for %s what the product would refuse', (typed) => {
    for (const versionScheme of VERSION_SCHEMES) {
      const warning = versionWarning(typed, { versionScheme });
      if (warning) expect(warning).toContain(versionSuggestion(typed, { versionScheme }));
    }
  });

  it('needs a file to be published, not to be a draft', () => {
    expect(checkFiles(makeValues({ intent: 'PUBLISHED' }), 0, false).files).toBeTruthy();
    expect(checkFiles(makeValues({ intent: 'PUBLISHED' }), 1, false)).toEqual({});
    expect(checkFiles(makeValues(), 0, false)).toEqual({});
    expect(checkFiles(makeValues(), 2, true).files).toBeTruthy();
  });

  it('finds the fields in which two sides differ', () => {
    expect(differingFields(makeValues({ name: 'Spring' }), makeValues({ name: 'Summer', changelog: 'New' }))).toEqual([
      'name',
      'changelog',
    ]);
  });
});

it.each([
  ['2.0.0-nightly.20260101', 'nightly'],
  ['2.0.0-canary1', 'canary'],
  ['2.0.0-beta.1', null],
  ['2.0.0-nightlight', null],
  ['2.0.0', null],
  ['no version', null],
])('%s asks for the channel %s, unless the product has it', (version, name) => {
  expect(missingChannel({ version }, makeProduct())).toBe(name);
  if (name) expect(missingChannel({ version }, makeProduct({ channels: [{ name, includes: [] }] }))).toBeNull();
});

import { expect, it } from 'vitest';
import { groupByPlatform } from '../../ui/release-files';
import { makeAsset, makeProduct, makeRelease, NO } from './made.cases';
import { fallbackVersion, isNewer, isOpenTo, keptUntil, ownFirst, productsOfLicense, refusalFor } from './portal-release.rules';

it.each([
  ['2.10.0', '2.9.0', true],
  ['2.4.0', '2.4.0-rc.1', true],
  ['v2.4', '2.4.0', false],
  ['2.3.0', '2.4.0', false],
  ['what?', '1.0', false],
])('%s is newer than %s: %s', (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected);
});

it('where nothing may be had the newest is shown with its reason, at the limit the one that was paid for', () => {
  const limit = { ...NO, code: 'DOWNLOAD_LIMIT' } as const;
  const lastDownload = { version: '2.3.0', at: '2026-11-01T00:00:00Z' };
  const latest = makeRelease('2.4.0', { access: NO });
  expect(fallbackVersion(makeProduct({ latest, lastDownload }))).toBe('2.4.0');
  expect(fallbackVersion(makeProduct({ latest: { ...latest, access: limit }, lastDownload }))).toBe('2.3.0');
  expect(fallbackVersion(makeProduct({ latest: { ...latest, access: limit } }))).toBe('2.4.0');
  expect(fallbackVersion(makeProduct({ latest, offered: makeRelease('2.2.0') }))).toBeNull();
  expect(fallbackVersion(makeProduct())).toBeNull();
});

it('what is their own comes first, then what is free for everyone', () => {
  const products = ['OPEN', 'LICENSED'].map((id) => ({ ...makeProduct(), id, distribution: id as 'OPEN' | 'LICENSED' }));
  const ids = (licensedId: string | null) => ownFirst(products, licensedId).map(({ id }) => id);
  expect([ids(null), ids('OPEN')]).toEqual([
    ['LICENSED', 'OPEN'],
    ['OPEN', 'LICENSED'],
  ]);
});

it('at the limit of downloads the files that were paid for stay open, until the first of them closes', () => {
  const yes = (until: string | null) => ({ access: { allowed: true, params: until ? { repeatableUntil: until } : {} } });
  const refused = { access: { allowed: false, params: { repeatableUntil: '2026-01-01T00:00:00Z' } } };
  const release = { ...refused, assets: [yes('2026-03-02T12:00:00Z'), refused, yes('2026-03-02T10:00:00Z'), yes(null)] };
  expect([isOpenTo(release), keptUntil(release)]).toEqual([true, '2026-03-02T10:00:00Z']);
  expect([isOpenTo({ ...refused, assets: [refused] }), keptUntil({ assets: [refused] })]).toEqual([false, null]);
});

it("the visitor's own platform stands first among the files", () => {
  const groups = groupByPlatform([makeAsset('w', 'WINDOWS'), makeAsset('m', 'MACOS'), makeAsset('l', 'LINUX')], 'LINUX');
  expect(groups.map(({ platform }) => platform)).toEqual(['LINUX', 'WINDOWS', 'MACOS']);
});

it('signatures stand under their main file, whatever platform their own name tells', () => {
  const groups = groupByPlatform([makeAsset('a.exe.sig', 'ALL'), makeAsset('a.exe', 'WINDOWS'), makeAsset('lonely.asc', 'ALL')], null);
  const shown = groups.map(({ platform, files }) => [
    platform,
    files.map(({ main, sideFiles }) => [main.id, sideFiles.map(({ id }) => id)]),
  ]);
  expect(shown).toEqual([
    ['WINDOWS', [['a.exe', ['a.exe.sig']]]],
    ['ALL', [['lonely.asc', []]]],
  ]);
});

it('looking as a license shows the open products and its own, unless that is closed', () => {
  const products = (['OPEN', 'LICENSED', 'CLOSED'] as const).map((distribution) => ({ ...makeProduct(), id: distribution, distribution }));
  const seen = (licensedId: string | null): readonly string[] => productsOfLicense(products, licensedId).map(({ id }) => id);
  expect([seen(null), seen('LICENSED'), seen('CLOSED')]).toEqual([['OPEN'], ['OPEN', 'LICENSED'], ['OPEN']]);
});

it('a file for the computer that is not theirs is no missing file: it has its reason', () => {
  const limit = { ...NO, code: 'DOWNLOAD_LIMIT' } as const;
  const assets = [makeAsset('app.exe', 'WINDOWS'), { ...makeAsset('app.deb', 'LINUX'), access: limit }];
  const refusalOn = (platform: 'WINDOWS' | 'LINUX' | 'MACOS') =>
    refusalFor(makeRelease('2.4.0', { assets }), { platform, architecture: 'X64' })?.code ?? null;
  expect([refusalOn('LINUX'), refusalOn('WINDOWS'), refusalOn('MACOS')]).toEqual(['DOWNLOAD_LIMIT', null, null]);
});

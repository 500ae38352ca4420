import { expect, it } from 'vitest';
import {
  byAccess,
  chooseProduct,
  isOpenTo,
  keptUntil,
  matching,
  productsOfLicense,
  type PortalAsset,
  type PortalProduct,
  type PortalRelease,
} from './portal-release.rules';
import { groupByPlatform } from '../../ui/release-files';

const yes = { allowed: true, code: 'ALLOWED', message: '', params: null, remedy: null, licenseId: null } as const;
const no = {
  allowed: false,
  code: 'UPDATES_EXPIRED',
  message: 'Your updates ended.',
  params: null,
  remedy: 'RENEW',
  licenseId: null,
} as const;

function makeRelease(id: string, change: Partial<PortalRelease> = {}): PortalRelease {
  return { id, version: id, channel: 'stable', status: 'PUBLISHED', releaseDate: '2026-01-01', access: yes, ...change };
}

function makeProduct(id: string): PortalProduct {
  return { id, slug: `slug-${id}`, name: id, description: null, distribution: 'OPEN', latest: null };
}

function makeAsset(id: string, platform: PortalAsset['platform']): PortalAsset {
  return {
    id,
    fileName: id,
    type: 'INSTALLER',
    platform,
    architecture: null,
    size: 1,
    sha256: null,
    state: 'READY',
    external: false,
    downloadUrl: '/d',
    access: yes,
  };
}

it('versions that may be downloaded come first, withdrawn ones stand apart, each kind in its order', () => {
  const { open, refused, withdrawn } = byAccess([
    makeRelease('4', { access: no }),
    makeRelease('3', { access: no, status: 'WITHDRAWN' }),
    makeRelease('2'),
    makeRelease('1'),
  ]);
  expect([open, refused, withdrawn].map((group) => group.map(({ id }) => id))).toEqual([['2', '1'], ['4'], ['3']]);
});

it.each([
  ['', ['2.10.0', '2.1.0', '1.2.1']],
  ['v2.1', ['2.10.0', '2.1.0']],
  [' V2.1.0 ', ['2.1.0']],
  ['2.1', ['2.10.0', '2.1.0']],
  ['.2.', ['1.2.1']],
  ['9', []],
])('a version typed as "%s" is found exactly, by its beginning, or anywhere', (typed, found) => {
  expect(
    matching(
      ['2.10.0', '2.1.0', '1.2.1'].map((version) => makeRelease(version)),
      typed,
    ).map(({ version }) => version),
  ).toEqual(found);
});

it('the product of the address wins and is never replaced by another; without one the licensed one, then the first', () => {
  const products = [makeProduct('a'), makeProduct('b'), makeProduct('c')];
  expect(chooseProduct(products, 'slug-c', 'b')?.id).toBe('c');
  expect(chooseProduct(products, '', 'b')?.id).toBe('b');
  expect(chooseProduct(products, '', null)?.id).toBe('a');
  expect(chooseProduct(products, 'gone', 'b')).toBeNull();
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
  const products = (['OPEN', 'LICENSED', 'CLOSED'] as const).map((distribution) => ({ ...makeProduct(distribution), distribution }));
  const seen = (licensedId: string | null): readonly string[] => productsOfLicense(products, licensedId).map(({ id }) => id);
  expect([seen(null), seen('LICENSED'), seen('CLOSED')]).toEqual([['OPEN'], ['OPEN', 'LICENSED'], ['OPEN']]);
});

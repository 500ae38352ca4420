import { describe, expect, it } from 'vitest';
import {
  byAccess,
  chooseProduct,
  defaultRelease,
  isOpenTo,
  keptUntil,
  type PortalAsset,
  type PortalProduct,
  type PortalRelease,
} from './portal-release.rules';
import { groupByPlatform } from '../../ui/release-files';

const yes = { allowed: true, code: 'ALLOWED', message: '', params: null, remedy: null } as const;
const no = { allowed: false, code: 'UPDATES_EXPIRED', message: 'Your updates ended.', params: null, remedy: 'RENEW' } as const;

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

describe('the version shown first', () => {
  it('is the highest stable one, even where a beta may be downloaded', () => {
    expect(defaultRelease([makeRelease('3-beta', { channel: 'beta' }), makeRelease('2')])?.id).toBe('2');
  });

  it('is the highest allowed one when the latest is not', () => {
    expect(defaultRelease([makeRelease('3', { access: no }), makeRelease('2'), makeRelease('1')])?.id).toBe('2');
  });

  it('is the latest with its reason when none may be downloaded', () => {
    expect(defaultRelease([makeRelease('3', { access: no }), makeRelease('2', { access: no })])?.id).toBe('3');
  });

  it('is never an archived one while a published one is there', () => {
    expect(defaultRelease([makeRelease('2', { status: 'ARCHIVED' }), makeRelease('1')])?.id).toBe('1');
  });

  it('is a prerelease while there is nothing else', () => {
    expect(defaultRelease([makeRelease('1-rc', { channel: 'rc' })])?.id).toBe('1-rc');
  });
});

it('versions that may be downloaded come first, in their order', () => {
  const { open, refused } = byAccess([makeRelease('3', { access: no }), makeRelease('2'), makeRelease('1')]);
  expect([open.map(({ id }) => id), refused.map(({ id }) => id)]).toEqual([['2', '1'], ['3']]);
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

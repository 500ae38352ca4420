/** Releases and products as the portal has them, for tests. */
import type { PortalAsset, PortalProduct, PortalRelease } from './portal-release.rules';

export const YES = { allowed: true, code: 'ALLOWED', message: '', params: null, remedy: null, licenseId: null } as const;
export const NO = {
  allowed: false,
  code: 'UPDATES_EXPIRED',
  message: 'Your updates ended on 2026-08-30.',
  params: { coveredUntil: '2026-08-30', releaseDate: '2026-11-12' },
  remedy: 'RENEW',
  licenseId: '01L',
} as const;

export function makeRelease(version: string, change: Partial<PortalRelease> = {}): PortalRelease {
  return {
    id: version,
    version,
    channel: 'stable',
    status: 'PUBLISHED',
    releaseDate: '2026-01-01',
    summary: null,
    isSecurityFix: false,
    withdrawal: null,
    name: null,
    changelogHtml: '',
    revision: { number: 1, frozenAt: '2026-01-01T00:00:00Z' },
    assets: [],
    access: YES,
    ...change,
  };
}

export function makeProduct(change: Partial<PortalProduct> = {}): PortalProduct {
  return {
    id: 'p',
    slug: 'aurora',
    name: 'Aurora',
    description: null,
    distribution: 'LICENSED',
    openChannels: ['stable'],
    platformNotes: [],
    lastDownload: null,
    latest: null,
    offered: null,
    ...change,
  };
}

export function makeAsset(id: string, platform: PortalAsset['platform']): PortalAsset {
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
    access: YES,
  };
}

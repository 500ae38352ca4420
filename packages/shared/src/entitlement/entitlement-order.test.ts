import { describe, expect, it } from 'vitest';
import { ENTITLEMENT_CODES, type AccessFacts, type EntitlementCode, type LicenseFacts } from './entitlement.js';
import { decideAccess } from './entitlement-decision.js';
import { makeAccessFacts, makeLicenseFacts, makeWithdrawn, NOW } from './entitlement.cases.js';

/** What breaks each check of a license, latest check first: each row breaks one more, and must take over the answer. */
const LICENSE_FAULTS: readonly (readonly [code: EntitlementCode, fault: Partial<LicenseFacts>])[] = [
  ['DOWNLOAD_LIMIT', { maxDownloads: 0 }],
  ['PLATFORM_NOT_COVERED', { platforms: ['MACOS'] }],
  ['CHANNEL_NOT_INCLUDED', { channels: ['none'] }],
  ['VERSION_NOT_COVERED', { versionRange: '1' }],
  ['UPDATES_EXPIRED', { updatesUntil: '2020-01-01' }],
  ['LICENSE_EXPIRED', { expiresAt: new Date('2026-01-01') }],
  ['LICENSE_NOT_STARTED', { startsAt: new Date('2027-01-01') }],
  ['LICENSE_REVOKED', { status: 'REVOKED' }],
];

function codeOf(facts: Partial<AccessFacts>): EntitlementCode {
  return decideAccess(makeAccessFacts(facts), NOW).code;
}

describe('the order of the checks', () => {
  it('is that of the codes: each earlier fault takes over the answer', () => {
    let license: Partial<LicenseFacts> = {};
    for (const [code, fault] of LICENSE_FAULTS) {
      license = { ...license, ...fault };
      expect(codeOf({ licenses: [makeLicenseFacts(license)] })).toBe(code);
    }
    const order = LICENSE_FAULTS.map(([code]) => ENTITLEMENT_CODES.indexOf(code));
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });

  it('puts license terms before withdrawal, withdrawal before the file, and the file before the limit', () => {
    const asset = { platform: 'WINDOWS', state: 'UPLOADING' } as const;
    const licenses = [makeLicenseFacts({ maxDownloads: 0 })];
    expect(codeOf({ licenses, asset })).toBe('ASSET_NOT_READY');
    expect(codeOf({ licenses, asset, release: makeWithdrawn() })).toBe('RELEASE_WITHDRAWN');
    expect(codeOf({ licenses: [makeLicenseFacts({ platforms: ['IOS'] })], asset, release: makeWithdrawn() })).toBe('PLATFORM_NOT_COVERED');
  });

  it('puts existence before the product, and the product before the person', () => {
    const product = { distribution: 'CLOSED', channels: [] } as const;
    const viewer = { kind: 'ANONYMOUS' } as const;
    expect(codeOf({ product, viewer, release: null })).toBe('NOT_FOUND');
    expect(codeOf({ product, viewer })).toBe('PRODUCT_CLOSED');
  });
});

describe('several licenses', () => {
  const suspended = makeLicenseFacts({ id: 'suspended', status: 'SUSPENDED' });
  const outdated = makeLicenseFacts({ id: 'outdated', updatesUntil: '2026-01-01' });
  const used = makeLicenseFacts({ id: 'used', maxDownloads: 2, downloadsUsed: 2 });
  const good = makeLicenseFacts({ id: 'good' });

  it.each([
    [[suspended, good, outdated], 'ALLOWED', 'good'],
    [[suspended, outdated], 'UPDATES_EXPIRED', 'outdated'],
    [[used, outdated, suspended], 'DOWNLOAD_LIMIT', 'used'],
    [[{ ...outdated, id: 'newest' }, outdated], 'UPDATES_EXPIRED', 'newest'],
  ] as const)('any yes wins, else the nearest miss, else the first (row %#)', (licenses, code, licenseId) => {
    expect(decideAccess(makeAccessFacts({ licenses }), NOW)).toMatchObject({ code, licenseId });
  });

  it('never become worse by having one more, in whatever order they come', () => {
    const all = LICENSE_FAULTS.map(([, fault], index) => makeLicenseFacts({ id: String(index), ...fault }));
    for (const [index] of all.entries()) {
      const licenses = all.slice(index);
      const nearest = LICENSE_FAULTS[index]?.[0];
      expect(codeOf({ licenses })).toBe(nearest);
      expect(codeOf({ licenses: licenses.toReversed() })).toBe(nearest);
      expect(codeOf({ licenses: [...licenses, good] })).toBe('ALLOWED');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS } from '../version/channel.js';
import { ENTITLEMENT_CODES, type AccessFacts, type EntitlementCode, type EntitlementDecision } from './entitlement.js';
import { decideAccess } from './entitlement-decision.js';
import { makeAccessFacts, makeLicensedFacts, makeReleaseFacts, makeShareLink, makeWithdrawn, NOW } from './entitlement.cases.js';

const PAST = new Date('2026-03-01T10:00:00Z');
const FUTURE = new Date('2026-09-01T10:00:00Z');

type Row = readonly [code: EntitlementCode, facts: AccessFacts, expected: Partial<EntitlementDecision>];

/** One way to each code, with its parameters, its remedy and the sentence that people read. */
const CASES: readonly Row[] = [
  ['ALLOWED', makeAccessFacts(), { allowed: true, licenseId: 'license-1', remedy: null }],
  ['NOT_FOUND', makeAccessFacts({ release: null }), { remedy: null, licenseId: null }],
  ['PRODUCT_CLOSED', makeAccessFacts({ product: { distribution: 'CLOSED', channels: DEFAULT_CHANNELS } }), { remedy: 'CONTACT_VENDOR' }],
  ['AUTH_REQUIRED', makeAccessFacts({ viewer: { kind: 'ANONYMOUS' }, licenses: [] }), { remedy: 'SIGN_IN' }],
  ['LICENSE_KEY_INVALID', makeAccessFacts({ viewer: { kind: 'INVALID_LICENSE_KEY' }, licenses: [] }), { remedy: 'SIGN_IN' }],
  ['PRODUCT_NOT_LICENSED', makeAccessFacts({ licenses: [] }), { remedy: 'UPGRADE', licenseId: null }],
  ['LICENSE_SUSPENDED', makeLicensedFacts({ status: 'SUSPENDED' }), { remedy: 'CONTACT_VENDOR', licenseId: 'license-1' }],
  [
    'LICENSE_SUSPENDED',
    makeLicensedFacts({ status: 'SUSPENDED', statusChangedAt: PAST, customerReason: 'payment failed.' }),
    {
      params: { since: '2026-03-01', reason: 'payment failed.' },
      message: 'Your license was suspended on 2026-03-01 (payment failed): contact the vendor to have it reinstated.',
    },
  ],
  ['LICENSE_REVOKED', makeLicensedFacts({ status: 'REVOKED' }), { remedy: 'CONTACT_VENDOR', params: { since: null, reason: null } }],
  [
    'LICENSE_REVOKED',
    makeLicensedFacts({ status: 'REVOKED', statusChangedAt: PAST, customerReason: null }),
    { message: 'Your license was revoked on 2026-03-01: contact the vendor.' },
  ],
  [
    'LICENSE_NOT_STARTED',
    makeLicensedFacts({ startsAt: FUTURE }),
    { remedy: 'WAIT', params: { startsOn: '2026-09-01' }, message: 'Your license starts on 2026-09-01: come back then.' },
  ],
  [
    'LICENSE_EXPIRED',
    makeLicensedFacts({ expiresAt: PAST }),
    {
      remedy: 'RENEW',
      params: { expiredOn: '2026-03-01', releaseDate: null },
      message: 'Your license expired on 2026-03-01: renew it to download this.',
    },
  ],
  [
    'UPDATES_EXPIRED',
    makeLicensedFacts({ updatesUntil: '2026-03-01' }),
    {
      remedy: 'RENEW',
      params: { coveredUntil: '2026-03-01', releaseDate: '2026-04-02' },
      message: 'Your updates ended on 2026-03-01 and this release is from 2026-04-02: renew to get it.',
    },
  ],
  [
    'VERSION_NOT_COVERED',
    makeLicensedFacts({ versionRange: '1.x' }),
    {
      remedy: 'UPGRADE',
      params: { range: '1.x', version: '2.4.0' },
      message: 'Your license covers versions 1.x, and this is 2.4.0: upgrade to get it.',
    },
  ],
  [
    'CHANNEL_NOT_INCLUDED',
    makeAccessFacts({ release: makeReleaseFacts({ channel: 'beta' }) }),
    {
      remedy: 'UPGRADE',
      params: { channel: 'beta' },
      message: 'Your access does not include beta releases: upgrade, or ask the vendor for them.',
    },
  ],
  [
    'PLATFORM_NOT_COVERED',
    makeLicensedFacts({ platforms: ['MACOS'] }),
    { remedy: 'UPGRADE', params: { platform: 'WINDOWS' }, message: 'Your license does not cover files for Windows: upgrade to get them.' },
  ],
  [
    'RELEASE_WITHDRAWN',
    makeAccessFacts({ release: makeWithdrawn({ replacementId: 'r2', replacementVersion: '2.4.1' }) }),
    {
      remedy: 'CONTACT_VENDOR',
      params: { reason: 'It loses data.', severity: 'NORMAL', replacement: '2.4.1', replacementId: 'r2' },
      message: 'This release was withdrawn (It loses data); use version 2.4.1 instead.',
    },
  ],
  [
    'ASSET_NOT_READY',
    makeAccessFacts({ asset: { platform: 'WINDOWS', state: 'VERIFYING' } }),
    { remedy: 'WAIT', params: { state: 'VERIFYING' } },
  ],
  ['ASSET_NOT_READY', makeAccessFacts({ asset: { platform: 'WINDOWS', state: 'FAILED' } }), { remedy: 'CONTACT_VENDOR' }],
  [
    'DOWNLOAD_LIMIT',
    makeLicensedFacts({ maxDownloads: 1, downloadsUsed: 1 }),
    { params: { limit: 1 }, message: 'Your license allows one download, and it is used: contact the vendor for more.' },
  ],
  ['SHARE_LINK_EXPIRED', makeAccessFacts({ viewer: makeShareLink({ expiresAt: PAST }) }), { params: { expiredOn: '2026-03-01' } }],
  ['SHARE_LINK_EXPIRED', makeAccessFacts({ viewer: makeShareLink({ revoked: true }) }), { params: { expiredOn: null } }],
  ['SHARE_LINK_LIMIT', makeAccessFacts({ viewer: makeShareLink({ maxDownloads: 3, downloadsUsed: 3 }) }), { params: { limit: 3 } }],
];

describe('each entitlement code', () => {
  it.each(CASES)('%s has its parameters, remedy and sentence', (code, facts, expected) => {
    const decision = decideAccess(facts, NOW);
    expect(decision).toMatchObject({ allowed: code === 'ALLOWED', code, ...expected });
    expect(decision.message).toMatch(/^[A-Z].*\.$/);
  });

  it('appears in the table above', () => {
    expect(new Set(CASES.map(([code]) => code))).toEqual(new Set(ENTITLEMENT_CODES));
  });
});

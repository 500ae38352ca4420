/** Facts for the tests of access: a published stable release for Windows, and one license that allows it. */
import { DEFAULT_CHANNELS } from '../version/channel.js';
import { type AccessFacts, type LicenseFacts, type ReleaseFacts, type Withdrawal } from './entitlement.js';

export const NOW = new Date('2026-06-15T12:00:00Z');

/** An active license without limits; say only what matters. */
export function makeLicenseFacts(facts: Partial<LicenseFacts> = {}): LicenseFacts {
  return {
    id: 'license-1',
    status: 'ACTIVE',
    statusChangedAt: null,
    customerReason: null,
    startsAt: null,
    expiresAt: null,
    expiryPolicy: 'REVOKE',
    updatesUntil: null,
    channels: [],
    versionRange: null,
    platforms: [],
    maxDownloads: null,
    downloadsUsed: 0,
    repeatableUntil: null,
    downloadedBefore: false,
    ...facts,
  };
}

/** Version 2.4.0, published on 2026-04-02. */
export function makeReleaseFacts(facts: Partial<ReleaseFacts> = {}): ReleaseFacts {
  return {
    status: 'PUBLISHED',
    channel: 'stable',
    version: '2.4.0',
    firstReleaseDate: '2026-04-02',
    revisionFrozen: true,
    withdrawal: null,
    ...facts,
  };
}

/** A withdrawn release. */
export function makeWithdrawn(withdrawal: Partial<Withdrawal> = {}): ReleaseFacts {
  const given: Withdrawal = { reason: 'It loses data.', severity: 'NORMAL', replacementId: null, replacementVersion: null, ...withdrawal };
  return makeReleaseFacts({ status: 'WITHDRAWN', withdrawal: given });
}

/** A licensed product asked by a customer with one license, in UTC. */
export function makeAccessFacts(facts: Partial<AccessFacts> = {}): AccessFacts {
  return {
    viewer: { kind: 'CUSTOMER' },
    timeZone: 'UTC',
    product: { distribution: 'LICENSED', channels: DEFAULT_CHANNELS },
    release: makeReleaseFacts(),
    asset: { platform: 'WINDOWS', state: 'READY' },
    licenses: [makeLicenseFacts()],
    ...facts,
  };
}

/** The same with one license that differs from a good one. */
export function makeLicensedFacts(license: Partial<LicenseFacts>, facts: Partial<AccessFacts> = {}): AccessFacts {
  return makeAccessFacts({ licenses: [makeLicenseFacts(license)], ...facts });
}

/** A share link that works. */
export function makeShareLink(link: Partial<Extract<AccessFacts['viewer'], { kind: 'SHARE_LINK' }>> = {}): AccessFacts['viewer'] {
  return { kind: 'SHARE_LINK', expiresAt: null, revoked: false, maxDownloads: null, downloadsUsed: 0, ...link };
}

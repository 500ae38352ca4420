import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS } from '../version/channel.js';
import { DISTRIBUTIONS, type AccessFacts, type Distribution, type EntitlementCode } from './entitlement.js';
import { decideAccess } from './entitlement-decision.js';
import { DOWNLOADABLE_STATUSES } from '../release/lifecycle.js';
import { makeAccessFacts, makeLicenseFacts, makeReleaseFacts, makeShareLink, makeWithdrawn, NOW } from './entitlement.cases.js';

const STAFF = { kind: 'STAFF' } as const;
const ANONYMOUS = { kind: 'ANONYMOUS' } as const;

function codeOf(facts: Partial<AccessFacts>): EntitlementCode {
  return decideAccess(makeAccessFacts(facts), NOW).code;
}

function product(distribution: Distribution): AccessFacts['product'] {
  return { distribution, channels: DEFAULT_CHANNELS };
}

describe('what customers can see', () => {
  it.each([
    ['DRAFT', 'NOT_FOUND'],
    ['SCHEDULED', 'NOT_FOUND'],
    ['PUBLISHED', 'ALLOWED'],
    ['ARCHIVED', 'ALLOWED'],
    ['WITHDRAWN', 'RELEASE_WITHDRAWN'],
  ] as const)('a release that is %s answers %s', (status, code) => {
    expect(codeOf({ release: makeReleaseFacts({ status }) })).toBe(code);
  });

  it('the draft of a next revision does not exist for them', () => {
    expect(codeOf({ release: makeReleaseFacts({ revisionFrozen: false }) })).toBe('NOT_FOUND');
  });

  it('an unpublished release does not exist, though its revision is frozen', () => {
    expect(codeOf({ release: makeReleaseFacts({ status: 'DRAFT', revisionFrozen: true }) })).toBe('NOT_FOUND');
  });
});

describe('open products', () => {
  const open = product('OPEN');
  const beta = makeReleaseFacts({ channel: 'beta' });

  it('give anyone their stable releases, whatever the licenses say', () => {
    expect(codeOf({ product: open, viewer: ANONYMOUS, licenses: [] })).toBe('ALLOWED');
    expect(codeOf({ product: open, viewer: { kind: 'INVALID_LICENSE_KEY' }, licenses: [] })).toBe('ALLOWED');
    expect(codeOf({ product: open, licenses: [makeLicenseFacts({ status: 'REVOKED' })] })).toBe('ALLOWED');
  });

  it('give other channels only to those licensed for them', () => {
    expect(codeOf({ product: open, release: beta, viewer: ANONYMOUS, licenses: [] })).toBe('AUTH_REQUIRED');
    expect(codeOf({ product: open, release: beta, licenses: [] })).toBe('CHANNEL_NOT_INCLUDED');
    expect(codeOf({ product: open, release: beta })).toBe('CHANNEL_NOT_INCLUDED');
    expect(codeOf({ product: open, release: beta, licenses: [makeLicenseFacts({ channels: ['alpha'] })] })).toBe('ALLOWED');
  });

  it('give nobody a draft, and a withdrawn release only to those who had it', () => {
    expect(codeOf({ product: open, release: makeReleaseFacts({ status: 'DRAFT' }) })).toBe('NOT_FOUND');
    expect(codeOf({ product: open, release: makeWithdrawn(), viewer: ANONYMOUS, licenses: [] })).toBe('RELEASE_WITHDRAWN');
    expect(codeOf({ product: open, release: makeWithdrawn(), licenses: [makeLicenseFacts({ downloadedBefore: true })] })).toBe('ALLOWED');
    expect(codeOf({ product: open, asset: { platform: 'ALL', state: 'FAILED' } })).toBe('ASSET_NOT_READY');
  });
});

describe('staff', () => {
  it.each(DISTRIBUTIONS.flatMap((distribution) => DOWNLOADABLE_STATUSES.map((status) => [distribution, status] as const)))(
    'download from a product that is %s a release that is %s',
    (distribution, status) => {
      const release = status === 'WITHDRAWN' ? makeWithdrawn() : makeReleaseFacts({ status, revisionFrozen: false });
      expect(codeOf({ viewer: STAFF, product: product(distribution), release, licenses: [] })).toBe('ALLOWED');
    },
  );

  it('are stopped by what does not exist, by unready files and by security withdrawals', () => {
    expect(codeOf({ viewer: STAFF, release: null })).toBe('NOT_FOUND');
    expect(codeOf({ viewer: STAFF, asset: { platform: 'ALL', state: 'UPLOADING' } })).toBe('ASSET_NOT_READY');
    expect(codeOf({ viewer: STAFF, release: makeWithdrawn({ severity: 'SECURITY' }) })).toBe('RELEASE_WITHDRAWN');
  });
});

describe('share links', () => {
  it.each(DISTRIBUTIONS)('open drafts of a product that is %s, without a license', (distribution) => {
    const release = makeReleaseFacts({ status: 'DRAFT', revisionFrozen: false, channel: 'alpha' });
    expect(codeOf({ viewer: makeShareLink(), product: product(distribution), release, licenses: [] })).toBe('ALLOWED');
  });

  it('do not open withdrawn releases or unready files, even with a license that downloaded before', () => {
    const licenses = [makeLicenseFacts({ downloadedBefore: true })];
    expect(codeOf({ viewer: makeShareLink(), release: makeWithdrawn(), licenses })).toBe('RELEASE_WITHDRAWN');
    expect(codeOf({ viewer: makeShareLink(), asset: { platform: 'ALL', state: 'VERIFYING' } })).toBe('ASSET_NOT_READY');
  });

  it('end at their instant, when revoked, and when used up', () => {
    expect(codeOf({ viewer: makeShareLink({ expiresAt: new Date(NOW.getTime() + 1) }) })).toBe('ALLOWED');
    expect(codeOf({ viewer: makeShareLink({ expiresAt: NOW }) })).toBe('SHARE_LINK_EXPIRED');
    expect(codeOf({ viewer: makeShareLink({ revoked: true, maxDownloads: 0 }) })).toBe('SHARE_LINK_EXPIRED');
    expect(codeOf({ viewer: makeShareLink({ maxDownloads: 2, downloadsUsed: 1 }) })).toBe('ALLOWED');
    expect(codeOf({ viewer: makeShareLink({ maxDownloads: 2, downloadsUsed: 2 }) })).toBe('SHARE_LINK_LIMIT');
  });
});

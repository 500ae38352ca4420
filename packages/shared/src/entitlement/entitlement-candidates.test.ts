import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAccess } from './entitlement-decision.js';
import { releaseCandidates } from './entitlement-candidates.js';
import type { AccessFacts, LicenseFacts } from './entitlement.js';
import { versionSortKey } from '../version/version-key.js';
import { lowerKeyOf, parseVersionRange, satisfiesRange, upperKeyOf } from '../version/version-range.js';
import { parseVersion } from '../version/version.js';

const NOW = new Date('2026-06-15T12:00:00Z');
const keyOf = (text: string): string => {
  const version = parseVersion(text);
  return version.ok ? versionSortKey(version.value) : '';
};
const LICENSE: LicenseFacts = {
  id: 'l',
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
};
const DATES = [null, new Date('2026-03-01T00:00:00Z'), new Date('2026-03-31T12:00:00Z'), new Date('2026-12-01T00:00:00Z')];
const LICENSES: readonly LicenseFacts[] = [
  ...(['ACTIVE', 'SUSPENDED', 'REVOKED'] as const).map((status) => ({ ...LICENSE, status })),
  ...DATES.map((startsAt) => ({ ...LICENSE, startsAt })),
  ...(['REVOKE', 'FALLBACK'] as const).flatMap((expiryPolicy) => DATES.map((expiresAt) => ({ ...LICENSE, expiryPolicy, expiresAt }))),
  ...['2026-01-31', '2026-05-31'].map((updatesUntil) => ({ ...LICENSE, updatesUntil, channels: ['beta'] })),
  ...['<2.0', '1.x || 3', '>=2', '=1.5', '*', '2.1', 'nonsense'].map((versionRange) => ({ ...LICENSE, versionRange, channels: ['beta'] })),
  ...[0, 5].map((downloadsUsed) => ({ ...LICENSE, maxDownloads: 5, downloadsUsed })),
];
const CHANNELS = [
  { name: 'stable', includes: ['hotfix'] },
  { name: 'hotfix', includes: [] },
  { name: 'beta', includes: ['stable'] },
];
const VERSIONS = ['1.0', '1.5', '2.0-beta.1', '2.0', '2.1.7', '3.0', '3.9.9', '4.0'];

describe.each(['OPEN', 'LICENSED', 'CLOSED'] as const)('of a product that is %s', (distribution) => {
  it('every release that is allowed is a candidate', () => {
    let allowed = 0;
    for (const viewer of [{ kind: 'ANONYMOUS' }, { kind: 'CUSTOMER' }, { kind: 'STAFF' }] as const)
      for (const license of [null, ...LICENSES])
        for (const version of VERSIONS)
          for (const channel of ['stable', 'hotfix', 'beta'])
            for (const firstReleaseDate of ['2025-12-01', '2026-02-28', '2026-04-01', '2026-06-15']) {
              const facts: AccessFacts = {
                viewer,
                timeZone: 'Pacific/Auckland',
                product: { distribution, channels: CHANNELS },
                release: { status: 'PUBLISHED', channel, version, firstReleaseDate, revisionFrozen: true, withdrawal: null },
                asset: null,
                licenses: license ? [license] : [],
              };
              if (!decideAccess(facts, NOW).allowed) continue;
              allowed += 1;
              const isCandidate = releaseCandidates(facts, NOW).some(
                ({ channels, datedUntil, versionKeyFrom, versionKeyUntil }) =>
                  (channels?.includes(channel) ?? true) &&
                  (datedUntil === null || firstReleaseDate <= datedUntil) &&
                  (versionKeyFrom === null || keyOf(version) >= versionKeyFrom) &&
                  (versionKeyUntil === null || keyOf(version) <= versionKeyUntil),
              );
              expect(isCandidate, JSON.stringify([viewer, license, version, channel, firstReleaseDate])).toBe(true);
            }
    expect(allowed).toBeGreaterThan(90);
  });
});

it('of the last day of updates and the day of expiry the earlier one bounds what is searched', () => {
  const product = { distribution: 'LICENSED', channels: CHANNELS } as const;
  const expired = { ...LICENSE, expiryPolicy: 'FALLBACK' as const, expiresAt: new Date('2026-03-31T12:00:00Z') };
  const until = (updatesUntil: string): unknown =>
    releaseCandidates(
      { viewer: { kind: 'CUSTOMER' }, timeZone: 'Pacific/Auckland', product, licenses: [{ ...expired, updatesUntil }] },
      NOW,
    )[0]?.datedUntil;
  expect([until('2026-01-31'), until('2026-12-31')]).toEqual(['2026-01-31', '2026-04-01']);
});

it('who can be allowed nothing has no candidates', () => {
  const product = { distribution: 'LICENSED', channels: CHANNELS } as const;
  for (const license of [
    { ...LICENSE, status: 'SUSPENDED' as const },
    { ...LICENSE, expiresAt: new Date('2026-01-01') },
    { ...LICENSE, maxDownloads: 1, downloadsUsed: 1 },
  ])
    expect(releaseCandidates({ viewer: { kind: 'CUSTOMER' }, timeZone: 'UTC', product, licenses: [license] }, NOW)).toEqual([]);
});

it.each([
  ['<2.0', '2.0'],
  ['>=1.0 <3.0 || =5.1', '5.1'],
  ['1', '2.0'],
  ['1.2', '1.3'],
  ['>=2', null],
  ['*', null],
  ['<2 || >9', null],
])('the range %s ends at %s', (text, end) => {
  const range = parseVersionRange(text);
  expect(range.ok && upperKeyOf(range.value)).toBe(end === null ? null : keyOf(end));
});

it.each([
  ['>=2.1', '2.1'],
  ['>2.1 <3', '2.1'],
  ['2', '2.0-0'],
  ['2.1.x', '2.1-0'],
  ['=1.5 || >=3.0', '1.5'],
  ['<2.0', null],
  ['>=2 || <1', null],
  ['*', null],
])('the range %s begins at %s', (text, begin) => {
  const range = parseVersionRange(text);
  expect(range.ok && lowerKeyOf(range.value)).toBe(begin === null ? null : keyOf(begin));
});

it('no version in a range lies beyond the ends of what is searched', () => {
  const number = fc.integer({ min: 0, max: 4 });
  const numbers = fc.array(number, { minLength: 2, maxLength: 4 }).map((each) => each.join('.'));
  const version = fc.tuple(numbers, fc.constantFrom('', '-0', '-alpha', '-beta.2')).map((parts) => parts.join(''));
  const comparator = fc.oneof(
    fc.tuple(fc.constantFrom('<', '<=', '=', '>=', '>'), version).map((parts) => parts.join('')),
    fc.oneof(
      number.map(String),
      numbers,
      number.map((one) => `${String(one)}.x`),
    ),
  );
  const alternative = fc.array(comparator, { minLength: 1, maxLength: 2 }).map((each) => each.join(' '));
  const ranges = fc.array(alternative, { minLength: 1, maxLength: 2 }).map((each) => each.join(' || '));
  let inside = 0;
  fc.assert(
    fc.property(ranges, version, (rangeText, versionText) => {
      const [range, parsed] = [parseVersionRange(rangeText), parseVersion(versionText)];
      if (!range.ok || !parsed.ok || !satisfiesRange(parsed.value, range.value)) return;
      inside += 1;
      const [from, until] = [lowerKeyOf(range.value), upperKeyOf(range.value)];
      if (from !== null) expect(keyOf(versionText) >= from).toBe(true);
      if (until !== null) expect(keyOf(versionText) <= until).toBe(true);
    }),
    { numRuns: 20_000 },
  );
  expect(inside).toBeGreaterThan(1_000);
});

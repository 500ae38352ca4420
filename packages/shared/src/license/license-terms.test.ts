import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS } from '../version/channel.js';
import { checkLicenseTerms, type LicenseTerms } from './license-terms.js';

const GOOD: LicenseTerms = {
  startsAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2027-01-01T00:00:00Z'),
  updatesUntil: '2027-01-01',
  channels: ['beta'],
  versionRange: '>=1.0 <3.0',
  maxDownloads: 10,
};
const check = (terms: Partial<LicenseTerms>, timeZone = 'UTC') =>
  checkLicenseTerms({ ...GOOD, ...terms }, { channels: DEFAULT_CHANNELS, timeZone });

describe('the terms of a license', () => {
  it('may all be left open', () => {
    const open = { startsAt: null, expiresAt: null, updatesUntil: null, channels: [], versionRange: null, maxDownloads: null };
    expect(check(open)).toEqual({});
    expect(check({})).toEqual({});
  });

  it.each([
    ['an end at the start', { expiresAt: GOOD.startsAt }, 'expiresAt', 'DATE_INVALID'],
    ['updates that end before the start', { updatesUntil: '2025-12-31' }, 'updatesUntil', 'DATE_INVALID'],
    ['a channel that the product lacks', { channels: ['stable', 'nightly'] }, 'channels', 'CHANNEL_UNKNOWN'],
    ['a range that cannot be read', { versionRange: 'two' }, 'versionRange', 'RANGE_INVALID'],
    ['an empty range', { versionRange: '' }, 'versionRange', 'RANGE_INVALID'],
    ['a limit of nothing', { maxDownloads: 0 }, 'maxDownloads', 'VALUE_INVALID'],
    ['a limit of half a download', { maxDownloads: 1.5 }, 'maxDownloads', 'VALUE_INVALID'],
    ['a limit beyond all numbers', { maxDownloads: Number.NaN }, 'maxDownloads', 'VALUE_INVALID'],
  ] as const)('refuse %s at its field, in one sentence', (_what, change, field, code) => {
    const problems = check(change);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatchObject({ code, message: expect.stringMatching(/^[A-Z].{20,}[.]$/) });
  });

  it('name the channels that the product has', () => {
    expect(check({ channels: ['nightly'] }).channels?.message).toContain('stable, rc, beta or alpha');
  });

  it('compare the day of the start in the zone of the vendor', () => {
    const startsAt = new Date('2026-03-01T22:00:00Z');
    expect(check({ startsAt, updatesUntil: '2026-03-01' })).toEqual({});
    expect(Object.keys(check({ startsAt, updatesUntil: '2026-03-01' }, 'Europe/Kyiv'))).toEqual(['updatesUntil']);
  });

  it('leave channels alone when they are not in question', () => {
    expect(checkLicenseTerms({ ...GOOD, channels: ['gone'] }, { channels: null, timeZone: 'UTC' })).toEqual({});
  });
});

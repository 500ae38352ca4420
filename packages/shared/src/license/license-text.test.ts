import { describe, expect, it } from 'vitest';
import { describeCover, type LicenseCover } from './license-text.js';

const NOW = new Date('2026-06-15T12:00:00Z');
const OPEN: LicenseCover = {
  startsAt: null,
  expiresAt: null,
  expiryPolicy: 'REVOKE',
  updatesUntil: null,
  channels: [],
  versionRange: null,
  platforms: [],
  maxDownloads: null,
  downloadsUsed: 0,
};
const lines = (cover: Partial<LicenseCover>): string[] =>
  describeCover({ ...OPEN, ...cover }, { now: NOW, timeZone: 'UTC' }).map(({ label, text }) => `${label}: ${text}`);

describe('what a license covers, in words', () => {
  it('says shortly what is not limited', () => {
    expect(lines({})).toEqual(['Valid: Without end', 'Channels: stable', 'Platforms: All']);
  });

  it.each([
    [{ expiresAt: new Date('2027-01-01T00:00:00Z') }, 'Valid: Until 2027-01-01'],
    [{ expiresAt: new Date('2026-01-01T00:00:00Z') }, 'Valid: Until 2026-01-01, now over'],
    [
      { expiresAt: new Date('2026-01-01T00:00:00Z'), expiryPolicy: 'FALLBACK' },
      'Valid: Until 2026-01-01, now over; releases up to that day stay yours',
    ],
    [{ startsAt: new Date('2026-07-01T00:00:00Z') }, 'Valid: From 2026-07-01, without end'],
    [
      { startsAt: new Date('2026-07-01T00:00:00Z'), expiresAt: new Date('2027-07-01T00:00:00Z') },
      'Valid: From 2026-07-01 until 2027-07-01',
    ],
    [{ updatesUntil: '2026-12-31' }, 'Updates: Releases dated up to 2026-12-31'],
    [{ channels: ['stable', 'rc', 'beta'] }, 'Channels: stable, rc and beta'],
    [{ platforms: ['WINDOWS', 'MACOS'] }, 'Platforms: Windows and macOS'],
    [{ versionRange: '>=1.0 <3.0' }, 'Versions: >=1.0 <3.0'],
    [{ maxDownloads: 5, downloadsUsed: 3 }, 'Downloads: 2 of 5 left'],
    [{ maxDownloads: 5, downloadsUsed: 9 }, 'Downloads: 0 of 5 left'],
  ] as const)('%j says "%s"', (cover, line) => {
    expect(lines(cover as Partial<LicenseCover>)).toContain(line);
  });
});

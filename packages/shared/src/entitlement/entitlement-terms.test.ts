import { describe, expect, it } from 'vitest';
import { calendarDate, isTimeZone } from '../text/calendar.js';
import { decideAccess } from './entitlement-decision.js';
import { makeLicensedFacts, makeReleaseFacts, makeWithdrawn, NOW } from './entitlement.cases.js';

describe('license windows', () => {
  it.each([
    ['2026-04-01', false],
    ['2026-04-02', true],
    ['2026-04-03', true],
  ])('updates until %s cover a release of 2026-04-02: %s', (updatesUntil, isAllowed) => {
    expect(decideAccess(makeLicensedFacts({ updatesUntil }), NOW).allowed).toBe(isAllowed);
  });

  it('a license works from its first instant until just before its last', () => {
    const at = (license: Parameters<typeof makeLicensedFacts>[0]): string => decideAccess(makeLicensedFacts(license), NOW).code;
    expect(at({ startsAt: NOW })).toBe('ALLOWED');
    expect(at({ startsAt: new Date(NOW.getTime() + 1) })).toBe('LICENSE_NOT_STARTED');
    expect(at({ expiresAt: new Date(NOW.getTime() + 1) })).toBe('ALLOWED');
    expect(at({ expiresAt: NOW })).toBe('LICENSE_EXPIRED');
  });

  it.each([
    ['UTC', '2026-03-01', true],
    ['UTC', '2026-03-02', false],
    ['Pacific/Auckland', '2026-03-02', true],
    ['Pacific/Auckland', '2026-03-03', false],
    ['America/Los_Angeles', '2026-03-01', true],
  ])(
    'with FALLBACK, a license that expired late on 1 March UTC keeps, in %s, a release of %s: %s',
    (timeZone, firstReleaseDate, isAllowed) => {
      const license = { expiryPolicy: 'FALLBACK', expiresAt: new Date('2026-03-01T22:00:00Z') } as const;
      const decision = decideAccess(makeLicensedFacts(license, { timeZone, release: makeReleaseFacts({ firstReleaseDate }) }), NOW);
      expect(decision.allowed).toBe(isAllowed);
      if (!isAllowed)
        expect(decision).toMatchObject({ code: 'LICENSE_EXPIRED', remedy: 'RENEW', params: { releaseDate: firstReleaseDate } });
    },
  );

  it('an expired license cannot download a release published after it expired, even under FALLBACK', () => {
    const facts = makeLicensedFacts({ expiryPolicy: 'FALLBACK', expiresAt: new Date('2026-03-01T10:00:00Z') });
    expect(decideAccess(facts, NOW).message).toBe(
      'Your license expired on 2026-03-01 and this release is from 2026-04-02: renew to get it.',
    );
  });

  it('a fallback does not outlast the other terms', () => {
    const license = { expiryPolicy: 'FALLBACK', expiresAt: new Date('2026-05-01'), updatesUntil: '2026-04-01' } as const;
    expect(decideAccess(makeLicensedFacts(license), NOW).code).toBe('UPDATES_EXPIRED');
  });

  it('a published release without a date is judged as released today', () => {
    const release = makeReleaseFacts({ firstReleaseDate: null });
    expect(decideAccess(makeLicensedFacts({ updatesUntil: '2026-06-14' }, { release }), NOW).allowed).toBe(false);
    expect(decideAccess(makeLicensedFacts({ updatesUntil: '2026-06-15' }, { release }), NOW).allowed).toBe(true);
  });
});

describe('license coverage', () => {
  it.each([
    [[], 'stable', true],
    [[], 'rc', false],
    [['rc'], 'stable', true],
    [['beta'], 'rc', true],
    [['rc'], 'beta', false],
  ])('channels %j include %s: %s', (channels, channel, isAllowed) => {
    expect(decideAccess(makeLicensedFacts({ channels }, { release: makeReleaseFacts({ channel }) }), NOW).allowed).toBe(isAllowed);
  });

  it.each([
    ['2.x', true],
    ['>=2.4 <3', true],
    ['<2.4', false],
    ['not a range', false],
  ])('the range %s covers 2.4.0: %s', (versionRange, isAllowed) => {
    expect(decideAccess(makeLicensedFacts({ versionRange }), NOW).allowed).toBe(isAllowed);
  });

  it.each([
    [[], 'LINUX', true],
    [['LINUX'], 'LINUX', true],
    [['MACOS'], 'LINUX', false],
    [['MACOS'], 'ALL', true],
    [['ALL'], 'LINUX', true],
  ] as const)('platforms %j cover a file for %s: %s', (platforms, platform, isAllowed) => {
    expect(decideAccess(makeLicensedFacts({ platforms }, { asset: { platform, state: 'READY' } }), NOW).allowed).toBe(isAllowed);
  });

  it('a release as a whole is not judged by platform or file', () => {
    expect(decideAccess(makeLicensedFacts({ platforms: ['MACOS'] }, { asset: null }), NOW).allowed).toBe(true);
  });
});

describe('withdrawn releases and limits', () => {
  it.each([
    ['NORMAL', true, true],
    ['NORMAL', false, false],
    ['SECURITY', true, false],
    ['SECURITY', false, false],
  ] as const)('severity %s, downloaded before %s: allowed is %s', (severity, downloadedBefore, isAllowed) => {
    expect(decideAccess(makeLicensedFacts({ downloadedBefore }, { release: makeWithdrawn({ severity }) }), NOW).allowed).toBe(isAllowed);
  });

  it('a withdrawn release without its reason stays closed', () => {
    const facts = makeLicensedFacts({ downloadedBefore: true }, { release: { ...makeWithdrawn(), withdrawal: null } });
    expect(decideAccess(facts, NOW)).toMatchObject({
      code: 'RELEASE_WITHDRAWN',
      message: 'This release was withdrawn; contact the vendor for another version.',
    });
  });

  it('a download that was counted within 24 hours is not blocked by the limit', () => {
    const used = { maxDownloads: 5, downloadsUsed: 5 };
    expect(decideAccess(makeLicensedFacts(used), NOW).code).toBe('DOWNLOAD_LIMIT');
    const inAMinute = new Date(NOW.getTime() + 60_000);
    expect(decideAccess(makeLicensedFacts({ ...used, repeatableUntil: inAMinute }), NOW)).toMatchObject({
      allowed: true,
      params: { repeatableUntil: inAMinute.toISOString() },
    });
    expect(decideAccess(makeLicensedFacts({ ...used, repeatableUntil: NOW }), NOW).code).toBe('DOWNLOAD_LIMIT');
    expect(decideAccess(makeLicensedFacts({ repeatableUntil: inAMinute }), NOW).params).toEqual({});
    expect(decideAccess(makeLicensedFacts({ maxDownloads: 5, downloadsUsed: 4 }), NOW).allowed).toBe(true);
  });
});

describe('calendarDate', () => {
  it.each([
    ['2026-03-01T23:30:00Z', 'UTC', '2026-03-01'],
    ['2026-03-01T23:30:00Z', 'Europe/Berlin', '2026-03-02'],
    ['2026-03-01T02:00:00Z', 'America/New_York', '2026-02-28'],
    ['2024-02-29T12:00:00Z', 'Asia/Kathmandu', '2024-02-29'],
    ['0999-12-31T12:00:00Z', 'UTC', '0999-12-31'],
  ])('%s in %s is %s', (instant, timeZone, expected) => {
    expect(calendarDate(new Date(instant), timeZone)).toBe(expected);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => calendarDate(NOW, 'Mars/Olympus')).toThrow(RangeError);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('Europe/Berlin')).toBe(true);
  });
});

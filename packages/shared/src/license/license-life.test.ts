import { describe, expect, it } from 'vitest';
import { calendarDate, endOfDay } from '../text/calendar.js';
import { addMonths, changeLicenseStatus, extendedEnds, extendedExpiry, licenseChanges, licenseState } from './license-life.js';

const NOW = new Date('2026-06-15T12:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

describe('the life of a license', () => {
  it('lets a suspended license come back, and a revoked one never', () => {
    expect(licenseChanges('ACTIVE')).toEqual(['suspend', 'revoke']);
    expect(licenseChanges('SUSPENDED')).toEqual(['reinstate', 'revoke']);
    expect(licenseChanges('REVOKED')).toEqual([]);
  });

  it('names the present status when a change is not possible', () => {
    expect(changeLicenseStatus('ACTIVE', 'suspend')).toEqual({ ok: true, value: 'SUSPENDED' });
    const refused = changeLicenseStatus('REVOKED', 'reinstate');
    expect(refused).toMatchObject({ ok: false, problem: { code: 'TRANSITION_NOT_ALLOWED', message: expect.stringContaining('revoked') } });
  });

  it.each([
    ['without dates is active', 'ACTIVE', null, null, 'ACTIVE'],
    ['that ends in 31 days is active', 'ACTIVE', null, inDays(31), 'ACTIVE'],
    ['that ends in 30 days is ending', 'ACTIVE', null, inDays(30), 'ENDING'],
    ['that ends now has expired', 'ACTIVE', null, NOW, 'EXPIRED'],
    ['that starts now is in force', 'ACTIVE', NOW, null, 'ACTIVE'],
    ['that starts tomorrow has not started', 'ACTIVE', inDays(1), inDays(20), 'NOT_STARTED'],
    ['that is suspended and expired is suspended', 'SUSPENDED', null, inDays(-1), 'SUSPENDED'],
    ['that is revoked and not started is revoked', 'REVOKED', inDays(1), null, 'REVOKED'],
  ] as const)('a license %s', (_what, status, startsAt, expiresAt, state) => {
    expect(licenseState({ status, startsAt, expiresAt }, NOW)).toBe(state);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2027-01-31', 13, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
  ])('%s and %i months are %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it.each(['UTC', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata'])(
    'is extended from the day of its end to the end of that day in %s, or from today when it has ended',
    (timeZone) => {
      const extended = (from: string, months: number): string =>
        calendarDate(extendedExpiry(endOfDay(from, timeZone), { months }, { now: NOW, timeZone }), timeZone);
      expect(extended('2027-02-28', 1)).toBe('2027-03-28');
      expect(extended('2026-10-31', 1)).toBe('2026-11-30');
      expect(extended('2027-03-31', 12)).toBe('2028-03-31');
      let day = '2027-01-15';
      for (let month = 0; month < 24; month += 1) day = extended(day, 1);
      expect(day).toBe('2029-01-15');
      expect(extended('2026-01-01', 1)).toBe(addMonths(calendarDate(NOW, timeZone), 1));
      const end = extendedExpiry(NOW, { months: 1 }, { now: NOW, timeZone });
      expect(calendarDate(new Date(end.getTime() + 1), timeZone)).not.toBe(calendarDate(end, timeZone));
    },
  );

  it('is extended with its updates, as far as each has an end', () => {
    const at = { now: NOW, timeZone: 'UTC' };
    const ends = { expiresAt: endOfDay('2026-12-31', 'UTC'), updatesUntil: '2026-01-31' };
    expect(extendedEnds(ends, { months: 1 }, at)).toEqual({ expiresAt: endOfDay('2027-01-31', 'UTC'), updatesUntil: '2026-07-15' });
    expect(extendedEnds({ ...ends, updatesUntil: null }, { days: 14 }, at)).toEqual({ expiresAt: endOfDay('2027-01-14', 'UTC') });
    expect(extendedEnds({ expiresAt: null, updatesUntil: null }, { days: 14 }, at)).toEqual({});
  });
});

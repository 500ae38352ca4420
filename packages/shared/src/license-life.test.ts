import { describe, expect, it } from 'vitest';
import { addMonths, changeLicenseStatus, extendedExpiry, licenseChanges, licenseState } from './license-life.js';

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
    ['that starts tomorrow has not started', 'ACTIVE', inDays(1), inDays(20), 'NOT_STARTED'],
    ['that is suspended and expired is suspended', 'SUSPENDED', null, inDays(-1), 'SUSPENDED'],
    ['that is revoked and not started is revoked', 'REVOKED', inDays(1), null, 'REVOKED'],
  ] as const)('a license %s', (_what, status, startsAt, expiresAt, state) => {
    expect(licenseState({ status, startsAt, expiresAt }, NOW)).toBe(state);
  });

  it.each([
    ['2026-01-31T08:00:00Z', 1, '2026-02-28T08:00:00Z'],
    ['2027-01-31T08:00:00Z', 13, '2028-02-29T08:00:00Z'],
    ['2026-12-15T23:59:59Z', 1, '2027-01-15T23:59:59Z'],
    ['2028-02-29T00:00:00Z', 12, '2029-02-28T00:00:00Z'],
  ])('%s and %i months are %s', (from, months, to) => {
    expect(addMonths(new Date(from), months)).toEqual(new Date(to));
  });

  it('is extended from its end, or from today when it has ended', () => {
    expect(extendedExpiry(inDays(10), 12, NOW)).toEqual(addMonths(inDays(10), 12));
    expect(extendedExpiry(inDays(-10), 12, NOW)).toEqual(addMonths(NOW, 12));
  });
});

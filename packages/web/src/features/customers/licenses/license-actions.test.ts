import type { Scope } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { extensionOf, licenseActions, stateOf } from './license-actions';

const NOW = new Date('2026-06-15T12:00:00Z');
const license = { status: 'ACTIVE', startsAt: null, expiresAt: null, updatesUntil: null } as const;
const support: readonly Scope[] = ['license:read', 'license:write', 'release:read'];
const can = (scopes: readonly Scope[]) => (scope: Scope) => scopes.includes(scope);

describe('the menu of a license', () => {
  it('offers an extension only where something ends', () => {
    expect(licenseActions(license, can(support))).toEqual(['EDIT', 'SHOW_KEY', 'LOOK_AS', 'EXPLAIN', 'SUSPEND', 'REVOKE']);
    expect(licenseActions({ ...license, updatesUntil: '2026-01-01' }, can(support))).toContain('EXTEND_YEAR');
  });

  it('offers neither editing nor changes of a revoked license', () => {
    expect(licenseActions({ ...license, status: 'REVOKED', expiresAt: '2027-01-01T00:00:00Z' }, can(support))).toEqual([
      'SHOW_KEY',
      'LOOK_AS',
      'EXPLAIN',
    ]);
  });

  it('offers readers what reads', () => {
    expect(licenseActions({ ...license, status: 'SUSPENDED' }, can(['license:read']))).toEqual(['SHOW_KEY']);
    expect(licenseActions(license, can([]))).toEqual([]);
  });
});

describe('an extension', () => {
  it('moves the end and the updates, each from itself or from today', () => {
    expect(
      extensionOf({ ...license, expiresAt: '2026-12-31T22:59:59.999Z', updatesUntil: '2026-01-31' }, 12, {
        now: NOW,
        timeZone: 'Europe/Berlin',
      }),
    ).toEqual({
      expiresAt: '2027-12-31T22:59:59.999Z',
      updatesUntil: '2027-06-15',
    });
    expect(extensionOf({ ...license, expiresAt: '2026-01-01T00:00:00.000Z' }, 1, { now: NOW, timeZone: 'UTC' })).toEqual({
      expiresAt: '2026-07-15T23:59:59.999Z',
    });
    expect(extensionOf(license, 1, { now: NOW, timeZone: 'UTC' })).toEqual({});
  });

  it('begins with the day of the vendor’s zone, which may be tomorrow in UTC', () => {
    const at = { now: NOW, timeZone: 'Pacific/Auckland' };
    expect(extensionOf({ ...license, updatesUntil: '2026-01-31' }, 1, at)).toEqual({ updatesUntil: '2026-07-16' });
  });

  it('is of a license that has ended', () => {
    expect(stateOf({ ...license, expiresAt: '2026-01-01T00:00:00Z' }, NOW)).toBe('EXPIRED');
  });
});

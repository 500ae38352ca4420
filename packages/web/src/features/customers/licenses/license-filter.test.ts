import { expect, it } from 'vitest';
import { exportPath, licenseFilterOf, STATE_CHOICES, stateFilter } from './license-filter';

const AT = { now: new Date('2026-06-15T22:34:56Z'), timeZone: 'Europe/Kyiv' };

it.each([
  ['active', { isActive: true }],
  ['ending', { status: 'ACTIVE', endsWithinDays: 30 }],
  ['expired', { status: 'ACTIVE', expiresBefore: '2026-06-15T22:00:00.000Z' }],
  ['updates-ended', { status: 'ACTIVE', updatesUntilTo: '2026-06-15' }],
  ['unused', { status: 'ACTIVE', isNeverUsed: true }],
  ['idle', { status: 'ACTIVE', lastDownloadBefore: '2026-03-17T22:00:00.000Z' }],
  ['suspended', { status: 'SUSPENDED' }],
  ['revoked', { status: 'REVOKED' }],
  ['', {}],
  ['nonsense', {}],
])('the choice %j asks for its licenses', (state, filter) => {
  expect(stateFilter(state, AT)).toEqual(filter);
});

it('every choice but the first asks for something', () => {
  for (const { value } of STATE_CHOICES.slice(1)) expect(Object.keys(stateFilter(value, AT)).length).toBeGreaterThan(0);
});

it('what is left empty is not asked for', () => {
  expect(licenseFilterOf({ search: '', product: 'p', state: '', tag: 'EU' }, AT)).toEqual({ search: null, productId: 'p', tag: 'EU' });
});

it('an export has the same filter in its address', () => {
  expect(exportPath({})).toBe('/api/v1/licenses.csv');
  expect(exportPath({ search: 'a b', productId: null, isActive: true, endsWithinDays: 30 })).toBe(
    '/api/v1/licenses.csv?search=a+b&isActive=true&endsWithinDays=30',
  );
});

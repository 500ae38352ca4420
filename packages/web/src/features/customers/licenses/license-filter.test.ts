import { expect, it } from 'vitest';
import { stateFilter } from './license-filter';

const NOW = new Date('2026-06-15T12:34:56Z');

it.each([
  ['ending', { status: 'ACTIVE', expiresFrom: '2026-06-15T12:00:00.000Z', expiresBefore: '2026-07-15T12:00:00.000Z' }],
  ['expired', { status: 'ACTIVE', expiresBefore: '2026-06-15T12:00:00.000Z' }],
  ['suspended', { status: 'SUSPENDED' }],
  ['revoked', { status: 'REVOKED' }],
  ['', {}],
  ['nonsense', {}],
])('the choice %j asks for its licenses', (state, filter) => {
  expect(stateFilter(state, NOW)).toEqual(filter);
});

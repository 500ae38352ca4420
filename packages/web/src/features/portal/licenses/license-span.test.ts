import { expect, it } from 'vitest';
import { licenseSpan } from './license-span';

const of = (change: object) =>
  licenseSpan(
    { createdAt: '2026-01-01T12:00:00Z', startsAt: null, expiresAt: null, updatesUntil: null, ...change },
    { today: '2026-07-02', timeZone: 'UTC' },
  );

it.each([
  [{}, null],
  [{ updatesUntil: '2027-01-01' }, { from: '2026-01-01', percent: 50, isOver: false, label: 'Updates until Jan 1, 2027' }],
  [{ updatesUntil: '2026-06-30' }, { from: '2026-01-01', percent: 100, isOver: true, label: 'Updates ended Jun 30, 2026' }],
  [
    { startsAt: '2026-08-01T00:00:00Z', expiresAt: '2026-09-01T00:00:00Z' },
    { from: '2026-08-01', percent: 0, isOver: false, label: 'Ends Sep 1, 2026' },
  ],
  [
    { expiresAt: '2026-06-01T00:00:00Z', updatesUntil: '2027-01-01' },
    { from: '2026-01-01', percent: 100, isOver: true, label: 'Ended Jun 1, 2026' },
  ],
])('the time of a license runs to whichever ends first: %j', (change, span) => {
  expect(of(change)).toEqual(span);
});

import { expect, it } from 'vitest';
import { csvPath, rangeQuery, readRange } from './day-range';

it.each([
  [{}, { days: 30 }],
  [{ days: '90' }, { days: 90 }],
  [{ days: '91' }, { days: 30 }],
  [{ days: ['7'] }, { days: 7 }],
  [
    { from: '2026-01-01', to: '2026-02-01', days: '7' },
    { from: '2026-01-01', to: '2026-02-01' },
  ],
  [{ from: '2026-01-01' }, { days: 30 }],
  [{ from: 'yesterday', to: '2026-02-01' }, { days: 30 }],
])('the address %j means %j', (query, range) => {
  expect(readRange(query)).toEqual(range);
});

it.each([{ days: 30 }, { days: 7 }, { from: '2026-01-01', to: '2026-02-01' }])('%j comes back from the address', (range) => {
  expect(readRange(rangeQuery(range))).toEqual(range);
});

it('the address of the CSV has what is chosen', () => {
  expect(csvPath({ days: 7, productId: null, downloadableId: 'A' })).toBe('/api/v1/statistics/downloads.csv?days=7&downloadableId=A');
});

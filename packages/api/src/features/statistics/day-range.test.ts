import { describe, expect, it } from 'vitest';
import { addDays } from '@slipway/shared';
import { listDays, previousRange, readRange } from './day-range.js';

const TODAY = '2026-03-01';

describe('a range of days', () => {
  it.each([
    [{}, { from: '2026-01-31', to: TODAY }],
    [{ to: '2026-02-10' }, { from: '2026-01-12', to: '2026-02-10' }],
    [{ days: 2 }, { from: '2026-02-28', to: TODAY }],
    [{ from: '2026-02-28' }, { from: '2026-02-28', to: TODAY }],
    [
      { from: TODAY, to: TODAY },
      { from: TODAY, to: TODAY },
    ],
    [
      { from: '2023-03-02', to: TODAY },
      { from: '2023-03-02', to: TODAY },
    ],
  ])('%j is %j', (wanted, range) => {
    expect(readRange(wanted, TODAY)).toEqual(range);
  });

  it.each([
    [{ from: '2026-02-30' }, /calendar|date/i],
    [{ from: '2026-03-02', to: '2026-03-01' }, /ends before it begins/],
    [{ from: '2023-03-01', to: '2026-03-01' }, /1 to 1,096 days at a time, not 1097/],
    [{ days: 0 }, /1 to 1,096 days/],
    [{ days: 2, from: '2026-02-01' }, /not both/],
    [{ from: '1990-01-01', to: '9999-12-31' }, /1 to 1,096 days/],
  ])('%j is refused with what to do', (wanted, message) => {
    expect(() => readRange(wanted, TODAY)).toThrow(message);
  });

  it('has as many days before it as in it', () => {
    expect(previousRange({ from: '2026-03-01', to: '2026-03-07' })).toEqual({ from: '2026-02-22', to: '2026-02-28' });
    expect(listDays({ from: '2024-02-28', to: '2024-03-01' })).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  });
});

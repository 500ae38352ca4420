import { expect, it } from 'vitest';
import { calendarDateText, countText, withReadableDates } from './date-text';

it('a calendar date is the same day in every zone', () => {
  expect(calendarDateText('2026-03-01')).toBe('Mar 1, 2026');
});

it('dates inside a sentence become readable', () => {
  expect(withReadableDates('Your updates ended on 2026-03-01; version 2026.03.01 stays.')).toBe(
    'Your updates ended on Mar 1, 2026; version 2026.03.01 stays.',
  );
});

it('one is singular', () => {
  expect([countText(1, 'file'), countText(0, 'file'), countText(1204, 'file')]).toEqual(['1 file', '0 files', '1,204 files']);
});

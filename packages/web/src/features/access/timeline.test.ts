import { expect, it } from 'vitest';
import { dateAfter, timelineOf } from './timeline';

const shown = { at: new Date('2026-12-01T09:00:00Z'), now: new Date('2026-12-01T09:00:00Z'), timeZone: 'UTC', isAllowed: true };
const TURNS = [
  { at: '2026-01-01T00:00:00Z', wasAllowed: false, isAllowed: true },
  { at: '2027-03-01T00:00:00Z', wasAllowed: true, isAllowed: false },
];

it('runs from before the first turn to after the last one, with what is the answer between them', () => {
  const line = timelineOf(TURNS, shown);
  expect(line.first).toBe('2025-11-02');
  expect(dateAfter(line.first, line.today)).toBe('2026-12-01');
  expect(line.turns.map((day) => dateAfter(line.first, day))).toEqual(['2026-01-01', '2027-03-01']);
  expect(line.stretches.map(({ isAllowed }) => isAllowed)).toEqual([false, true, false]);
  expect([line.stretches[0]?.from, line.stretches.at(-1)?.to]).toEqual([0, 1]);
});

it('days are the vendor’s', () => {
  const line = timelineOf([], { ...shown, at: new Date('2026-12-01T12:00:00Z'), timeZone: 'Pacific/Auckland' });
  expect(dateAfter(line.first, line.day)).toBe('2026-12-02');
});

it('where nothing turns it has one stretch with the answer', () => {
  expect(timelineOf([], shown).stretches).toEqual([{ from: 0, to: 1, isAllowed: true }]);
});

import { afterEach, expect, it, vi } from 'vitest';
import { TestClock } from './clock.js';

afterEach(() => vi.useRealTimers());

it.each(['23:29:59', '23:30:01', '23:59:59', '00:00:00', '12:00:00'])('a file of tests that begins at %s ends on the same day', (time) => {
  vi.useFakeTimers({ now: new Date(`2026-11-28T${time}.500Z`), toFake: ['Date'] });
  const clock = TestClock.withinOneDay();
  const begun = clock.now();
  clock.advance({ seconds: 1_799 });
  expect(clock.now().toISOString().slice(0, 10)).toBe(begun.toISOString().slice(0, 10));
});

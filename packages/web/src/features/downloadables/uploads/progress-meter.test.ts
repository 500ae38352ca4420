import { expect, it } from 'vitest';
import { makeProgressMeter } from './progress-meter';

it('says nothing in the first half second', () => {
  expect(makeProgressMeter(0).add(400, 1000)).toBeNull();
});

it('measures a steady speed', () => {
  const meter = makeProgressMeter(0);
  for (let second = 1; second < 20; second += 1) meter.add(second * 1000, second * 5000);
  expect(meter.add(20_000, 100_000)).toBe(5000);
});

it('forgets what is longer ago than eight seconds', () => {
  const meter = makeProgressMeter(0);
  meter.add(10_000, 1_000_000);
  for (let second = 11; second < 20; second += 1) meter.add(second * 1000, 1_000_000 + (second - 10) * 100);
  expect(meter.add(20_000, 1_001_000)).toBe(100);
});

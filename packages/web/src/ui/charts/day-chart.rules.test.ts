import { describe, expect, it } from 'vitest';
import { changeText, dayText, drawDays, listLabelled, listTicks, MARGIN, moveDay, nearestDay } from './day-chart.rules';

const days = (...counts: number[]) =>
  counts.map((downloads, index) => ({ day: `2026-11-${String(index + 1).padStart(2, '0')}`, downloads }));
const SIZE = { width: MARGIN.left + MARGIN.right + 300, height: 240 };

describe('the axis of counts', () => {
  it.each([
    [[], [0, 1]],
    [
      [0, 0],
      [0, 1],
    ],
    [[1], [0, 1]],
    [[3], [0, 1, 2, 3]],
    [
      [34, 7],
      [0, 10, 20, 30, 40],
    ],
  ])('of %j is %j', (counts, ticks) => {
    expect(listTicks(days(...counts))).toEqual(ticks);
  });

  it('reaches the largest count and has whole numbers alone', () => {
    for (const largest of [1, 2, 5, 9, 99, 1_040, 123_456]) {
      const ticks = listTicks(days(largest));
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }
  });
});

describe('the labels of days', () => {
  it.each([
    [0, 500, []],
    [1, 500, [0]],
    [4, 500, [0, 1, 2, 3]],
    [30, 168, [14, 29]],
  ])('of %i days on %i pixels stand at %j', (count, width, labelled) => {
    expect(listLabelled(count, width)).toEqual(labelled);
  });

  it('always have the last day', () => {
    for (const count of [7, 30, 90, 365, 1_096]) expect(listLabelled(count, 900).at(-1)).toBe(count - 1);
  });
});

describe('the crosshair', () => {
  it.each([
    [-50, 0],
    [MARGIN.left, 0],
    [MARGIN.left + 149, 1],
    [MARGIN.left + 160, 2],
    [MARGIN.left + 300, 3],
    [9_999, 3],
  ])('at %i pixels reads day %i of four', (x, index) => {
    expect(nearestDay(x, 4, SIZE)).toBe(index);
  });

  it.each([
    ['ArrowRight', -1, 3],
    ['ArrowLeft', -1, 3],
    ['ArrowLeft', 2, 1],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 3, 3],
    ['Home', 3, 0],
    ['End', 0, 3],
    ['PageUp', 3, 0],
    ['Tab', 1, null],
  ])('moves with %s from %i to %s', (key, from, to) => {
    expect(moveDay(key, from, 4)).toBe(to);
  });

  it('has nowhere to be without days', () => {
    expect([nearestDay(10, 0, SIZE), moveDay('End', -1, 0)]).toEqual([-1, null]);
  });

  it('says the day and its count', () => {
    expect(dayText({ day: '2026-11-12', downloads: 34 })).toBe('Nov 12, 2026: 34 downloads');
    expect(dayText({ day: '2026-11-12', downloads: 1 })).toBe('Nov 12, 2026: 1 download');
  });
});

it('a drawing has its points between the margins, more being higher', () => {
  const { points, line, area } = drawDays(days(0, 40, 20), SIZE);
  expect(points.map(({ x }) => x)).toEqual([MARGIN.left, MARGIN.left + 150, MARGIN.left + 300]);
  expect(points.map(({ y }) => y)).toEqual([SIZE.height - MARGIN.bottom, MARGIN.top, (SIZE.height - MARGIN.bottom + MARGIN.top) / 2]);
  expect([line, area].every((path) => path.startsWith('M') && !path.includes('NaN'))).toBe(true);
});

it.each([
  [112, 100, '+12%'],
  [50, 100, '−50%'],
  [100, 100, '±0%'],
  [5, 0, null],
])('%i after %i is %s', (now, before, text) => {
  expect(changeText(now, before)).toBe(text);
});

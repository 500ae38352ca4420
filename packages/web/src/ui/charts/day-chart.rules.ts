import { scaleLinear, scalePoint } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { calendarDateText, countText, numberText, shortDateText } from '../date-text';

/** What happened on one calendar day, YYYY-MM-DD. */
export interface DayCount {
  readonly day: string;
  readonly downloads: number;
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Room for the labels of the axes, in pixels. */
export const MARGIN = { top: 12, right: 12, bottom: 26, left: 48 } as const;
/** How far apart labels of days stand at least, in pixels. */
const LABEL_WIDTH = 84;
const TICKS = 4;

/** What is read out for a day: "Nov 12, 2026: 34 downloads". */
export function dayText({ day, downloads }: DayCount): string {
  return `${calendarDateText(day)}: ${countText(downloads, 'download')}`;
}

/** Whole numbers from 0 to at least the largest count, for the axis. */
export function listTicks(days: readonly DayCount[]): number[] {
  const largest = Math.max(1, ...days.map(({ downloads }) => downloads));
  const ticks = scaleLinear().domain([0, largest]).nice(TICKS).ticks(TICKS);
  return ticks.filter((tick) => Number.isInteger(tick));
}

/** Indexes of the days that get a label: evenly apart, the last one always among them. */
export function listLabelled(count: number, width: number): number[] {
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil((count * LABEL_WIDTH) / Math.max(LABEL_WIDTH, width)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => count - 1 - index * step).toReversed();
}

/** The day whose place is nearest to a distance from the left edge. @returns its index; -1 without days */
export function nearestDay(x: number, count: number, size: ChartSize): number {
  const inner = size.width - MARGIN.left - MARGIN.right;
  if (count <= 1 || inner <= 0) return count - 1;
  return Math.min(count - 1, Math.max(0, Math.round(((x - MARGIN.left) / inner) * (count - 1))));
}

/** Where a key moves the crosshair; null: the key is none of the chart's. @param index -1: nowhere yet */
export function moveDay(key: string, index: number, count: number): number | null {
  const from = index < 0 ? count : index;
  const moved: Readonly<Record<string, number>> = {
    ArrowLeft: from - 1,
    ArrowRight: index < 0 ? count - 1 : from + 1,
    PageUp: from - 7,
    PageDown: from + 7,
    Home: 0,
    End: count - 1,
  };
  const wanted = moved[key];
  return wanted === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, wanted));
}

/** The shapes of a chart of some days at some size. */
export function drawDays(days: readonly DayCount[], size: ChartSize) {
  const ticks = listTicks(days);
  const y = scaleLinear([0, ticks.at(-1) ?? 1], [size.height - MARGIN.bottom, MARGIN.top]);
  const x = scalePoint<number>(
    days.map((_, index) => index),
    [MARGIN.left, size.width - MARGIN.right],
  );
  const points = days.map(({ downloads }, index) => ({ x: x(index) ?? MARGIN.left, y: y(downloads) }));
  type Point = (typeof points)[number];
  const place = { x: (point: Point) => point.x, y: (point: Point) => point.y };
  return {
    points,
    line: line<Point>(place.x, place.y).curve(curveMonotoneX)(points) ?? '',
    area: area<Point>(place.x, y(0), place.y).curve(curveMonotoneX)(points) ?? '',
    ticks: ticks.map((value) => ({ value, y: y(value) })),
    labels: listLabelled(days.length, size.width - MARGIN.left - MARGIN.right).map((index) => ({
      text: shortDateText(days[index]?.day ?? ''),
      x: points[index]?.x ?? 0,
    })),
  };
}

/** How much more or less than before, in whole percent; null when there was nothing before. */
export function changeText(now: number, before: number): string | null {
  if (before === 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${numberText(Math.abs(percent))}%`;
}

import { calendarDate } from '@slipway/shared';

const DAY_MS = 86_400_000;
/** Shown before the first and after the last date that matters. */
const BEFORE = 60;
const AFTER = 180;

/** A time at which the answer changes by itself. */
export interface Turn {
  readonly at: string;
  readonly wasAllowed: boolean;
  readonly isAllowed: boolean;
}

/** A part of the line with one answer, from 0 to 1. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly isAllowed: boolean;
}

export interface Timeline {
  readonly first: string;
  /** The number of days, the first one being 0. */
  readonly length: number;
  readonly day: number;
  readonly today: number;
  readonly turns: readonly number[];
  readonly stretches: readonly Stretch[];
}

const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** The date so many days after another. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The days that a slider runs over, and what is the answer where. Days are the vendor's. @param shown.isAllowed the answer where nothing turns */
export function timelineOf(
  turns: readonly Turn[],
  shown: { readonly at: Date; readonly now: Date; readonly timeZone: string; readonly isAllowed: boolean },
): Timeline {
  const numberOf = (instant: Date): number => dayNumber(calendarDate(instant, shown.timeZone));
  const days = turns.map(({ at }) => numberOf(new Date(at)));
  const all = [...days, numberOf(shown.now), numberOf(shown.at)];
  const [first, last] = [Math.min(...all) - BEFORE, Math.max(...all) + AFTER];
  const length = last - first;
  const bounds = [0, ...days.map((day) => (day - first) / length), 1];
  const answers = [turns[0]?.wasAllowed ?? shown.isAllowed, ...turns.map(({ isAllowed }) => isAllowed)];
  return {
    first: new Date(first * DAY_MS).toISOString().slice(0, 10),
    length,
    day: numberOf(shown.at) - first,
    today: numberOf(shown.now) - first,
    turns: days.map((day) => day - first),
    stretches: answers.map((isAllowed, index) => ({ from: bounds[index] ?? 0, to: bounds[index + 1] ?? 1, isAllowed })),
  };
}

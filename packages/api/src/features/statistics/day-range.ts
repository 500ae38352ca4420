import { addDays, checkCalendarDate } from '@slipway/shared';
import { badInput } from '../../kernel/problem/faults.js';
import { LIMITS } from '../../kernel/limits/limits.js';

export const DEFAULT_RANGE_DAYS = 30;
const DAY_MS = 86_400_000;

/** A range of calendar days, both ends included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** A range as it is asked for: by both ends, or by its length up to the last day. */
export interface WantedRange {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly days?: number | null;
}

/** Checks a range; what is absent is today, and 30 days up to it. @throws PublicFault BAD_USER_INPUT */
export function readRange(wanted: WantedRange, today: string): DayRange {
  for (const day of [wanted.from, wanted.to]) {
    const problem = day == null ? null : checkCalendarDate(day);
    if (problem) throw badInput(problem.message);
  }
  const to = wanted.to ?? today;
  if (wanted.from != null && wanted.days != null) throw badInput('Give "from" or "days", not both.');
  const days = wanted.days ?? DEFAULT_RANGE_DAYS;
  if (!Number.isInteger(days) || days < 1 || days > LIMITS.statisticsDays.most) throw tooMany(days);
  const from = wanted.from ?? addDays(to, 1 - days);
  if (from > to) throw badInput(`The range ends before it begins: ${from} is after ${to}, so exchange "from" and "to".`);
  const count = countDays({ from, to });
  if (count > LIMITS.statisticsDays.most) throw tooMany(count);
  return { from, to };
}

const tooMany = (days: number): Error =>
  badInput(`Ask for 1 to ${LIMITS.statisticsDays.most.toLocaleString('en')} days at a time, not ${days}; then for the next ones.`);

/** The range of the same length that ends the day before. */
export function previousRange(range: DayRange): DayRange {
  return { from: addDays(range.from, -countDays(range)), to: addDays(range.from, -1) };
}

/** Every day of a range, oldest first. */
export function listDays(range: DayRange): string[] {
  return Array.from({ length: countDays(range) }, (_, index) => addDays(range.from, index));
}

function countDays({ from, to }: DayRange): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

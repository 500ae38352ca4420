import { checkCalendarDate } from '@slipway/shared';
import { badInput } from '../../kernel/faults.js';

/** The longest range in days: three years, one of them a leap year. */
export const MAX_RANGE_DAYS = 1_096;
export const DEFAULT_RANGE_DAYS = 30;
const DAY_MS = 86_400_000;

/** A range of calendar days, both ends included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Checks a range; absent ends are today and the day that makes 30 of them. @throws PublicFault BAD_USER_INPUT */
export function readRange(wanted: { readonly from?: string | null; readonly to?: string | null }, today: string): DayRange {
  for (const day of [wanted.from, wanted.to]) {
    const problem = day == null ? null : checkCalendarDate(day);
    if (problem) throw badInput(problem.message);
  }
  const to = wanted.to ?? today;
  const from = wanted.from ?? addDays(to, 1 - DEFAULT_RANGE_DAYS);
  if (from > to) throw badInput(`The range ends before it begins: ${from} is after ${to}. Exchange "from" and "to".`);
  const count = countDays({ from, to });
  if (count > MAX_RANGE_DAYS)
    throw badInput(`${count} days are too many at a time. Ask for at most ${MAX_RANGE_DAYS.toLocaleString('en')}, then for the next ones.`);
  return { from, to };
}

/** The range of the same length that ends the day before. */
export function previousRange(range: DayRange): DayRange {
  return { from: addDays(range.from, -countDays(range)), to: addDays(range.from, -1) };
}

/** Every day of a range, oldest first. */
export function listDays(range: DayRange): string[] {
  return Array.from({ length: countDays(range) }, (_, index) => addDays(range.from, index));
}

/** A calendar date moved by some days. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

function countDays({ from, to }: DayRange): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

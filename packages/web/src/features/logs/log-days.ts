/** Lines of a log by the days of the vendor's zone. */
import { calendarDate } from '@slipway/shared';
import { calendarDateText } from '../../ui/date-text';
import type { LogLine } from './log-line';

export interface LogDay {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly rows: readonly LogGroup[];
}

/** Equal lines in a row, newest first. */
export interface LogGroup {
  /** Stays while newer ones join it. */
  readonly key: string;
  readonly first: LogLine;
  readonly others: readonly LogLine[];
}

function groupsOf(lines: readonly LogLine[]): readonly LogGroup[] {
  const groups: [LogLine, ...LogLine[]][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && line.same !== null && last[0].same === line.same) last.push(line);
    else groups.push([line]);
  }
  return groups.map(([first, ...others]) => ({ key: (others.at(-1) ?? first).id, first, others }));
}

export function daysOf(lines: readonly LogLine[], timeZone: string): readonly LogDay[] {
  const days: { date: string; lines: LogLine[] }[] = [];
  for (const line of lines) {
    const date = calendarDate(new Date(line.at), timeZone);
    const last = days.at(-1);
    if (last?.date === date) last.lines.push(line);
    else days.push({ date, lines: [line] });
  }
  return days.map((day) => ({ date: day.date, rows: groupsOf(day.lines) }));
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** "Today", "Yesterday" or nothing, and the day in words. */
export function dayText(date: string, now: Date, timeZone: string): { readonly name: string; readonly text: string } {
  const daysAgo = Math.round((Date.parse(calendarDate(now, timeZone)) - Date.parse(date)) / 86_400_000);
  const name = daysAgo === 0 ? 'Today' : daysAgo === 1 ? 'Yesterday' : '';
  return { name, text: `${WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]}, ${calendarDateText(date)}` };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day in a zone: "3:31:40 PM". */
export function timeText(instant: string, timeZone: string): string {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock.format(new Date(instant)).replace('\u202f', ' ');
}

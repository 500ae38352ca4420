/** What of a log is shown, as its address has it. */
import { calendarDate, startOfDay } from '@slipway/shared';
import type { AuditEventFilter, AuditSubject } from '../../graphql/documents.generated';
import { calendarDateText } from '../../ui/date-text';

export const LOG_FILTERS = ['about', 'by', 'kind', 'product', 'customer', 'license', 'date'] as const;
export type LogFilterName = (typeof LOG_FILTERS)[number];
export type LogAddress = Readonly<Record<LogFilterName | 'q', string>>;

/** What an address may name as `about=license:ID`; people read the word. */
const SUBJECTS: Readonly<Record<string, AuditSubject>> = {
  customer: 'CUSTOMER',
  downloadable: 'DOWNLOADABLE',
  license: 'LICENSE',
  mail: 'MAIL',
  product: 'PRODUCT',
  settings: 'SETTINGS',
  store: 'STORE',
  token: 'TOKEN',
  user: 'USER',
};

/** The subject of the address; one that was mistyped is none. */
export function subjectOf({
  about,
}: Pick<LogAddress, 'about'>): Pick<AuditEventFilter, 'subjectType' | 'subjectId'> & { readonly word: string } {
  const [word = '', subjectId = ''] = about.split(':');
  const subjectType = SUBJECTS[word];
  return subjectType && subjectId !== '' ? { word, subjectType, subjectId } : { word: '' };
}

/** Mails are about a release, or to somebody. */
export function mailSubjectOf({ about }: Pick<LogAddress, 'about'>): {
  readonly userId: string | null;
  readonly downloadableId: string | null;
} {
  const { subjectType, subjectId = null } = subjectOf({ about });
  return { userId: subjectType === 'USER' ? subjectId : null, downloadableId: subjectType === 'DOWNLOADABLE' ? subjectId : null };
}

export const DATE_CHOICES = [
  { value: '', label: 'Any date', days: 0 },
  { value: 'today', label: 'Today', days: 1 },
  { value: '2d', label: 'Last 2 days', days: 2 },
  { value: '7d', label: 'Last 7 days', days: 7 },
  { value: '30d', label: 'Last 30 days', days: 30 },
] as const;

const RANGE = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/;
const DAY_MS = 86_400_000;

/** First and last day of a range `2026-11-01..2026-11-28`, either of which may be left out; null: it is none. */
export function daysOfRange(date: string): { readonly from: string; readonly to: string } | null {
  const found = RANGE.exec(date);
  return found ? { from: found[1] ?? '', to: found[2] ?? '' } : null;
}

/** Days as instants: they begin and end in the vendor's zone. */
export function datesOf(
  { date }: Pick<LogAddress, 'date'>,
  now: Date,
  timeZone: string,
): { readonly since?: string; readonly until?: string } {
  const choice = DATE_CHOICES.find(({ value }) => value === date);
  if (choice && choice.days > 0) {
    const first = calendarDate(new Date(now.getTime() - (choice.days - 1) * DAY_MS), timeZone);
    return { since: startOfDay(first, timeZone).toISOString() };
  }
  const range = daysOfRange(date);
  if (!range) return {};
  const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  return {
    ...(range.from === '' ? {} : { since: startOfDay(range.from, timeZone).toISOString() }),
    ...(range.to === '' ? {} : { until: startOfDay(dayAfter(range.to), timeZone).toISOString() }),
  };
}

/** A range in words. */
export function dateText(date: string): string {
  const choice = DATE_CHOICES.find(({ value }) => value === date);
  if (choice) return choice.label;
  const range = daysOfRange(date);
  if (!range) return 'Any date';
  if (range.from === '') return range.to === '' ? 'Any date' : `Until ${calendarDateText(range.to)}`;
  return range.to === '' ? `Since ${calendarDateText(range.from)}` : `${calendarDateText(range.from)} to ${calendarDateText(range.to)}`;
}

/** Where a log leaves as a file, with everything that is filtered. @param given parameters of the route, without the empty ones */
export function exportPath(log: string, format: 'csv' | 'json', given: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `/api/v1/logs/${log}.${format}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

import { calendarDate } from '@slipway/shared';

// The first Intl formatter of a page costs a phone 100 ms: what a list shows does without, the rest makes its own when it is wanted.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let moment: Intl.DateTimeFormat | null = null;

/** `2026-11-21` as "Nov 21", the same day everywhere on earth. */
export function shortDateText(date: string): string {
  const [, month, day] = date.split('-', 3).map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${day}`;
}

/** `2026-11-21` as "Nov 21, 2026", the same day everywhere on earth. */
export function calendarDateText(date: string): string {
  return `${shortDateText(date)}, ${Number(date.slice(0, 4))}`;
}

/** The day of an instant in the vendor's zone: "Nov 21, 2026". A license or token that ends then ends with that day. */
export function dayOfText(instant: string, timeZone: string): string {
  return calendarDateText(calendarDate(new Date(instant), timeZone));
}

/** An instant in the reader's own zone: "Nov 21, 2026, 1:05 AM". */
export function instantText(instant: string): string {
  moment ??= new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });
  return moment.format(new Date(instant));
}

/** The time of an instant in the reader's own zone: "6:12 AM". */
export function timeText(instant: Date): string {
  const hours = instant.getHours();
  return `${hours % 12 || 12}:${String(instant.getMinutes()).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** An instant as a date-and-time input wants it, in the reader's own zone: "2026-11-21T01:05". */
export function localInputText(instant: Date): string {
  const local = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** A whole number: "7", "1,204". */
export function numberText(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "1 file", "3 files", "1,204 files". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** A sentence of the API with its calendar dates as people write them: "2026-03-01" becomes "Mar 1, 2026". */
export function withReadableDates(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, calendarDateText);
}

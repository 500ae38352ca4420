const calendar = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });

/** `2026-11-21` as "Nov 21, 2026", the same day everywhere on earth. */
export function calendarDateText(date: string): string {
  return calendar.format(new Date(`${date}T00:00:00Z`));
}

/** An instant in the reader's own zone: "Nov 21, 2026, 1:05 AM". */
export function instantText(instant: string): string {
  return moment.format(new Date(instant));
}

/** An instant as a date-and-time input wants it, in the reader's own zone: "2026-11-21T01:05". */
export function localInputText(instant: Date): string {
  const local = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** "1 file", "3 files", "1,204 files". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** A sentence of the API with its calendar dates as people write them: "2026-03-01" becomes "Mar 1, 2026". */
export function withReadableDates(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, calendarDateText);
}

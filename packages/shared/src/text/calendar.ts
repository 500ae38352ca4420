/** Calendar dates (`YYYY-MM-DD`). They have no zone of their own and compare as text; an instant has a date per zone. */

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar date of an instant in a zone, as `YYYY-MM-DD`.
 * @param timeZone an IANA name, for example `Europe/Berlin`.
 * @throws RangeError when the zone is unknown or the instant is not a date.
 */
export function calendarDate(instant: Date, timeZone: string): string {
  const parts = formatterFor(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** True for the name of a time zone that this machine knows, for example `Europe/Berlin`. */
export function isTimeZone(text: string): boolean {
  try {
    formatterFor(text);
    return true;
  } catch {
    return false; // RangeError is how Intl says "unknown zone"; there is no question to ask first.
  }
}

/**
 * The instant at which a day begins in a zone; where clocks go forward at midnight, the first one after it.
 * @throws RangeError when the zone is unknown or the text is no date.
 */
export function startOfDay(date: string, timeZone: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`);
  // Zones are at most 14 hours from UTC; the day begins at the first quarter of an hour that has its date.
  const first = midnightUtc - 14 * HOUR_MS;
  let [low, high] = [0, (28 * HOUR_MS) / QUARTER_MS];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (calendarDate(new Date(first + middle * QUARTER_MS), timeZone) < date) low = middle + 1;
    else high = middle;
  }
  return new Date(first + low * QUARTER_MS);
}

/** The last millisecond of a day in a zone. */
export function endOfDay(date: string, timeZone: string): Date {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10);
  return new Date(startOfDay(next, timeZone).getTime() - 1);
}

/** Building a formatter costs 50 times its use, and lists judge hundreds of assets: one is kept per zone. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The day some days later, or earlier for a negative number. @param date `YYYY-MM-DD` */
export function addDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

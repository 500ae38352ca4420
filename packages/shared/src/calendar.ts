/** Calendar dates (`YYYY-MM-DD`). They have no zone of their own and compare as text; an instant has a date per zone. */

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

/** Days and moments as mails name them. */
const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar date, for example `Aug 30, 2026`. */
export const calendarDayText = (date: string): string => DAY.format(new Date(`${date}T00:00:00Z`));

/** The day of an instant in the vendor's time zone: `Dec 5, 2026`. */
export function dayText(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone }).format(instant);
}

/** A moment in the vendor's time zone: `Dec 5, 2026, 9:30 AM UTC`. */
export function momentText(instant: Date, timeZone: string): string {
  const parts = { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-US', { ...parts, timeZone }).format(instant);
}

/** A day as mails name it, in the vendor's time zone: `Dec 5, 2026`. */
export function dayText(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone }).format(instant);
}

/** A moment as mails name it: `Dec 5, 2026, 9:30 AM UTC`. */
export function momentText(instant: Date, timeZone: string): string {
  const parts = { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-US', { ...parts, timeZone }).format(instant);
}

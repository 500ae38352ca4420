import { isTimeZone } from '@slipway/shared';

/** What this browser offers to choose from; others can be typed. UTC is missing in its own list. */
export const TIME_ZONES: readonly string[] = [...new Set(['UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])])];

/** The day and time in a zone, as people say it; null when there is no such zone. */
export function timeThere(timeZone: string, now: Date): string | null {
  if (!isTimeZone(timeZone)) return null;
  const options = { weekday: 'long', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat('en-US', options).format(now);
}

import { calendarDate } from '@slipway/shared';
import { calendarDateText } from '../../../ui/date-text';

/** The day of an instant in the vendor's zone, as people write it; `empty` when there is none. */
export function dayText(instant: string | null, timeZone: string, empty: string): string {
  return instant === null ? empty : calendarDateText(calendarDate(new Date(instant), timeZone));
}

/** How far the time of a license has gone, for a bar. */
import { calendarDate } from '@slipway/shared';
import type { OwnLicenseFieldsFragment } from '../../../graphql/documents.generated';
import { licenseMessages as words } from '../../../messages/portal';

export interface LicenseSpan {
  /** Calendar date. */
  readonly from: string;
  readonly percent: number;
  readonly isOver: boolean;
  readonly label: string;
}

type Times = Pick<OwnLicenseFieldsFragment, 'createdAt' | 'startsAt' | 'expiresAt' | 'updatesUntil'>;

/** From its first day to whichever ends first, updates or license; null: nothing ends. */
export function licenseSpan(
  license: Times,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): LicenseSpan | null {
  const day = (instant: string): string => calendarDate(new Date(instant), timeZone);
  const from = day(license.startsAt ?? license.createdAt);
  const ends = license.expiresAt === null ? null : day(license.expiresAt);
  const { updatesUntil } = license;
  const isUpdates = updatesUntil !== null && (ends === null || updatesUntil < ends);
  const end = isUpdates ? updatesUntil : ends;
  if (end === null) return null;
  const isOver = end < today;
  const label = isUpdates ? (isOver ? words.updatesEnded(end) : words.updatesUntil(end)) : isOver ? words.ended(end) : words.endsOn(end);
  const [start, stop, now] = [from, end, today].map((date) => Date.parse(date));
  const length = Math.max(1, (stop ?? 0) - (start ?? 0));
  const percent = Math.min(100, Math.max(0, (((now ?? 0) - (start ?? 0)) / length) * 100));
  return { from, percent: Math.round(percent), isOver, label };
}

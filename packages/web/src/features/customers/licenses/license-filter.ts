/** The choices of the license list, and what they ask the API for. */
import { addDays, calendarDate, ENDING_SOON_DAYS } from '@slipway/shared';
import type { ListLicensesQueryVariables } from '../../../graphql/documents.generated';

/** Which licenses are meant; a page of them is asked for beside it. */
export type LicenseFilter = Omit<ListLicensesQueryVariables, 'first' | 'after'>;

/** Without a download for this long, a license is likely to be forgotten (chosen: a quarter). */
const IDLE_DAYS = 90;

export const STATE_CHOICES = [
  { value: '', label: 'All licenses' },
  { value: 'active', label: 'Active' },
  { value: 'ending', label: `Ending within ${ENDING_SOON_DAYS} days` },
  { value: 'expired', label: 'Expired' },
  { value: 'updates-ended', label: 'Updates ended' },
  { value: 'unused', label: 'Never used' },
  { value: 'idle', label: `No download for ${IDLE_DAYS} days` },
  { value: 'suspended', label: 'Suspended' },
  { value: 'revoked', label: 'Revoked' },
] as const;

const HOUR_MS = 3_600_000;

/** What the address of the list holds. */
export interface ListChoices {
  readonly search: string;
  readonly product: string;
  readonly state: string;
  readonly tag: string;
}

/** What a choice asks for. To the hour, so that the same page asks the same question twice. Unknown choices ask for all. */
export function stateFilter(state: string, { now, timeZone }: { readonly now: Date; readonly timeZone: string }): LicenseFilter {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  switch (state) {
    case 'active':
      return { isActive: true };
    case 'ending':
      return { status: 'ACTIVE', endsWithinDays: ENDING_SOON_DAYS };
    case 'expired':
      return { status: 'ACTIVE', expiresBefore: hour.toISOString() };
    case 'updates-ended':
      return { status: 'ACTIVE', updatesUntilTo: addDays(calendarDate(now, timeZone), -1) };
    case 'unused':
      return { status: 'ACTIVE', isNeverUsed: true };
    case 'idle':
      return { status: 'ACTIVE', lastDownloadBefore: new Date(hour.getTime() - IDLE_DAYS * 24 * HOUR_MS).toISOString() };
    case 'suspended':
      return { status: 'SUSPENDED' };
    case 'revoked':
      return { status: 'REVOKED' };
    default:
      return {};
  }
}

/** Everything that was chosen, as list, bulk action and export ask for it. */
export function licenseFilterOf({ search, product, state, tag }: ListChoices, at: { now: Date; timeZone: string }): LicenseFilter {
  return { search: search || null, productId: product || null, tag: tag || null, ...stateFilter(state, at) };
}

/** Where everything that was chosen is to be had as CSV, without keys. */
export function exportPath(filter: LicenseFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  return `/api/v1/licenses.csv${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`;
}

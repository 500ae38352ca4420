/** The choices of the license list, and what they ask the API for. */
import { ENDING_SOON_DAYS } from '@slipway/shared';
import type { ListLicensesQueryVariables } from '../../../graphql/documents.generated';

export const STATE_CHOICES = [
  { value: '', label: 'All licenses' },
  { value: 'ending', label: `Ending within ${ENDING_SOON_DAYS} days` },
  { value: 'expired', label: 'Expired' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'revoked', label: 'Revoked' },
] as const;

type StateFilter = Pick<ListLicensesQueryVariables, 'status' | 'expiresFrom' | 'expiresBefore'>;

const HOUR_MS = 3_600_000;

/** What a choice asks for. To the hour, so that the same page asks the same question twice. Unknown choices ask for all. */
export function stateFilter(state: string, now: Date): StateFilter {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const soon = new Date(hour.getTime() + ENDING_SOON_DAYS * 24 * HOUR_MS);
  switch (state) {
    case 'ending':
      return { status: 'ACTIVE', expiresFrom: hour.toISOString(), expiresBefore: soon.toISOString() };
    case 'expired':
      return { status: 'ACTIVE', expiresBefore: hour.toISOString() };
    case 'suspended':
      return { status: 'SUSPENDED' };
    case 'revoked':
      return { status: 'REVOKED' };
    default:
      return {};
  }
}

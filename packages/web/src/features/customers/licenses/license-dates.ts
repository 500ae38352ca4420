import type { LicenseFieldsFragment } from '../../../graphql/documents.generated';
import { dayOfText } from '../../../ui/date-text';

/** The day of an instant in the vendor's zone, as people write it; `empty` when there is none. */
export function dayText(instant: string | null, timeZone: string, empty: string): string {
  return instant === null ? empty : dayOfText(instant, timeZone);
}

/** Until when a license works, in a word or two; one that was revoked has no such day. */
export function endText({ status, expiresAt }: Pick<LicenseFieldsFragment, 'status' | 'expiresAt'>, timeZone: string): string {
  return status === 'REVOKED' ? '–' : dayText(expiresAt, timeZone, 'Never ends');
}

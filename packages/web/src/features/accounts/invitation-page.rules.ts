import type { GetOpenedInvitationQuery } from '../../graphql/documents.generated';
import { invitationPageMessages as words } from '../../messages/entry';

export type OpenedInvitation = NonNullable<GetOpenedInvitationQuery['openedInvitation']>;

/** Why an invitation cannot be accepted, and what to do. */
const ENDED_TEXTS: Readonly<Record<Exclude<OpenedInvitation['state'], 'OPEN'>, string>> = {
  USED: words.used,
  EXPIRED: words.expired,
  WITHDRAWN: words.withdrawn,
  REQUESTED: words.withdrawn,
  UNKNOWN: words.unknown,
};

/** Null: it can be accepted. */
export const endedTextOf = ({ state }: Pick<OpenedInvitation, 'state'>): string | null => (state === 'OPEN' ? null : ENDED_TEXTS[state]);

/** Who invites, and for what. */
export function invitationText({ isForStaff, customerName, inviterName }: OpenedInvitation, vendorName: string): string {
  if (isForStaff) return words.forStaff(vendorName);
  return inviterName ? words.invitedBy(inviterName, customerName, vendorName) : words.invited(vendorName, customerName);
}

import type { GetOpenedInvitationQuery } from '../../graphql/documents.generated';

export type OpenedInvitation = NonNullable<GetOpenedInvitationQuery['openedInvitation']>;

/** Why an invitation cannot be accepted, and what to do. */
const ENDED_TEXTS: Readonly<Record<Exclude<OpenedInvitation['state'], 'OPEN'>, string>> = {
  USED: 'This invitation was accepted already: sign in with your account.',
  EXPIRED: 'This invitation is more than seven days old: have a new one sent to the same address.',
  WITHDRAWN: 'This invitation works no more: ask whoever invited you for a new one.',
  REQUESTED: 'This invitation works no more: ask whoever invited you for a new one.',
  UNKNOWN: 'This invitation is unknown: open the link in the latest mail, or ask whoever invited you for a new one.',
};

/** Null: it can be accepted. */
export const endedTextOf = ({ state }: Pick<OpenedInvitation, 'state'>): string | null => (state === 'OPEN' ? null : ENDED_TEXTS[state]);

/** Who invites, and for what. */
export function invitationText({ isForStaff, customerName, inviterName }: OpenedInvitation, vendorName: string): string {
  if (isForStaff) return `${vendorName} invites you to work on its releases.`;
  if (inviterName)
    return `${inviterName} invites you to download the software that ${customerName ?? 'your company'} has from ${vendorName}.`;
  return `${vendorName} has an account for you, to download the software of ${customerName ?? 'your company'}.`;
}

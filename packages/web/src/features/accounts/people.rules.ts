import { checkEmail, checkName, type MemberRole } from '@slipway/shared';
import type { InvitationFieldsFragment } from '../../graphql/documents.generated';
import { peopleMessages as words, invitationMessages as invitation } from '../../messages/people';
import { kitMessages as kit } from '../../messages/kit';
import { dayOfText } from '../../ui/date-text';

export interface InviteValues {
  email: string;
  name: string;
  memberRole: MemberRole;
}
export type InviteMessages = Partial<Record<keyof InviteValues | 'form', string>>;

export const MEMBER_ROLE_LABELS: Readonly<Record<MemberRole, string>> = { OWNER: words.owner, MEMBER: words.member };
export const MEMBER_ROLE_CHOICES: readonly { readonly value: MemberRole; readonly label: string; readonly hint: string }[] = [
  { value: 'MEMBER', label: words.member, hint: words.memberHint },
  { value: 'OWNER', label: words.owner, hint: words.ownerHint },
];

/** What the API would refuse, by field. */
export function checkInvite({ email, name }: Pick<InviteValues, 'email' | 'name'>): InviteMessages {
  const problems = { email: checkEmail(email.trim()), name: checkName(name, { label: words.theName, maxLength: 100 }) };
  return Object.fromEntries(Object.entries(problems).flatMap(([field, problem]) => (problem ? [[field, problem.message]] : [])));
}

/** The first letters of the first two words. */
export const initialsOf = (name: string): string =>
  name
    .trim()
    .split(/\s+/, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** What has become of an invitation, for its badge. */
export function invitationBadge(
  { state, createdAt, problem }: Pick<InvitationFieldsFragment, 'state' | 'createdAt' | 'problem'>,
  timeZone: string,
): { readonly text: string; readonly tone: 'accent' | 'warn' | 'bad' } {
  if (state === 'REQUESTED') return { text: invitation.asksForAccount, tone: 'warn' };
  if (problem !== null) return { text: invitation.mailFailed, tone: 'bad' };
  if (state === 'EXPIRED') return { text: invitation.expired, tone: 'warn' };
  return { text: invitation.invitedOn(dayOfText(createdAt, timeZone)), tone: 'accent' };
}

/** What can be done about an invitation. */
export type InvitationAction = 'send' | 'approve' | 'copy' | 'revoke' | 'decline';
export function invitationActions({ state, url }: Pick<InvitationFieldsFragment, 'state' | 'url'>): readonly InvitationAction[] {
  if (state === 'REQUESTED') return ['approve', 'decline'];
  return [...(url === null ? [] : ['copy' as const]), 'send', 'revoke'];
}
export const INVITATION_ACTION_LABELS: Readonly<Record<InvitationAction, string>> = {
  send: invitation.send,
  approve: invitation.approve,
  copy: invitation.copyLink,
  revoke: kit.revoke,
  decline: invitation.decline,
};

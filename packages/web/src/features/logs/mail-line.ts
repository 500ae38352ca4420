import type { MailKind, MailLineFieldsFragment, MailState } from '../../graphql/documents.generated';
import { instantText } from '../../ui/date-text';
import type { LogDetail, LogLine } from './log-line';

export const MAIL_STATE_LABELS: Readonly<Record<MailState, string>> = {
  QUEUED: 'is on its way',
  HELD: 'waits for a mail server',
  SENDING: 'is being sent',
  SENT: 'was sent',
  UNKNOWN: 'may not have arrived',
  FAILED: 'was refused',
};
export const MAIL_KIND_LABELS: Readonly<Record<MailKind, string>> = {
  TEST: 'a test of the settings',
  ALERT: 'what needs attention',
  INVITATION: 'an invitation',
  SIGN_IN_LINK: 'a link to sign in',
  PASSWORD_RESET: 'a link to a new password',
  ADDRESS_CHANGE: 'a change of address',
  ACCOUNT_NOTICE: 'a notice about an account',
  ANNOUNCEMENT: 'a release that is out',
  RECALL: 'a release that was withdrawn',
};
const BAD = new Set<MailState>(['UNKNOWN', 'FAILED']);
const BY_HAND = new Set<MailState>(['HELD', 'UNKNOWN', 'FAILED']);

const IS_HIDDEN = 'Its link is for the recipient alone, so that its text is not shown here.';
const detail = (label: string, text: string): LogDetail => ({ label, text, to: null });

function detailsOf(mail: MailLineFieldsFragment): readonly LogDetail[] {
  const { kind, state, isSecret, toAddress, toName, problem, answer, attempts, settledAt, link, text, messageId } = mail;
  return [
    ...(problem ? [detail('What is wrong', problem)] : []),
    ...(answer ? [detail('The server said', answer)] : []),
    detail('To', toName === '' ? toAddress : `${toName} <${toAddress}>`),
    ...(settledAt ? [detail(state === 'SENT' ? 'Sent' : 'Last tried', instantText(settledAt))] : []),
    ...(attempts > 1 ? [detail('Attempts', String(attempts))] : []),
    detail('About', MAIL_KIND_LABELS[kind]),
    ...(link ? [{ ...detail('Link', link), isCode: true }] : []),
    { ...detail('Message', messageId), isCode: true },
    isSecret && text === '' ? detail('Text', IS_HIDDEN) : { ...detail('Text', text.trim()), isText: true },
  ];
}

const moreOf = ({ userId, customerId, downloadableId }: MailLineFieldsFragment): LogLine['more'] => [
  ...(userId ? [{ label: 'All to this person', query: { about: `user:${userId}` } }] : []),
  ...(customerId ? [{ label: 'All to this customer', query: { customer: customerId } }] : []),
  ...(downloadableId ? [{ label: 'All about this release', query: { about: `downloadable:${downloadableId}` } }] : []),
];

/** A mail as a line. @param sendAgain null: not for this viewer */
export function mailLine(mail: MailLineFieldsFragment, sendAgain: ((id: string) => Promise<void>) | null): LogLine {
  const { id, state, customerId, downloadableId, toAddress, toName, subject, problem } = mail;
  return {
    id,
    at: mail.createdAt,
    who: { text: toName || toAddress, to: customerId ? `/admin/customers/${customerId}` : null },
    isQuiet: false,
    said: MAIL_STATE_LABELS[state],
    isBad: BAD.has(state),
    subject: downloadableId ? { text: subject, to: `/admin/downloadables/${downloadableId}` } : null,
    beside: downloadableId ? '' : subject,
    note: problem ?? '',
    details: detailsOf(mail),
    changes: [],
    same: null,
    act: sendAgain && BY_HAND.has(state) ? { label: 'Send again', run: () => sendAgain(id) } : null,
    remedy: null,
    more: moreOf(mail),
  };
}

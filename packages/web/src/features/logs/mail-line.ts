import type { MailLineFieldsFragment, MailState } from '../../graphql/documents.generated';
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
const BAD = new Set<MailState>(['UNKNOWN', 'FAILED']);
const BY_HAND = new Set<MailState>(['HELD', 'UNKNOWN', 'FAILED']);

/** A mail as a line. @param sendAgain null: not for this viewer */
export function mailLine(mail: MailLineFieldsFragment, sendAgain: ((id: string) => Promise<void>) | null): LogLine {
  const { id, state, toAddress, toName, subject, problem, answer, attempts, settledAt, link, text, messageId } = mail;
  const details: readonly LogDetail[] = [
    ...(problem ? [{ label: 'What is wrong', text: problem, to: null }] : []),
    ...(answer ? [{ label: 'The server said', text: answer, to: null }] : []),
    { label: 'To', text: toName === '' ? toAddress : `${toName} <${toAddress}>`, to: null },
    ...(settledAt ? [{ label: state === 'SENT' ? 'Sent' : 'Last tried', text: instantText(settledAt), to: null }] : []),
    ...(attempts > 1 ? [{ label: 'Attempts', text: String(attempts), to: null }] : []),
    ...(link ? [{ label: 'Link', text: link, to: null, isCode: true }] : []),
    { label: 'Message', text: messageId, to: null, isCode: true },
    { label: 'Text', text: text.trim(), to: null, isText: true },
  ];
  return {
    id,
    at: mail.createdAt,
    who: { text: toName || toAddress, to: null },
    isQuiet: false,
    said: MAIL_STATE_LABELS[state],
    isBad: BAD.has(state),
    subject: null,
    beside: subject,
    note: problem ?? '',
    details,
    changes: [],
    same: null,
    act: sendAgain && BY_HAND.has(state) ? { label: 'Send again', run: () => sendAgain(id) } : null,
    remedy: null,
    more: [],
  };
}

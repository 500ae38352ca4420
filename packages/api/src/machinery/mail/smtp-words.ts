import type { SendOutcome, SmtpFault } from './smtp-sender.js';

type Failed = Exclude<SendOutcome, { readonly kind: 'SENT' }>;
type Words = (fault: SmtpFault) => string;

/** By nodemailer's code, or the system's. */
const BY_CODE: Readonly<Record<string, Words>> = {
  EAUTH: () => 'The server refuses user and password: check both, and whether it wants a password for programs.',
  EDNS: () => 'There is no server of that name: check how it is spelt.',
  ENOTFOUND: () => 'There is no server of that name: check how it is spelt.',
  EAI_AGAIN: () => 'The name of the server cannot be looked up: check its spelling, and the DNS of this machine.',
  ECONNREFUSED: () => 'Nothing answers at that port: check server and port.',
  ESOCKET: (fault) => (/certificate|self.signed|altname/i.test(fault.answer) ? CERTIFICATE : `The connection failed: ${wordsOf(fault)}.`),
  ETLS: (fault) =>
    /certificate|self.signed|altname/i.test(fault.answer)
      ? CERTIFICATE
      : 'The server offers no STARTTLS at that port: choose TLS, usually with port 465, or another port.',
  ETIMEDOUT: () => 'The server did not answer in time: check port and encryption, and that no firewall is between.',
  ECONNECTION: (fault) =>
    fault.status === null
      ? 'The server closed the connection: check port and encryption.'
      : `The server refuses the connection: ${wordsOf(fault)}.`,
  EHOSTUNREACH: () => 'There is no way to the server from here: check server and network.',
  ENETUNREACH: () => 'There is no way to the server from here: check server and network.',
  OUTGOING_REFUSED: ({ answer }) => answer,
};
const CERTIFICATE =
  'The certificate of the server is not valid for its name, or from nobody who is trusted here: use the name that it was made for.';

/** The words of the server in the middle of a sentence. */
const wordsOf = ({ answer }: SmtpFault): string => answer.replaceAll(/\s+/g, ' ').replace(/[.\s]+$/, '');

const UNANSWERED =
  'The connection ended before the server said whether it has the mail: ask the recipient, then send it again if it did not arrive.';

/** What an outcome means for the operator, in one sentence. */
export function explainSmtp({ kind, fault }: Failed): string {
  if (kind === 'UNKNOWN') return UNANSWERED;
  const words = BY_CODE[fault.code];
  if (words) return words(fault);
  if (fault.command === 'MAIL FROM') return `The server does not let this user send from that address: ${wordsOf(fault)}.`;
  if (fault.command === 'RCPT TO') return `The server refuses the recipient: ${wordsOf(fault)}.`;
  return `The server refuses the mail: ${wordsOf(fault) || 'it gave no reason'}.`;
}

/** An enhanced status code: its subject is 1 for the address, 2 for the mailbox. @see https://datatracker.ietf.org/doc/html/rfc3463#section-3 */
const ENHANCED = /\b5\.(\d{1,3})\.\d{1,3}\b/;
const OF_ADDRESS = ['1', '2'];
/** Replies that mean a mailbox where the server says no more. @see https://datatracker.ietf.org/doc/html/rfc5321#section-4.2.3 */
const MAILBOX_REPLIES = [550, 551, 552, 553];

/** What such replies say where they mean the sender all the same. */
const OF_SENDER = /relay|spam|black ?list|block|polic|reputation|authenticat/i;

/** Whether a server refused the address itself for good, not the sender or how mail is sent. */
export function isAboutAddress({ kind, fault }: Failed): boolean {
  if (kind !== 'NEVER' || fault.command !== 'RCPT TO') return false;
  const subject = ENHANCED.exec(fault.answer)?.[1];
  if (subject !== undefined) return OF_ADDRESS.includes(subject);
  return MAILBOX_REPLIES.includes(fault.status ?? 0) && !OF_SENDER.test(fault.answer);
}

import type { SmtpSettings } from '@slipway/shared';
import { promisify } from 'node:util';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { OutgoingFilter, OutgoingRefused } from '../../kernel/outgoing/outgoing-filter.js';

/** A mail as the server gets it. */
export interface OutgoingMail {
  readonly messageId: string;
  readonly from: { readonly address: string; readonly name: string };
  readonly replyTo: string | null;
  readonly to: { readonly address: string; readonly name: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** News: where one click, or one request of a mail program, ends it. */
  readonly unsubscribeUrl: string | null;
}

/**
 * What became of an attempt. LATER: nothing was sent, and another time it may be. NEVER: this address or this mail is refused for
 * good. UNKNOWN: the connection ended after the mail was handed over and before the server said whether it takes it.
 */
export type SendOutcome =
  { readonly kind: 'SENT'; readonly answer: string } | { readonly kind: 'LATER' | 'NEVER' | 'UNKNOWN'; readonly fault: SmtpFault };

/** What went wrong, as nodemailer tells it. */
export interface SmtpFault {
  readonly code: string;
  /** The command that was under way, for example `RCPT TO`. */
  readonly command: string;
  readonly status: number | null;
  /** The server's own words. */
  readonly answer: string;
}

const CONNECT_MILLISECONDS = 10_000;
const SILENCE_MILLISECONDS = 30_000;
const FIRST_PERMANENT = 500;

/** Hands one mail to a server, over a connection of its own. @param allowed what private addresses the settings may name */
export async function sendMail(smtp: SmtpSettings, mail: OutgoingMail, allowed: readonly string[] | 'ANY'): Promise<SendOutcome> {
  const handing = { hasBegun: false };
  try {
    return { kind: 'SENT', answer: await converse(smtp, { mail, allowed, handing }) };
  } catch (error) {
    const fault = faultOf(error);
    return { kind: kindOf(fault, handing.hasBegun), fault };
  }
}

interface Conversation {
  readonly mail: OutgoingMail;
  readonly allowed: readonly string[] | 'ANY';
  /** Whether the server has been given any of the mail itself. */
  readonly handing: { hasBegun: boolean };
}

/** Connects, signs in and sends. @returns the last words of the server */
async function converse(smtp: SmtpSettings, { mail, allowed, handing }: Conversation): Promise<string> {
  const composed = new MailComposer(messageOf(mail)).compile();
  const [envelope, bytes] = [composed.getEnvelope(), await composed.build()];
  const connection = new SMTPConnection(await optionsOf(smtp, allowed));
  // Read as soon as the server has said that it takes a mail, and not before.
  const body = Readable.from(
    (function* () {
      handing.hasBegun = true;
      yield bytes;
    })(),
  );
  return new Promise<string>((resolve, reject) => {
    const end = (settle: () => void): void => {
      settle(); // first: closing ends the connection, which would count as its fault
      connection.close();
    };
    const fail = (error: Error): void => end(() => reject(error));
    const send = (): void =>
      connection.send(envelope, body, (error, info) => (error ? fail(error) : end(() => resolve(String(info?.response ?? '')))));
    connection.once('error', fail);
    connection.once('end', () => fail(new Error('The connection ended.')));
    connection.connect((error) => {
      if (error) return fail(error);
      if (smtp.smtpUser === '') return send();
      connection.login({ user: smtp.smtpUser, credentials: { user: smtp.smtpUser, pass: smtp.smtpPassword } }, (refused) =>
        refused ? fail(refused) : send(),
      );
    });
  });
}

async function optionsOf(smtp: SmtpSettings, allowed: readonly string[] | 'ANY') {
  return {
    ...(await addressOf(smtp.smtpHost, allowed)),
    port: smtp.smtpPort,
    secure: smtp.smtpSecurity === 'TLS',
    requireTLS: smtp.smtpSecurity === 'STARTTLS',
    ignoreTLS: smtp.smtpSecurity === 'NONE',
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENCE_MILLISECONDS,
  };
}

/** The address is looked up here, so that the very one that was judged is connected to; the certificate is the name's. */
async function addressOf(host: string, allowed: readonly string[] | 'ANY'): Promise<{ host: string; tls: { servername?: string } }> {
  const filter = new OutgoingFilter(allowed);
  filter.requireAllowed(host);
  if (isIP(host) > 0) return { host, tls: {} };
  const lookUp = promisify<string, object, string>((name, options, done) => {
    filter.lookup(name, options, (error, address) => done(error, typeof address === 'string' ? address : (address[0]?.address ?? '')));
  });
  return { host: await lookUp(host, { all: false }), tls: { servername: host } };
}

function messageOf({ messageId, from, replyTo, to, subject, text, html, unsubscribeUrl }: OutgoingMail) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${messageId}@${domain}>`,
    from,
    to,
    ...(replyTo === null ? {} : { replyTo }),
    subject,
    text,
    html,
    // Nobody is away from a machine, and no list answers it. https://datatracker.ietf.org/doc/html/rfc3834
    headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribeUrl === null ? {} : listHeaders(unsubscribeUrl, domain)) },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What mail programs make their own button of. @see https://datatracker.ietf.org/doc/html/rfc8058 and https://datatracker.ietf.org/doc/html/rfc2919 */
const listHeaders = (unsubscribeUrl: string, domain: string) => ({
  'List-Id': `<releases.${domain}>`,
  'List-Unsubscribe': `<${unsubscribeUrl}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

function faultOf(error: unknown): SmtpFault {
  if (error instanceof OutgoingRefused) return { code: error.code, command: 'CONN', status: null, answer: error.message };
  const { code = '', command = '', responseCode, response, message } = error as Partial<NodemailerError>;
  return { code: systemCodeOf(message) ?? code, command, status: responseCode ?? null, answer: (response ?? message ?? '').slice(0, 400) };
}

/** The library has one code for all that goes wrong with a socket. */
const systemCodeOf = (message = ''): string | null =>
  /\b(ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)\b/.exec(message)?.[1] ?? null;

/** What nodemailer adds to its errors. */
interface NodemailerError extends Error {
  readonly code: string;
  readonly command: string;
  readonly responseCode: number;
  readonly response: string;
}

function kindOf({ command, status }: SmtpFault, hasBegun: boolean): 'LATER' | 'NEVER' | 'UNKNOWN' {
  if (status !== null && status >= FIRST_PERMANENT) return isAboutMail(command) ? 'NEVER' : 'LATER';
  // The server may have taken what it did not answer for.
  return hasBegun && status === null ? 'UNKNOWN' : 'LATER';
}

/** A refused sign-in is the operator's to mend, and says nothing of the address. */
const isAboutMail = (command: string): boolean => ['RCPT TO', 'DATA'].includes(command);

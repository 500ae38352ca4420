import type { Problem } from '../problem.js';
import { EMAIL_MAX_LENGTH } from '../text/field-rules.js';
import type { NumberSetting, SecretSetting, TextSetting } from './setting-declaration.js';

/** How mail is sent, on one declaration each. Without a server it waits in the outbox, where it can be read. */

const GROUP = 'MAIL';
const VARIABLE = 'SMTP_URL';
/** @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
const HOST_MAX_LENGTH = 253;
/** Sealed and in the widest script, it still fits into its row. */
const CREDENTIAL_MAX_LENGTH = 170;
/** @see https://datatracker.ietf.org/doc/html/rfc8314#section-3.3 */
const SUBMISSION_PORT = 587;

export const MAIL_SETTINGS = {
  smtpHost: {
    group: GROUP,
    kind: 'HOST',
    label: 'SMTP server',
    help: 'The server that sends your mail. Without one, mail waits in the log, where it can be read and its links copied.',
    variable: VARIABLE,
    defaultValue: '',
    maxLength: HOST_MAX_LENGTH,
    example: 'smtp.example.com',
  },
  smtpPort: {
    group: GROUP,
    kind: 'NUMBER',
    label: 'Port',
    help: 'Usually 587 with STARTTLS and 465 with TLS.',
    variable: VARIABLE,
    defaultValue: SUBMISSION_PORT,
    least: 1,
    most: 65_535,
    unit: 'port',
  },
  smtpSecurity: {
    group: GROUP,
    kind: 'CHOICE',
    label: 'Encryption',
    help: 'How the connection is protected. A password is only sent over a protected one, or to this machine.',
    variable: VARIABLE,
    defaultValue: 'STARTTLS',
    maxLength: 20,
    example: 'TLS',
    choices: { STARTTLS: 'STARTTLS', TLS: 'TLS', NONE: 'None' },
  },
  smtpUser: {
    group: GROUP,
    kind: 'TEXT',
    label: 'User',
    help: 'Who signs in to the server. Leave it empty if it wants nobody to.',
    variable: VARIABLE,
    defaultValue: '',
    maxLength: CREDENTIAL_MAX_LENGTH,
    example: 'releases@aurora.example',
  },
  smtpPassword: {
    group: GROUP,
    kind: 'SECRET',
    label: 'Password',
    help: 'Belongs to the user. Kept encrypted, and never shown.',
    variable: VARIABLE,
    defaultValue: '',
    maxLength: CREDENTIAL_MAX_LENGTH,
  },
  mailFrom: {
    group: GROUP,
    kind: 'EMAIL',
    label: 'From',
    help: 'The address that mail comes from. The server must let this user send from it.',
    variable: 'MAIL_FROM',
    defaultValue: '',
    maxLength: EMAIL_MAX_LENGTH,
    example: 'releases@aurora.example',
  },
  mailReplyTo: {
    group: GROUP,
    kind: 'EMAIL',
    label: 'Reply to',
    help: 'Where answers go, if not to the address that mail comes from.',
    defaultValue: '',
    maxLength: EMAIL_MAX_LENGTH,
    example: 'help@aurora.example',
  },
  mailsPerMinute: {
    group: GROUP,
    kind: 'NUMBER',
    label: 'Mails a minute',
    help: 'At most so many are handed to the server, by all replicas together.',
    defaultValue: 60,
    least: 1,
    most: 10_000,
    unit: 'mails',
  },
} as const satisfies Record<string, TextSetting | NumberSetting | SecretSetting>;

export type MailSettingName = keyof typeof MAIL_SETTINGS;
export const MAIL_SETTING_NAMES = Object.keys(MAIL_SETTINGS) as readonly MailSettingName[]; // the keys of the object above

/** How a mail server is reached, by the names of the settings. */
export type SmtpSettings = Readonly<Record<'smtpHost' | 'smtpUser' | 'smtpPassword' | 'smtpSecurity', string>> & {
  readonly smtpPort: number;
};

/** The part of the WHATWG URL that is read here: every place this runs in has it. https://url.spec.whatwg.org/ */
declare const URL: {
  readonly canParse: (text: string) => boolean;
  new (text: string): Readonly<Record<'protocol' | 'hostname' | 'port' | 'username' | 'password' | 'pathname' | 'search' | 'hash', string>>;
};

const SUBMISSIONS_PORT = 465;

/** Reads `smtp://user:password@host:587` and `smtps://...`; null: it is none. Plain `smtp` on this machine goes without TLS. */
export function readSmtpUrl(text: string): SmtpSettings | null {
  if (!/^smtps?:\/\/[^/]/.test(text) || !URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (hostname === '' || !['', '/'].includes(pathname) || search !== '' || hash !== '') return null;
  const isTls = protocol === 'smtps:';
  return {
    smtpHost: hostname.replace(/^\[(.*)\]$/, '$1'),
    smtpPort: port === '' ? (isTls ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(port),
    smtpSecurity: isTls ? 'TLS' : isThisMachine(hostname) ? 'NONE' : 'STARTTLS',
    smtpUser: unescaped(username),
    smtpPassword: unescaped(password),
  };
}

const isThisMachine = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);

/** What of the mail settings does not go together, by the field to change. */
export function checkMailSettings(
  settings: Omit<SmtpSettings, 'smtpPassword'> & { readonly mailFrom: string },
): Partial<Record<MailSettingName, Problem>> {
  const { smtpHost, smtpUser, smtpSecurity, mailFrom } = settings;
  const found: Partial<Record<MailSettingName, Problem>> = {};
  if (smtpHost !== '' && mailFrom === '')
    found.mailFrom = { code: 'NAME_REQUIRED', message: 'From is missing: enter the address that mail comes from.' };
  if (smtpHost !== '' && smtpUser !== '' && smtpSecurity === 'NONE' && !isThisMachine(smtpHost))
    found.smtpSecurity = { code: 'VALUE_INVALID', message: 'A password is not sent without encryption: choose STARTTLS or TLS.' };
  return found;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % that somebody did not escape
  }
}

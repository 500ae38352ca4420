import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { expect } from '@playwright/test';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { ApiUser } from './api-user.ts';

/** A real mail server, and what it was given. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly ParsedMail[];
  close(): Promise<void>;
}

/** A mail server that takes everything but a wrong password: what it is told it keeps. */
export async function openMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const keep = async (stream: Readable, done: (error?: Error) => void): Promise<void> => {
    mails.push(await simpleParser(stream));
    done();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'sender' && password === 'right' ? done(null, { user: username }) : done(new Error('Authentication failed')),
    onData: (stream, _session, done) => void keep(stream, done),
  });
  server.on('error', () => undefined); // what clients do wrong is told to them
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, mails, close }; // it listens on TCP
}

/** Has the product send through a server that keeps every mail. */
export async function receiveMail(api: ApiUser): Promise<MailServer> {
  const mail = await openMailServer();
  const settings = { smtpHost: '127.0.0.1', smtpPort: mail.port, smtpSecurity: 'NONE', mailFrom: 'downloads@aurora.example' };
  await api.run('updateSettings', settings, 'settings { lockVersion }');
  return mail;
}

/** The product sends nothing any more. */
export async function forgetMailServer(api: ApiUser): Promise<void> {
  const names = ['smtpHost', 'smtpPort', 'smtpSecurity', 'smtpUser', 'smtpPassword', 'mailFrom'];
  await api.run('updateSettings', Object.fromEntries(names.map((name) => [name, null])), 'settings { lockVersion }');
}

/** Mails about something: others, such as those about a sign-in, come in between. */
export const mailsAbout = ({ mails }: MailServer, words: string): readonly ParsedMail[] =>
  mails.filter(({ subject }) => subject?.includes(words));

/** The link of a kind in the newest mail to somebody, once it came. @param path how its path begins, for example `/invitation/` */
export async function linkMailedTo({ mails }: MailServer, address: string, path: string): Promise<string> {
  const isTheirs = ({ to }: ParsedMail): boolean => [to ?? []].flat().some(({ text }) => text.includes(address));
  const find = (): string | null => {
    const links = mails.filter(isTheirs).flatMap(({ text }) => new RegExp(`https?://\\S*${path}[\\w-]{43}`).exec(text ?? '')?.[0] ?? []);
    return links.at(-1) ?? null;
  };
  await expect.poll(find, { message: `a mail to ${address} with a link to ${path}`, timeout: 20_000 }).not.toBeNull();
  return find() ?? '';
}

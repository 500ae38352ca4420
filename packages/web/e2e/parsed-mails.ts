import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { ApiUser } from './api-user.ts';

/** A real mail server, and what it was given. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly ParsedMail[];
  close(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const keep = async (stream: Readable, done: (error?: Error) => void): Promise<void> => {
    mails.push(await simpleParser(stream));
    done();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onData: (stream, _session, done) => void keep(stream, done),
  });
  server.on('error', () => undefined); // what clients do wrong is told to them
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, mails, close }; // it listens on TCP
}

/** Has the product send through it. */
export async function mailThrough(api: ApiUser, { port }: MailServer): Promise<void> {
  await api.run(
    'updateSettings',
    { smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'NONE', mailFrom: 'news@aurora.example' },
    'settings { lockVersion }',
  );
}

export async function mailNowhere(api: ApiUser): Promise<void> {
  const names = ['smtpHost', 'smtpPort', 'smtpSecurity', 'mailFrom'];
  await api.run('updateSettings', Object.fromEntries(names.map((name) => [name, null])), 'settings { lockVersion }');
}

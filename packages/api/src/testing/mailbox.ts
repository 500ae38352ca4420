import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** The connections of the server that is open. */
let connections: Socket[] = [];
/** Cuts them, as a network does. */
export const cutAll = (): void => connections.forEach((socket) => socket.destroy());

/** A real mail server, and what it was given. */
export interface Mailbox {
  readonly port: number;
  readonly received: readonly ParsedMail[];
  close(): Promise<void>;
}

async function openMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const received: ParsedMail[] = [];
  const keep = async (stream: Readable, done: (error?: Error) => void): Promise<void> => {
    received.push(await simpleParser(stream));
    done();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'sender' && password === 'right' ? done(null, { user: username }) : done(new Error('Invalid username or password')),
    onData: (stream, _session, done) => void keep(stream, done),
    ...options,
  });
  server.on('error', () => undefined); // what clients do wrong is told to them
  connections = [];
  server.server.on('connection', (socket) => connections.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, received, close }; // it listens on TCP
}

/** Mailboxes of a suite, of which each is closed after its test. */
export class Mailboxes {
  readonly #open: Mailbox[] = [];

  async open(options?: SMTPServerOptions): Promise<Mailbox> {
    const mailbox = await openMailbox(options);
    this.#open.push(mailbox);
    return mailbox;
  }

  async closeAll(): Promise<void> {
    for (const mailbox of this.#open.splice(0)) await mailbox.close();
  }
}

/** What a server refuses with. */
export const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/** A mail as `mails` and `testMail` show it, by `SENT_MAIL_FIELDS`. */
export interface SentMail {
  readonly id: string;
  readonly state: string;
  readonly problem: string | null;
  readonly text: string;
  readonly attempts: number;
}
export const SENT_MAIL_FIELDS = 'mail { id state problem answer toAddress subject text attempts }';

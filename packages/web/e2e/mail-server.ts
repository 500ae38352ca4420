import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect } from '@playwright/test';
import type { ApiUser } from './api-user.ts';

export interface MailServer {
  readonly port: number;
  /** As they came over the wire. */
  readonly mails: readonly string[];
  readonly server: Server;
}

/** A mail server that takes everything but a wrong password: what it is told it keeps. */
export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let mail: string | null = null;
    socket.write('220 mail.example ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (mail !== null && line !== '.') mail += `${line}\n`;
        else if (mail !== null) {
          mails.push(mail);
          mail = null;
          socket.write('250 kept\r\n');
        } else if (line.startsWith('EHLO')) socket.write('250-mail.example\r\n250 AUTH PLAIN\r\n');
        else if (line.startsWith('AUTH')) socket.write(line.includes(RIGHT) ? '235 welcome\r\n' : '535 Authentication failed\r\n');
        else if (line === 'DATA') {
          mail = '';
          socket.write('354 go on\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: address !== null && typeof address !== 'string' ? address.port : 0, mails, server };
}
const RIGHT = Buffer.from('\0sender\0right').toString('base64');

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

/** The link of a kind in the newest mail to somebody, once it came. @param path how its path begins, for example `/invitation/` */
export async function linkMailedTo({ mails }: MailServer, address: string, path: string): Promise<string> {
  const find = (): string | null => {
    // Lines of a mail are broken with an equals sign, and its own is written out.
    const own = mails
      .filter((mail) => mail.includes(`To: `) && new RegExp(`^To:.*${address}`, 'm').test(mail))
      .map((mail) => mail.replaceAll('=\n', '').replaceAll('=3D', '='));
    const links = own.flatMap((mail) => new RegExp(`https?://\\S*${path}[\\w-]{43}`).exec(mail)?.[0] ?? []);
    return links.at(-1) ?? null;
  };
  await expect.poll(find, { message: `a mail to ${address} with a link to ${path}`, timeout: 20_000 }).not.toBeNull();
  return find() ?? '';
}

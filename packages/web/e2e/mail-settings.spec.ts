import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { expect, test } from './journey.ts';

/** A mail server that takes everything but a wrong password: what it is told it keeps. */
async function openMailServer(): Promise<{ readonly port: number; readonly mails: readonly string[]; readonly server: Server }> {
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

test.afterEach(async ({ adminApi }) => {
  const names = ['smtpHost', 'smtpPort', 'smtpSecurity', 'smtpUser', 'smtpPassword', 'mailFrom'];
  await adminApi.run('updateSettings', Object.fromEntries(names.map((name) => [name, null])), 'settings { lockVersion }');
});

test('a mail server is tried out with what is typed, its fault is told in words, and the log has every mail', async ({
  page,
  asAdmin,
  expectAccessible,
}) => {
  const { port, mails, server } = await openMailServer();
  await asAdmin('/admin/settings/mail');
  await page.getByLabel('SMTP server').fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(port));
  await page.getByLabel('Encryption').selectOption('None');
  await page.getByLabel('User', { exact: true }).fill('sender');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByLabel('From', { exact: true }).fill('releases@aurora.example');
  await page.getByLabel('To', { exact: true }).fill('it@sparrow.example');
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText('The server refuses user and password', { exact: false })).toBeVisible();
  await expectAccessible();

  await page.getByLabel('Password', { exact: true }).fill('right');
  await expect(page.getByText('The values were changed since: send another test.')).toBeVisible();
  await page.getByRole('button', { name: 'Send another test' }).click();
  await expect(page.getByText('Sent to it@sparrow.example.', { exact: false })).toBeVisible();
  expect(mails).toHaveLength(1);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('••••••••');

  await page.goto('/admin/logs/mail');
  const lines = page.getByRole('listitem').filter({ hasText: 'Test mail from' });
  await expect(lines).toHaveCount(2);
  await lines.filter({ hasText: 'was refused' }).getByRole('button').click();
  await expectAccessible();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => mails.length).toBe(2);
  await expect(lines.filter({ hasText: 'was refused' })).toHaveCount(0);
  server.close();
});

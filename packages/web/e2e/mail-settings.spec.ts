import { expect, test } from './journey.ts';
import { forgetMailServer, openMailServer } from './mail-server.ts';

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('a mail server is tried out with what is typed, its fault is told in words, and the log has every mail', async ({
  page,
  asAdmin,
  expectAccessible,
}) => {
  const { port, mails, close } = await openMailServer();
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
  await close();
});

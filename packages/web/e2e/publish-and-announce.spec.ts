import { expect, test } from './journey.ts';
import { forgetMailServer, mailsAbout, receiveMail } from './mail-server.ts';
import { enterKey, makeDraft, makeLicenseKey, makeProduct } from './prepared.ts';

const BYTES = Buffer.from('bytes that are announced '.repeat(1_000));

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('a release is published and announced, and exactly those who may have it hear of it, by mail and in the portal', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const server = await receiveMail(adminApi);
  const made = await makeProduct(adminApi);
  const draft = await makeDraft(adminApi, product.baseUrl, { productId: made.id, version: '2.0.0', bytes: BYTES });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await makeLicenseKey(adminApi, { productId: made.id, updatesUntil: '2020-01-01' });

  await asAdmin(`/admin/downloadables/${draft.id}`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const toast = page.getByText(/is published\.$/);
  await expect(dialog.or(toast).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Announce it next').check();
    await dialog.getByRole('button', { name: /^Publish/ }).click();
  } else await page.getByRole('button', { name: 'Announce', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Announce ${made.name} 2.0.0` })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send to 1 person…' })).toBeVisible();
  await expect(page.getByText(/is ready for you\./).last()).toBeVisible();
  await expectAccessible();

  await page.getByRole('checkbox', { name: /Updates ended/ }).check();
  await expect(page.getByRole('button', { name: 'Send to 2 people…' })).toBeVisible();
  await page.getByLabel('Subject').fill('News of {prodct}');
  await expect(page.getByText(/\{prodct\} at position 9 is no placeholder here/)).toBeVisible();
  await page.getByLabel('Subject').fill('{product} {version} is here');
  await page.getByRole('button', { name: 'Send to 2 people…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();

  await expect(page.getByRole('heading', { name: `Announcement of ${made.name} 2.0.0` })).toBeVisible();
  await expect(page.getByText('2 of 2')).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(
      () =>
        mailsAbout(server, made.name)
          .map(({ subject = '' }) => subject)
          .toSorted((a, b) => a.localeCompare(b)),
      { timeout: 30_000 },
    )
    .toEqual([`${made.name} 2.0.0 is here`, `${made.name} 2.0.0 is out: renew to get it`]);
  await expect(page.getByRole('list', { name: 'Recipients' }).getByText('Sent', { exact: true })).toHaveCount(2);
  await expectAccessible();
  const mail = server.mails.find(({ subject }) => subject?.endsWith('is here'));
  expect(mail?.html).toContain('<strong>Linux</strong>');
  const link = /https?:\/\/\S+\/portal\/downloads\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  await server.close();

  await enterKey(page, key);
  await page.getByRole('link', { name: 'Notices, 1 unread' }).click();
  await page.getByRole('button', { name: new RegExp(`${made.name} 2.0.0 is here`) }).click();
  await expect(page.getByText('Faster on Linux')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Notices', exact: true })).toBeVisible();
  await expectAccessible();
  await page.goto(link);
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
});

import { expect, test } from './journey.ts';
import { forgetMailServer, mailsAbout, receiveMail } from './mail-server.ts';
import { fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('bytes that are recalled '.repeat(1_000));

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('a recall reaches exactly those who downloaded the release, and they confirm by the link of the mail', async ({
  page,
  product,
  adminApi,
  asAdmin,
  browser,
  expectAccessible,
}) => {
  const server = await receiveMail(adminApi);
  const made = await makeProduct(adminApi);
  const bad = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.3.1', bytes: BYTES });
  const fixed = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.3.2', bytes: BYTES });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await makeLicenseKey(adminApi, { productId: made.id });
  await fetchByKey(product.baseUrl, bad.asset, key);
  const withdrawal = { id: bad.id, reason: 'It has a security fault.', severity: 'SECURITY', replacementId: fixed.id };
  await adminApi.run('withdrawDownloadable', withdrawal, 'downloadable { id }');

  await asAdmin(`/admin/downloadables/${bad.id}`);
  await page.getByRole('link', { name: 'Recall', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Recall ${made.name} 2.3.1` })).toBeVisible();
  await expect(page.getByText('Downloaded 2.3.1')).toBeVisible();
  await page.getByRole('button', { name: 'Find a customer' }).click();
  await page.getByRole('dialog').getByLabel('License', { exact: true }).fill(key.slice(-4));
  await page
    .getByRole('list', { name: 'Licenses found' })
    .getByRole('button', { name: new RegExp(key.slice(-4)) })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Preview as' })).toHaveValue(/./);
  await expectAccessible();
  await page.getByRole('button', { name: 'Send to 1 person…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('1 of 1')).toBeVisible({ timeout: 30_000 });
  await expect(
    page.getByRole('list', { name: 'Recipients' }).getByText(new RegExp(`License …${key.slice(-4)} · ${bad.asset.fileName}`)),
  ).toBeVisible();
  await expect.poll(() => mailsAbout(server, made.name).length, { timeout: 30_000 }).toBe(1);
  const text = mailsAbout(server, made.name)[0]?.text ?? '';
  expect(text).toContain('It has a security fault.');
  expect(text).toContain('/2.3.2');
  const link = /https?:\/\/\S+\/recall\/\S+/.exec(text)?.[0] ?? '';
  await server.close();

  const reader = await (await browser.newContext()).newPage();
  await reader.goto(link);
  await expect(reader.getByRole('heading', { name: `Please replace ${made.name} 2.3.1` })).toBeVisible();
  await expectAccessible(reader);
  await expect(page.getByText(/confirmed on/)).toHaveCount(0);
  await reader.getByRole('button', { name: 'I have replaced it' }).click();
  await expect(reader.getByText('Thank you: it is noted that you replaced it.')).toBeVisible();
  await reader.context().close();

  await page.reload();
  await page.getByRole('button', { name: 'Confirmed', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Recipients' }).getByText(/confirmed on/)).toBeVisible();
  const csv = await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '');
  expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(2);
});

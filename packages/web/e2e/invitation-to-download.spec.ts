import { expect, test } from './journey.ts';
import { forgetMailServer, linkMailedTo, receiveMail } from './mail-server.ts';
import { makeProduct, makeRelease } from './prepared.ts';

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('a customer who is invited by mail downloads in at most four steps, and the link works once', async ({
  page,
  product,
  adminApi,
  asAdmin,
  browser,
  expectAccessible,
}) => {
  const mail = await receiveMail(adminApi);
  const email = `ada-${Date.now()}@lark.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>('createCustomer', { name: 'Ada Lark', email }, 'customer { id }');
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('a release') });
  await adminApi.run('createLicense', { customerId: customer.id, productId: made.id }, 'license { id }');

  await asAdmin('/admin/customers');
  await page.getByRole('checkbox', { name: 'Select Ada Lark' }).first().check();
  await expectAccessible();
  await page.getByRole('group', { name: 'Selected customers' }).getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText('1 customer invited.')).toBeVisible();
  const link = await linkMailedTo(mail, email, '/invitation/');

  const desk = await browser.newContext({ baseURL: product.baseUrl, viewport: { width: 1440, height: 900 } });
  const ada = await desk.newPage();
  await ada.goto(link); // one: the link in the mail
  await expect(ada.getByRole('heading', { name: 'Your downloads are ready' })).toBeVisible();
  await expectAccessible(ada);
  await ada.getByRole('button', { name: 'Continue without a password' }).click(); // two
  await ada.waitForURL(/\/portal/);
  const download = ada.waitForEvent('download');
  await ada
    .getByRole('link', { name: /^Download for/ })
    .first()
    .click(); // three
  expect((await download).suggestedFilename()).not.toBe('');
  await desk.close();

  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByText('This invitation was accepted already: sign in with your account.')).toBeVisible();
  await expectAccessible();
  await mail.close();
});

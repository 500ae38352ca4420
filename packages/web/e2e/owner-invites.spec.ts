import { expect, test } from './journey.ts';
import { forgetMailServer, linkMailedTo, receiveMail } from './mail-server.ts';
import { makeProduct, makeRelease } from './prepared.ts';

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('an owner invites a member, who downloads and sees no key, becomes an owner, and is removed', async ({
  page,
  adminApi,
  product,
  browser,
  signIn,
  expectAccessible,
}) => {
  const mail = await receiveMail(adminApi);
  const stamp = Date.now();
  const [email, memberEmail] = [`cy-${stamp}@heron.example`, `di-${stamp}@heron.example`];
  const { customer } = await adminApi.run<{ customer: { id: string } }>(
    'createCustomer',
    { name: 'Cy Heron', email, company: 'Heron' },
    'customer { id }',
  );
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('a release') });
  await adminApi.run('createLicense', { customerId: customer.id, productId: made.id }, 'license { id }');
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>(
    'createUser',
    { name: 'Cy Heron', email, role: 'CUSTOMER', customerId: customer.id },
    'initialPassword',
  );
  await signIn(email, initialPassword);
  await page.goto('/portal/account');
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: 'Licenses and people' }).click();
  await page.getByRole('button', { name: 'Invite someone' }).click();
  await page.getByLabel('E-mail address').fill(memberEmail);
  await page.getByLabel('Name', { exact: true }).fill('Di Heron');
  await expectAccessible();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(`${memberEmail} is invited.`)).toBeVisible();
  const people = page.getByRole('list', { name: 'People' });
  await expect(people.getByRole('listitem').filter({ hasText: memberEmail })).toContainText('Invited on');

  const desk = await browser.newContext({ baseURL: product.baseUrl });
  const di = await desk.newPage();
  await di.goto(await linkMailedTo(mail, memberEmail, '/invitation/'));
  await expect(di.getByText('Cy Heron invites you to download the software that Heron has', { exact: false })).toBeVisible();
  await di.getByLabel('Password').fill('tin whistle 40 oranges');
  await di.getByRole('button', { name: 'Open my downloads' }).click();
  await di.waitForURL(/\/portal/);
  await di.getByRole('link', { name: 'Licenses' }).click();
  await expect(di.getByText('Without end')).toBeVisible();
  await expect(di.getByRole('button', { name: /Show key/ })).toHaveCount(0);
  await expect(di.getByRole('heading', { name: 'People' })).toHaveCount(0);

  await page.reload();
  await page.getByRole('button', { name: 'Actions for Cy Heron' }).click();
  await page.getByRole('menuitem', { name: 'Make a member' }).click();
  await expect(page.getByText('This is the last owner: make somebody else an owner first.')).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Di Heron' }).click();
  await page.getByRole('menuitem', { name: 'Make an owner' }).click();
  await expect(people.getByRole('listitem').filter({ hasText: memberEmail })).toContainText('Owner');
  await page.getByRole('button', { name: 'Actions for Di Heron' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await expectAccessible();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(people.getByRole('listitem').filter({ hasText: memberEmail })).toHaveCount(0);
  await di.reload();
  await expect(di.getByRole('heading', { name: 'Sign in to see your licenses' })).toBeVisible();
  await desk.close();
  await mail.close();
});

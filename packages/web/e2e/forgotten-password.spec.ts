import { expect, test } from './journey.ts';
import { forgetMailServer, linkMailedTo, receiveMail } from './mail-server.ts';

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('who forgot the password comes in by mail, chooses another one, and ends the sessions elsewhere', async ({
  page,
  adminApi,
  product,
  browser,
  signIn,
  expectAccessible,
}) => {
  const mail = await receiveMail(adminApi);
  const email = `bo-${Date.now()}@lark.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>('createCustomer', { name: 'Bo Lark', email }, 'customer { id }');
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>(
    'createUser',
    { name: 'Bo Lark', email, role: 'CUSTOMER', customerId: customer.id },
    'initialPassword',
  );
  const desk = await browser.newContext({ baseURL: product.baseUrl });
  const elsewhere = await desk.newPage();
  await elsewhere.goto('/login');
  await elsewhere.getByLabel('Email').fill(email);
  await elsewhere.getByLabel('Password').fill(initialPassword);
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.waitForURL(/\/portal/);

  await page.goto('/login');
  await page.getByRole('button', { name: 'Forgot password?' }).click();
  await page.getByLabel('Email').fill('nobody');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/.+/);
  await page.getByLabel('Email').fill(email);
  await expectAccessible();
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`If there is an account for ${email}, a link is on its way.`)).toBeVisible();
  await page.goto(await linkMailedTo(mail, email, '/reset/'));
  await page.getByLabel('New password').fill('sunshine');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(page.getByText(/one of the first that others would try/)).toBeVisible();
  await expectAccessible();
  await page.getByLabel('New password').fill('tin whistle 40 oranges');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.waitForURL(/\/portal/);
  await elsewhere.goto('/portal/account');
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to see your account' })).toBeVisible();
  await desk.close();

  await page.context().clearCookies();
  await signIn(email, 'tin whistle 40 oranges');
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByRole('button', { name: 'Email me a link' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  const link = await linkMailedTo(mail, email, '/sign-in/');
  await page.goto(link);
  await expectAccessible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/portal/);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This link was used already: sign in, or ask for a new one.')).toBeVisible();
  await mail.close();
});

import { test, expect } from './journey.ts';
import { makeDraft, makeProduct } from './prepared.ts';

test('an administrator adds somebody to the staff, who signs in, changes the password and is disabled at once', async ({
  page,
  browser,
  product,
  asAdmin,
  expectAccessible,
}) => {
  const email = `pat-${Date.now()}@vendor.example`;
  await asAdmin('/admin/downloadables');
  await page.getByRole('link', { name: 'Staff' }).click();
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Pat Publisher');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('radio', { name: 'Publisher' }).check();
  await expectAccessible();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  const password = 'seven lanterns 12 rivers';
  const link = (await page.getByRole('textbox', { name: 'Invitation link' }).textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });

  const desk = await browser.newContext({ baseURL: product.baseUrl, viewport: { width: 1440, height: 900 } });
  const pat = await desk.newPage();
  const enter = async (secret: string): Promise<void> => {
    await pat.goto('/login');
    await pat.getByLabel('Email').fill(email);
    await pat.getByLabel('Password').fill(secret);
    await pat.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await pat.goto(link);
  await pat.getByLabel('Password').fill(password);
  await pat.getByRole('button', { name: 'Create my account' }).click();
  await pat.waitForURL(/\/admin/);
  await expect(pat.getByRole('link', { name: 'Customers' })).toHaveCount(0);
  await pat.getByRole('button', { name: 'Account' }).click();
  await pat.getByRole('menuitem', { name: 'Change password' }).click();
  await pat.getByLabel('Current password').fill(password);
  await pat.getByLabel('New password', { exact: true }).fill('sunshine');
  await pat.getByLabel('New password again').fill('sunshine');
  await pat.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
  await expect(pat.getByText(/one of the first that others would try/)).toBeVisible();
  await pat.getByLabel('New password', { exact: true }).fill('tin whistle 40 oranges');
  await pat.getByLabel('New password again').fill('tin whistle 40 oranges');
  await pat.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
  await expect(pat.getByText('Your password is changed.', { exact: false })).toBeVisible();

  await page.reload();
  await page.getByRole('button', { name: 'Actions for Pat Publisher' }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('Disabled', { exact: true })).toBeVisible();
  await pat.goto('/admin/products');
  await expect(pat).toHaveURL(/\/login/);
  await enter('tin whistle 40 oranges');
  await expect(pat.getByText('No account has this e-mail address and password: check both', { exact: false })).toBeVisible();
  await desk.close();

  // The administrator cannot lock everybody out.
  await page.getByRole('button', { name: 'Actions for Administrator' }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('This is the last administrator who can sign in: make', { exact: false })).toBeVisible();
});

test('a publisher who is limited to a product publishes it, does not see another, and loses it at once', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const [mine, other] = [await makeProduct(adminApi), await makeProduct(adminApi)];
  const bytes = Buffer.from('a release');
  const draft = await makeDraft(adminApi, product.baseUrl, { productId: mine.id, version: '1.0.0', bytes });
  const hidden = await makeDraft(adminApi, product.baseUrl, { productId: other.id, version: '7.7.7', bytes });
  const email = `lim-${Date.now()}@vendor.example`;
  await asAdmin('/admin/staff?new=1');
  await page.getByLabel('Name', { exact: true }).fill('Lim Publisher');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('radio', { name: 'Administrator' }).check();
  await expect(page.getByRole('group', { name: /Limit to products/ })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Publisher' }).check();
  await page.getByRole('checkbox', { name: mine.name }).check();
  await expect(page.getByRole('button', { name: `Remove ${mine.name}` })).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  const password = 'seven lanterns 12 rivers';
  const link = (await page.getByRole('textbox', { name: 'Invitation link' }).textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Done' }).click();

  const desk = await browser.newContext({ baseURL: product.baseUrl, viewport: { width: 1440, height: 900 } });
  const lim = await desk.newPage();
  await lim.goto(link);
  await lim.getByLabel('Password').fill(password);
  await lim.getByRole('button', { name: 'Create my account' }).click();
  await expect(lim.getByRole('link', { name: '1.0.0', exact: true })).toBeVisible();
  await expect(lim.getByText('7.7.7')).toHaveCount(0);
  await lim.goto('/admin/products');
  await expect(lim.getByRole('heading', { name: mine.name })).toBeVisible();
  await expect(lim.getByRole('heading', { level: 2 })).toHaveCount(1);
  await expect(lim.getByRole('button', { name: 'New product' })).toHaveCount(0);
  await lim.goto('/admin');
  await expect(lim.getByText('waiting to be published')).toBeVisible();
  await expect(lim.getByRole('heading', { name: /^Needs attention/ })).toHaveCount(0);
  await lim.goto('/admin/customers');
  await expect(lim.getByRole('heading', { name: 'You have no access to Customers' })).toBeVisible();
  await lim.goto(`/admin/downloadables/${hidden.id}`);
  await expect(lim.getByRole('heading', { name: 'This downloadable does not exist' })).toBeVisible();

  await lim.goto(`/admin/downloadables/${draft.id}`);
  await lim.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(lim.getByText('Published', { exact: true }).first()).toBeVisible();

  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText(mine.name);
  await page.getByRole('button', { name: 'Actions for Lim Publisher' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('button', { name: `Remove ${mine.name}` }).click();
  await page.getByRole('checkbox', { name: other.name }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText(other.name);
  await lim.goto('/admin/downloadables');
  await expect(lim.getByRole('link', { name: '7.7.7', exact: true })).toBeVisible();
  await expect(lim.getByText('1.0.0')).toHaveCount(0);
  await desk.close();
});

test('an API token is shown once, and its next request after revoking is refused', async ({ page, product, asAdmin, expectAccessible }) => {
  await asAdmin('/admin/downloadables');
  await page.getByRole('link', { name: 'API tokens' }).click();
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('release pipeline');
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByText('Choose at least one thing')).toBeVisible();
  await expectAccessible();
  await page.getByRole('checkbox', { name: /See every release/ }).check();
  await page.getByRole('button', { name: 'Create token' }).click();
  const token = (await page.getByRole('textbox', { name: 'API token', exact: true }).textContent())?.trim() ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  await expectAccessible();
  const ask = async (): Promise<number> =>
    (
      await fetch(`${product.baseUrl}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { permissions } }' }),
      })
    ).status;
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'Revoke release pipeline' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Revoked', { exact: true })).toBeVisible();
  expect(await ask()).toBe(401);
});

import { checkAccessibility } from './accessibility.ts';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

/** Journeys of one worker share a product. */
test.afterEach(async ({ adminApi }) => {
  const defaults = { vendorName: null, supportEmail: null, renewalUrl: null, shareLinkDays: null, downloadUrlSeconds: null };
  await adminApi.run('updateSettings', defaults, 'settings { lockVersion }');
});

test('an admin names the vendor and gives help, and a customer who is refused gets it at once', async ({
  page,
  product,
  adminApi,
  asAdmin,
  signIn,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const email = `expired-${Date.now()}@customer.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>('createCustomer', { name: 'A buyer', email }, 'customer { id }');
  const ended = { customerId: customer.id, productId: made.id, expiresAt: '2026-01-31T12:00:00Z' };
  const { license } = await adminApi.run<{ license: { id: string } }>('createLicense', ended, 'license { id }');
  const account = { name: 'A buyer', email, role: 'CUSTOMER', customerId: customer.id };
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>('createUser', account, 'initialPassword');

  await asAdmin('/admin/settings');
  await page.getByLabel('Vendor name').fill('Comet Works');
  await page.getByLabel('Support e-mail').fill('help at comet');
  await page.getByLabel('Renewal page').fill('https://comet.example/renew?license={license}');
  await expect(page.getByText('3 changes not saved')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Support e-mail')).toBeFocused();
  await expect(page.getByText('"help at comet" is not an e-mail address', { exact: false })).toBeVisible();
  await page.getByLabel('Support e-mail').fill('help@comet.example');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();

  await page.context().clearCookies();
  await signIn(email, initialPassword);
  await page.goto(`/portal/downloads?product=${made.slug}`);
  await expect(page.getByText('Comet Works downloads')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Renew' })).toHaveAttribute('href', `https://comet.example/renew?license=${license.id}`);
  await expect(page.getByRole('link', { name: 'Write to help@comet.example' })).toBeVisible();
  await checkAccessibility(page);
});

test('what two admins change at once is lost to neither, and unsaved changes are asked about', async ({ page, adminApi, asAdmin }) => {
  await asAdmin('/admin/settings/limits');
  await page.getByLabel('Life of a signed URL').fill('7200');
  await expect(page.getByText('Whoever gets hold of a signed URL can download with it for that long.')).toBeVisible();
  await checkAccessibility(page);
  await adminApi.run('updateSettings', { shareLinkDays: 30, downloadUrlSeconds: 600 }, 'settings { lockVersion }');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody else saved settings meanwhile.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Maximum life of a share link')).toHaveValue('30');
  await expect(page.getByLabel('Life of a signed URL')).toHaveValue('7200');
  await expect(page.getByText('Somebody else saved “600” here meanwhile.', { exact: false })).toBeVisible();

  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByLabel('Staff idle time')).toHaveValue('30');
  await expect(page.getByText('1 change not saved')).toBeVisible();
  await page.getByRole('link', { name: 'Products' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await page.getByRole('link', { name: 'Products' }).click();
  await expect(page.getByRole('heading', { name: 'Products', exact: true })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { checkAccessibility } from './accessibility.ts';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

/** A PNG of 40 by 20 pixels. */
const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAYAAAD/Rn+7AAAARklEQVR4AezSIQ4AMAgEwQbbl2L4vwPDD9YgtkmDuoQMF7+yL/63L3aeHS5IT6OgglSA5u2gglSA5u2gglSA5u2gglSA5gcAAP//QvDWtwAAAAZJREFUAwDLI0eP7xq9owAAAABJRU5ErkJggg==';
/** What yellow becomes on light and on dark pages. */
const DARKENED = '#836b00';

/** The accent of a page on light ground. */
async function accentOf(page: Page): Promise<string> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  return page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
}

/** Drops a file on the page, as from the desktop. */
async function dropFile(page: Page, name: string, base64: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], fileName));
      return transfer;
    },
    [name, base64] as const,
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: files });
}

/** Journeys of one worker share a product. */
test.afterEach(async ({ adminApi }) => {
  const defaults = {
    logo: null,
    accentColor: null,
    vendorName: null,
    supportEmail: null,
    renewalUrl: null,
    shareLinkDays: null,
    downloadUrlSeconds: null,
  };
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
  await expect(page.getByRole('banner').getByText('Comet Works')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Renew' })).toHaveAttribute('href', `https://comet.example/renew?license=${license.id}`);
  await expect(page.getByRole('link', { name: 'Ask Comet Works' })).toHaveAttribute('href', /^mailto:help@comet\.example\?subject=/);
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

test('an admin gives the portal a logo and a color, and customers see both from the first moment on', async ({
  page,
  product,
  adminApi,
  asAdmin,
}) => {
  await asAdmin('/admin/settings');
  await page.getByLabel('Vendor name').fill('Comet Works');
  const logo = page.getByLabel('Logo', { exact: true });
  await logo.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
  await expect(page.getByText('An SVG can carry scripts', { exact: false })).toBeVisible();
  await dropFile(page, 'logo.txt', LOGO);
  await expect(page.getByText('An SVG can carry scripts', { exact: false })).toBeHidden();
  await page.getByLabel('Accent color', { exact: true }).fill('#FFD400');
  await expect(page.getByText(`On light pages darkened to ${DARKENED}, so that it can be read.`)).toBeVisible();
  await expect(page.getByText(`Light: darkened to ${DARKENED}, text on the button 5.1 : 1`, { exact: false })).toBeVisible();
  await expect(page.getByText('3 changes not saved')).toBeVisible();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await expect(page.getByLabel('Accent color', { exact: true })).toHaveValue('#ffd400');
  expect(await accentOf(page), 'the console keeps its own').toBe('#3a4fd8');
  await checkAccessibility(page);

  // Nothing of the app runs here: what is seen is what the browser paints first.
  await page.context().clearCookies();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('/portal/downloads');
  expect(await accentOf(page)).toBe(DARKENED);
  const first = await page.locator('[data-mark="first"]').evaluate((mark) => {
    const { width, height, backgroundImage } = getComputedStyle(mark, '::before');
    return [width, height, backgroundImage.includes('/vendor/logo/')];
  });
  expect(first).toEqual(['56px', '28px', true]);
  await page.unroute('**/assets/*.js');

  const mark = page.getByRole('img', { name: 'Comet Works' });
  const expectBrand = async (): Promise<void> => {
    await expect(mark).toBeVisible();
    expect(await mark.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.width, image.height])).toEqual([40, 56, 28]);
    expect(await accentOf(page)).toBe(DARKENED);
    await checkAccessibility(page);
  };
  await page.goto('/portal/downloads');
  await expectBrand();
  await page.goto('/login');
  await expectBrand();
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const shared = await adminApi.run<{ shareLink: { url: string } }>('createShareLink', { downloadableId: release.id }, 'shareLink { url }');
  await page.goto(new URL(shared.shareLink.url).pathname);
  await expectBrand();
  await asAdmin('/portal/downloads');
  await expectBrand();

  await page.goto('/admin/settings');
  await page
    .getByRole('link', { name: /^Changed by .+ on / })
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin\/logs\?q=/);
  await expect(
    page
      .getByText('accentColor', { exact: false })
      .or(page.getByText('settings', { exact: false }))
      .first(),
  ).toBeVisible();
  await page.goto('/admin/settings');
  await page.getByRole('button', { name: 'Remove the logo' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await page.goto('/portal/downloads');
  await expect(page.getByRole('banner').getByText('Comet Works')).toBeVisible();
  await expect(mark).toBeHidden();
});

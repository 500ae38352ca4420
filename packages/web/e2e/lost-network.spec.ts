import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease, type PreparedProduct } from './prepared.ts';

/** Code that comes later than the page: a hint, a menu, the palette, a dialog, a tab, another page. */
const LATER = /\/assets\/(?:HintContent|ActionMenuContent|CommandPalette|CopyDialog|DownloadableHistory|CustomersPage)-/;

/** Takes later code away. @returns brings it back */
async function takeAway(page: Page, status: 404 | 'offline'): Promise<() => void> {
  let isGone = true;
  await page.route(LATER, (route) => {
    if (!isGone) return route.continue();
    return status === 404 ? route.fulfill({ status: 404, body: '{}' }) : route.abort();
  });
  return () => (isGone = false);
}

/** Begins an upload that never ends: none of its bytes get through. */
async function beginUpload(page: Page, product: PreparedProduct, path: string): Promise<Locator> {
  await writeFile(path, 'bytes that stay on their way');
  await page.route(/./, (route) => (route.request().method() === 'PUT' ? undefined : route.fallback()));
  await page.getByRole('button', { name: 'Upload downloadable' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Product').selectOption({ label: product.name });
  await form.getByRole('textbox', { name: 'Version' }).fill('9.0.0');
  await form.locator('input[type=file]').setInputFiles(path);
  await form.getByRole('button', { name: 'Save' }).click();
  const dock = page.getByRole('region', { name: 'Uploads' });
  await expect(dock).toBeVisible();
  await expect(form).toHaveCount(0);
  return dock;
}

test('code that does not come never takes the page or a running upload away', async ({ page, product, adminApi, signIn }, info) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const bringBack = await takeAway(page, 'offline');
  await signIn(product.admin.email, product.admin.password);
  const dock = await beginUpload(page, made, info.outputPath('comet-9.0.0-linux-x64.tar.gz'));
  const row = page.getByRole('row', { name: `Select ${made.name} 1.0.0` });
  const expectWhole = async (): Promise<void> => {
    await expect(row).toBeVisible();
    await expect(dock).toBeVisible();
    await expect(page.getByText('This page broke')).toHaveCount(0);
  };

  // A hint is silent.
  await row.getByRole('button', { name: '1 file' }).hover();
  await expect(row.getByRole('button', { name: '1 file' })).toHaveAttribute('aria-description', /Linux/);
  // A menu says it at its place.
  await row.getByRole('button', { name: /Actions/ }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'The menu could not be loaded' });
  await expect(refusal).toBeVisible();
  await expectWhole();
  await page.keyboard.press('Escape');
  await expect(refusal).toHaveCount(0);
  // A dialog offers another try.
  await page.keyboard.press('ControlOrMeta+K');
  const failed = page.getByRole('dialog', { name: 'This could not be loaded' });
  await expect(failed).toBeVisible();
  await failed.getByRole('button', { name: 'Close' }).click();
  await expect(failed).toHaveCount(0);
  // Another page is not gone to.
  await page.getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByText('That page could not be loaded. Check your connection.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/admin/downloadables');
  await expectWhole();

  bringBack();
  await row.getByRole('button', { name: /Actions/ }).click();
  await refusal.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible();
  await expect(dock).toBeVisible();
});

test('an upgrade under an open tab is told, and reloads nothing by itself while a file is on its way', async ({
  page,
  product,
  adminApi,
  signIn,
}, info) => {
  const made = await makeProduct(adminApi);
  await takeAway(page, 404);
  await signIn(product.admin.email, product.admin.password);
  const dock = await beginUpload(page, made, info.outputPath('comet-9.0.0-linux-x64.tar.gz'));
  const now = await (await fetch(product.baseUrl)).text();
  await page.route(product.baseUrl + '/', (route) =>
    route.fulfill({ contentType: 'text/html', body: now.replace(/index-[\w-]+\.js/, 'index-another.js') }),
  );
  await page.getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByText('That page could not be loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('A new version of Slipway is here.')).toBeVisible();
  await expect(dock).toBeVisible();
  const asked: string[] = [];
  page.once('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('A new version of Slipway is here.')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Downloadables', level: 1 })).toBeVisible();
  expect(asked).toEqual(['beforeunload']);
});

test('without a network the rows stay, are told to be old, and are fetched again when it is back', async ({
  page,
  context,
  product,
  adminApi,
  signIn,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  await signIn(product.admin.email, product.admin.password);
  const row = page.getByRole('row', { name: new RegExp(`${made.name} `) });
  await expect(row).toHaveCount(1);
  const old = page.getByText('what you see may be out of date', { exact: false });
  await context.setOffline(true);
  await expect(old).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row).toHaveCount(1);
  await expectAccessible();
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.1.0', bytes: Buffer.from('more') });
  await context.setOffline(false);
  await expect(row).toHaveCount(2);
  await expect(old).toHaveCount(0);

  // A server that is down for a moment, though the network is there.
  let isDown = true;
  await page.route('/graphql', (route) => (isDown ? route.fulfill({ status: 502, body: 'Bad gateway' }) : route.continue()));
  await page.getByRole('link', { name: 'Products' }).click();
  await expect(page.getByRole('heading', { name: 'Products', level: 1 })).toBeVisible();
  await page.goBack();
  await expect(old).toBeVisible();
  await expect(row).toHaveCount(2);
  isDown = false;
  await expect(old).toHaveCount(0);
});

test('an address that leads nowhere keeps the navigation', async ({ page, product, signIn, expectAccessible }) => {
  await page.goto('/portal/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: /downloads/i })).toBeVisible();
  await signIn(product.admin.email, product.admin.password);
  await page.goto('/admin/nowhere/at/all');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Console pages' })).toBeVisible();
  await expectAccessible();
});

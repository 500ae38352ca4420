import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { ApiUser } from './api-user.ts';
import { test, expect } from './journey.ts';

const DAY_MS = 86_400_000;
const LINUX = Buffer.from('the installer for linux '.repeat(2_000));

interface Vendor {
  readonly slug: string;
  readonly productName: string;
  readonly permalink: string;
  readonly support: { readonly email: string; readonly password: string };
}

/** A LICENSED product with a published release and a draft, and somebody in support. */
async function prepare(api: ApiUser, baseUrl: string): Promise<Vendor> {
  const slug = `nova-${Date.now()}`;
  const productName = `Nova ${slug}`;
  const { product } = await api.run<{ product: { id: string } }>('createProduct', { name: productName, slug }, 'product { id }');
  const release = async (version: string): Promise<string> => {
    const input = { productId: product.id, version, changelog: '- Faster' };
    return (await api.run<{ downloadable: { id: string } }>('createDownloadable', input, 'downloadable { id }')).downloadable.id;
  };
  const published = await release('3.1.0');
  await release('4.0.0');
  const { token } = await api.run<{ token: string }>(
    'createApiToken',
    { name: 'ci', scopes: ['release:read', 'release:write'], expiresAt: new Date(Date.now() + DAY_MS).toISOString() },
    'token',
  );
  const fileName = 'nova-3.1.0-linux-x64.tar.gz';
  const response = await fetch(`${baseUrl}/api/v1/downloadables/${published}/files/${fileName}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(LINUX),
  });
  const asset = (await response.json()) as { id: string };
  await api.run('publishDownloadable', { id: published }, 'downloadable { status }');
  const email = `support-${Date.now()}@vendor.example`;
  const { initialPassword } = await api.run<{ initialPassword: string }>(
    'createUser',
    { email, name: 'Sam Support', role: 'SUPPORT' },
    'initialPassword',
  );
  return { slug, productName, permalink: `/d/${asset.id}/${fileName}`, support: { email, password: initialPassword } };
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Actions for the license of/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('support gives a customer a license, watches it work, stops it, brings it back and extends it', async ({
  page,
  browser,
  product,
  adminApi,
  signIn,
  expectAccessible,
}) => {
  test.slow(); // many pages, each looked at in two themes and two widths
  const vendor = await prepare(adminApi, product.baseUrl);
  const mail = `ada-${Date.now()}@north.example`;
  await signIn(vendor.support.email, vendor.support.password);

  // A customer, and on their page a license that ends in ten days.
  await page.getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByRole('link', { name: 'Staff' })).toHaveCount(0);
  await page.getByRole('button', { name: 'New customer' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The name is missing')).toBeVisible();
  await expectAccessible();
  await page.getByLabel('Name', { exact: true }).fill('Ada North');
  await page.getByLabel('E-mail address').fill(mail);
  await page.getByLabel('Company (optional)').fill('Nordlicht GmbH');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Ada North' })).toBeVisible();
  const customerUrl = page.url();
  await page.getByRole('button', { name: 'New license' }).click();
  await page.getByLabel('Product', { exact: true }).selectOption({ label: vendor.productName });
  await page.getByLabel('Versions (optional)').fill('newest');
  await page.getByLabel('Valid until (optional)').fill(new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Create license' }).click();
  await expect(page.getByText(/This version range/)).toBeVisible();
  // On a phone the message about the customer lies over the buttons of the dialog for as long as it shows.
  await expect(page.getByText('Ada North is saved.')).toHaveCount(0);
  await expectAccessible();
  await page.getByLabel('Versions (optional)').fill('>=3.0');
  await page.getByRole('button', { name: 'Create license' }).click();
  const key = (await page.getByRole('textbox', { name: 'License key', exact: true }).textContent())?.trim() ?? '';
  expect(key).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/);
  await expectAccessible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Ends soon').first()).toBeVisible();

  // The key is there whenever it is wanted, and finds its license.
  await choose(page, 'Show key');
  await expect(page.getByRole('textbox', { name: 'License key', exact: true })).toHaveText(key);
  await page.getByRole('button', { name: 'Done' }).click();
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Licenses' }).click();
  await page.getByLabel('Search licenses').fill(key);
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByText('1 license', { exact: true })).toBeVisible();
  // The list before may have had one as well: it is dimmed until the answer is there.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });

  // The customer signs in with it, reads what it covers, and downloads.
  const visit = await browser.newContext({ baseURL: product.baseUrl });
  const portal = await visit.newPage();
  await portal.goto('/login?with=license');
  await portal.getByRole('textbox', { name: 'License key', exact: true }).fill(key);
  await portal.getByRole('button', { name: 'Continue' }).click();
  await portal.waitForURL(/\/portal/);
  const downloading = portal.waitForEvent('download');
  await portal.getByRole('link', { name: /Download for Linux/ }).click();
  expect((await readFile(await (await downloading).path())).equals(LINUX)).toBe(true);
  await portal.getByRole('link', { name: 'Licenses' }).click();
  await expect(portal.getByText('>=3.0')).toBeVisible();
  await expect(portal.getByText(key)).toHaveCount(0);
  await portal.getByRole('button', { name: /^Show key/ }).click();
  await expect(portal.getByRole('textbox', { name: 'License key', exact: true })).toHaveText(key);

  // Suspended: the next request is refused, with the reason; reinstated: it works again.
  const ask = async (): Promise<number> =>
    (await fetch(`${product.baseUrl}${vendor.permalink}`, { headers: { authorization: `License ${key}` }, redirect: 'manual' })).status;
  await choose(page, 'Suspend…');
  await page.getByLabel('Internal reason (optional)').fill('Invoice 17 is open');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await expect(page.getByRole('table').getByText('Suspended', { exact: true })).toBeVisible();
  await expect(page.getByRole('table').getByText('Invoice 17 is open')).toBeVisible();
  expect(await ask()).toBe(403);
  await portal.goto(`/portal/downloads/${vendor.slug}`);
  await expect(portal.getByRole('heading', { name: /^Your license (?:is|was) suspended/ })).toBeVisible();
  await expect(portal.getByText('Invoice 17')).toHaveCount(0);
  await choose(page, 'Reinstate…');
  await expect(page.getByRole('dialog')).toContainText('Invoice 17 is open');
  await page.getByRole('button', { name: 'Reinstate', exact: true }).click();
  await expect(page.getByRole('table').getByText('Ends soon', { exact: true })).toBeVisible();
  expect(await ask()).toBe(302);

  // Extended in two clicks, and back again.
  await choose(page, 'Extend by 1 year');
  await expect(page.getByRole('table').getByText('Active', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('table').getByText('Ends soon', { exact: true })).toBeVisible();
  await choose(page, 'Extend by 1 month');
  await expect(page.getByRole('table').getByText('Active', { exact: true })).toBeVisible();

  // Through the customer's eyes: the draft is badged, and the customer himself cannot look as anybody.
  await choose(page, 'View portal as this license');
  await expect(page.getByText(/Viewing as Ada North/)).toBeVisible();
  await expect(page.getByRole('heading', { name: `${vendor.productName} 3.1.0` })).toBeVisible();
  await page.getByRole('button', { name: /^Version:/ }).click();
  await page.getByRole('link', { name: /4\.0\.0/ }).click();
  await expect(page).toHaveURL(/\/4\.0\.0\?as=/);
  await expect(page.getByText('Draft', { exact: true })).toBeVisible();
  await expectAccessible();
  await portal.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(portal.getByRole('heading', { name: 'This version is not offered' })).toBeVisible();
  await expect(portal.getByText(/Viewing as/)).toHaveCount(0);
  await visit.close();

  // Revoked for good, from the customer's page.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(customerUrl);
  await choose(page, 'Revoke…');
  await page.getByRole('button', { name: 'Revoke for good' }).click();
  await expect(page.getByRole('table').getByText('Revoked', { exact: true })).toBeVisible();
  expect(await ask()).toBe(403);
});

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { enterKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';
import type { ApiUser } from './api-user.ts';

const BYTES = Buffer.from('an installer '.repeat(3_000));
const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

/** Somebody who comes back to the page, as from another tab. */
const comeBack = (page: Page): Promise<boolean> => page.evaluate(() => window.dispatchEvent(new Event('focus')));

/** A product with an older version of half a year ago and a newer one of this week. */
async function prepare(api: ApiUser, baseUrl: string) {
  const product = await makeProduct(api);
  const make = (version: string, daysAgo: number) =>
    makeRelease(api, baseUrl, { productId: product.id, version, bytes: BYTES, releaseDate: day(daysAgo) });
  const older = await make('2.2.0', 180);
  const newer = await make('2.4.0', 5);
  return { ...product, older, newer };
}

test('expired with fallback: what came before the end stays theirs, the newer one is named with the way to it', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const made = await prepare(adminApi, product.baseUrl);
  const expiresAt = new Date(Date.now() - 90 * DAY_MS).toISOString();
  const { key } = await makeLicenseKey(adminApi, { productId: made.id, expiresAt, expiryPolicy: 'FALLBACK' });
  await enterKey(page, key);
  await page.goto(`/portal/downloads/${made.slug}`);
  await expect(page.getByRole('heading', { name: `${made.name} 2.2.0` })).toBeVisible();
  await expect(page.getByText('Newest of yours')).toBeVisible();
  await expect(page.getByText('2.4.0 is out')).toBeVisible();
  await expect(page.getByText(/Your license expired on/)).toBeVisible();
  await expectAccessible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download for Linux/ }).click();
  expect((await readFile(await (await downloading).path())).equals(BYTES)).toBe(true);

  await page.getByRole('link', { name: 'All versions' }).click();
  await expect(page.getByRole('heading', { name: '1 version needs a renewal' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: '2.4.0' }).click();
  await expect(page.getByRole('heading', { name: /Your license expired on/ })).toBeVisible();
  await expect(page.getByText('The newest of yours is 2.2.0.')).toBeVisible();
  await expectAccessible();
});

test('window ended, then renewed: the page changes by itself and stays where it is', async ({ page, product, adminApi }) => {
  const made = await prepare(adminApi, product.baseUrl);
  const { id, key } = await makeLicenseKey(adminApi, { productId: made.id, updatesUntil: day(30) });
  await enterKey(page, key);
  await page.goto(`/portal/downloads/${made.slug}/2.4.0`);
  await expect(page.getByRole('heading', { name: /Your updates ended on/ })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await adminApi.run('updateLicense', { id, updatesUntil: day(-365) }, 'license { id }');
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { isTheSamePage?: boolean }).isTheSamePage)).toBe(true);
  await expect(page).toHaveURL(/\/2\.4\.0$/);
});

/** Larger than what the connection between store and program holds: a program that stops reading is in the middle of it. */
const LARGE = Buffer.alloc(24_000_000, 'an installer with much in it ');

/** A download that has begun and waits in the middle; `finish` reads the rest. */
async function beginDownload(url: string, key: string) {
  const permalink = await fetch(url, { headers: { authorization: `License ${key}` }, redirect: 'manual' });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(permalink.headers.get('location') ?? '', resolve).on('error', reject);
  });
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(response, 'data');
  response.pause();
  return {
    received: () => Buffer.concat(chunks).length,
    finish: async (): Promise<Buffer> => {
      response.resume();
      await once(response, 'end');
      return Buffer.concat(chunks);
    },
  };
}

test('suspended in mid-download: what runs ends whole, the next request is refused at once, and the page says why by itself', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const { asset } = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.4.0', bytes: LARGE });
  const { id, key } = await makeLicenseKey(adminApi, { productId: made.id });
  await enterKey(page, key);
  await page.goto(`/portal/downloads/${made.slug}`);
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
  const url = `${product.baseUrl}/d/${asset.id}/${asset.fileName}`;
  const download = await beginDownload(url, key);
  expect(download.received()).toBeLessThan(LARGE.length);
  await adminApi.run('suspendLicense', { id, reason: 'Invoice 17', customerReason: 'the last payment failed' }, 'license { status }');
  expect((await download.finish()).equals(LARGE)).toBe(true);
  const refused = await fetch(url, { headers: { authorization: `License ${key}`, range: 'bytes=1000-' }, redirect: 'manual' });
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'LICENSE_SUSPENDED' }]);
  await comeBack(page);
  await expect(page.getByRole('heading', { name: /Your license was suspended on/ })).toBeVisible();
  await expect(page.getByText(/The last payment failed\./)).toBeVisible();
  await expect(page.getByText('Invoice 17')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toHaveCount(0);
  await expectAccessible();
  await adminApi.run('reinstateLicense', { id }, 'license { status }');
  await comeBack(page);
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
});

test('a beta tester switches the channel, reads what is new since the last download, and others cannot', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const made = await prepare(adminApi, product.baseUrl);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.5.0-beta.1', bytes: BYTES });
  const tester = await makeLicenseKey(adminApi, { productId: made.id, channels: ['beta'] });
  const usual = await makeLicenseKey(adminApi, { productId: made.id });
  await enterKey(page, tester.key);
  await page.goto(`/portal/downloads/${made.slug}/2.2.0`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download for Linux/ }).click();
  await (await downloading).path();
  await page.getByRole('navigation', { name: 'Channel' }).getByRole('link', { name: 'Beta' }).click();
  await expect(page.getByRole('heading', { name: `${made.name} 2.5.0-beta.1` })).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: 'What is new', exact: true }).click();
  await expect(page.getByRole('heading', { name: /What is new since 2\.2\.0/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: '2.5.0-beta.1' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '2.4.0' })).toBeVisible();
  await expectAccessible();

  await page.context().clearCookies();
  await enterKey(page, usual.key);
  await page.goto(`/portal/downloads/${made.slug}/2.5.0-beta.1`);
  await expect(page.getByRole('heading', { name: '2.5.0-beta.1 is for beta testers' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Channel' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Go to 2.4.0' }).click();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
});

test('all products stand as cards, the own first, and the history says who downloaded what', async ({
  page,
  product,
  adminApi,
  signIn,
  expectAccessible,
}) => {
  const made = await prepare(adminApi, product.baseUrl);
  const other = await prepare(adminApi, product.baseUrl);
  const email = `cards-${Date.now()}@customer.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>('createCustomer', { name: 'Card Ltd', email }, 'customer { id }');
  await adminApi.run('createLicense', { customerId: customer.id, productId: made.id, maxDownloads: 25 }, 'license { id }');
  await adminApi.run('createLicense', { customerId: customer.id, productId: other.id, updatesUntil: day(30) }, 'license { id }');
  const account = { name: 'Ada', email, role: 'CUSTOMER', customerId: customer.id };
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>('createUser', account, 'initialPassword');
  await signIn(email, initialPassword);
  await page.goto('/portal/downloads');
  const card = page.getByRole('article', { name: made.name });
  await expect(card.getByText('0 of 25 downloads used')).toBeVisible();
  await expect(page.getByRole('article', { name: other.name }).getByText('Updates ended', { exact: true })).toBeVisible();
  await expectAccessible();
  const downloading = page.waitForEvent('download');
  await card.getByRole('link', { name: /Download for Linux/ }).click();
  await (await downloading).path();
  await comeBack(page);
  await expect(card.getByText('1 of 25 downloads used')).toBeVisible();
  await expect(card.getByText('Up to date')).toBeVisible();
  await page.getByRole('link', { name: 'Download history' }).first().click();
  await expect(page.getByRole('listitem').filter({ hasText: `${made.name} 2.4.0` })).toContainText('You');
  await expectAccessible();
  await page.getByRole('link', { name: 'Licenses and people' }).click();
  await expect(page.getByText('24 of 25 left')).toBeVisible();
  await expectAccessible();
});

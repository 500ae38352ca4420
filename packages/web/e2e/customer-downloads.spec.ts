import { readFile } from 'node:fs/promises';
import type { ApiUser } from './api-user.ts';
import { test, expect } from './journey.ts';
import { enterKey, fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const DAY_MS = 86_400_000;
const LINUX = Buffer.from('the installer for linux '.repeat(4_000));

async function prepare(api: ApiUser, baseUrl: string) {
  const product = await makeProduct(api);
  const { asset } = await makeRelease(api, baseUrl, { productId: product.id, version: '3.1.0', bytes: LINUX });
  return { productId: product.id, slug: product.slug, asset };
}

test('a customer with an active license downloads it, in the browser and with curl', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const prepared = await prepare(adminApi, product.baseUrl);
  const { key } = await makeLicenseKey(adminApi, { productId: prepared.productId });
  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${prepared.slug}`);
  await expectAccessible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download for Linux/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(prepared.asset.fileName);
  expect((await readFile(await download.path())).equals(LINUX)).toBe(true);
  await expect(page.getByText('Faster')).toBeVisible();

  const byKey = await fetchByKey(product.baseUrl, prepared.asset, key);
  expect(Buffer.from(await byKey.arrayBuffer()).equals(LINUX)).toBe(true);
});

const past = (): string => new Date(Date.now() - 30 * DAY_MS).toISOString();

for (const { who, license, change, reason, code } of [
  { who: 'an expired', license: { expiresAt: past() }, reason: /expired/i, code: 'LICENSE_EXPIRED' },
  { who: 'a suspended', license: {}, change: 'suspendLicense', reason: /suspended/i, code: 'LICENSE_SUSPENDED' },
] as const) {
  test(`a customer with ${who} license reads why not and what to do`, async ({ page, product, adminApi, expectAccessible }) => {
    const prepared = await prepare(adminApi, product.baseUrl);
    const made = await makeLicenseKey(adminApi, { productId: prepared.productId, ...license });
    if (change) await adminApi.run(change, { id: made.id }, 'license { status }');
    await enterKey(page, made.key);
    await page.goto(`/portal/downloads?product=${prepared.slug}`);
    await expect(page.getByText(reason).filter({ visible: true }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: /Download for Linux/ })).toHaveCount(0);
    await expectAccessible();
    const refused = await fetch(`${product.baseUrl}/d/${prepared.asset.id}/${prepared.asset.fileName}`, {
      headers: { authorization: `License ${made.key}` },
      redirect: 'manual',
    });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code });
  });
}

test('a customer of another product and an anonymous visitor do not get it, each with the reason', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const prepared = await prepare(adminApi, product.baseUrl);
  const other = await prepare(adminApi, product.baseUrl);
  const permalink = `/d/${prepared.asset.id}/${prepared.asset.fileName}`;
  await page.goto(permalink);
  await expect(page).toHaveURL(/\/portal\/refused\?code=AUTH_REQUIRED/);
  await expect(
    page
      .getByText(/sign in/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expectAccessible();
  const { key } = await makeLicenseKey(adminApi, { productId: other.productId });
  await enterKey(page, key);
  await page.goto(permalink);
  await expect(page).toHaveURL(/code=PRODUCT_NOT_LICENSED/);
  await expect(
    page
      .getByText(/license/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expectAccessible();
});

test('suspending a license refuses its next request', async ({ product, adminApi }) => {
  const prepared = await prepare(adminApi, product.baseUrl);
  const { id, key } = await makeLicenseKey(adminApi, { productId: prepared.productId });
  const ask = () =>
    fetch(`${product.baseUrl}/d/${prepared.asset.id}/${prepared.asset.fileName}`, {
      headers: { authorization: `License ${key}` },
      redirect: 'manual',
    });
  expect((await ask()).status).toBe(302);
  await adminApi.run('suspendLicense', { id }, 'license { status }');
  expect((await ask()).status).toBe(403);
});

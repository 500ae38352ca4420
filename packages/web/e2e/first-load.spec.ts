import type { Locator, Page } from '@playwright/test';
import { hold, runs } from './hold.ts';
import { expect, test } from './journey.ts';
import { enterKey, makeAccount, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

interface Asked {
  readonly operationName: string;
  readonly variables: object;
}

interface Announced extends Asked {
  /** A variable that stands in the path, and in which part of it. */
  readonly pathVariable?: { readonly name: string; readonly at: number };
}

/** Opens a page. @returns what it asked, in this order, until nothing more came */
async function load(page: Page, path: string): Promise<readonly string[]> {
  await page.goto('about:blank'); // what the page before still asked is not asked by this one
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname !== '/graphql') return;
    const { operationName, variables } = JSON.parse(request.postData() ?? '') as Asked;
    asked.push(operationName + JSON.stringify(variables));
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  page.removeAllListeners('request');
  return asked;
}

/** A request for the list of a product's versions. */
const asksForVersions = runs('ListPortalReleases');

/** @returns what the page's file says that it will ask */
async function announced(page: Page): Promise<readonly string[]> {
  const block = JSON.parse((await page.locator('#first-queries').textContent()) ?? '') as Announced[];
  const parts = new URL(page.url()).pathname.split('/').slice(1);
  return block.map(({ operationName, variables, pathVariable: named }) => {
    const ofPath = named ? { [named.name]: parts[named.at] } : {};
    return operationName + JSON.stringify({ ...variables, ...ofPath });
  });
}

test('the first pages ask at once what they need, and nothing twice', async ({ page, product, adminApi, signIn }) => {
  const { id: productId, slug } = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId, version: '1.0.0', bytes: Buffer.from('one') });
  await signIn(product.admin.email, product.admin.password);
  for (const path of ['/admin/downloadables', '/admin', '/portal', '/portal/downloads', `/portal/downloads/${slug}`, '/admin/customers']) {
    const asked = await load(page, path);
    const first = await announced(page);
    expect(first).not.toEqual([]);
    expect(asked.slice(0, first.length)).toEqual(first);
    expect(asked).toEqual([...new Set(asked)]);
  }
});

test('an answer of before signing in is not shown after it', async ({ page, product, adminApi }) => {
  const { id: productId, name } = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId, version: '1.0.0', bytes: Buffer.from('one') });
  await page.goto('/admin/downloadables');
  await page.waitForURL(/\/login\?next=/);
  await page.getByLabel('Email').fill(product.admin.email);
  await page.getByLabel('Password').fill(product.admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
});

test('the latest version is offered without the list of versions, which is asked for by who reaches for it, and opens on it', async ({
  page,
  product,
  adminApi,
}) => {
  const { id: productId, slug, name } = await makeProduct(adminApi);
  for (const version of ['1.0.0', '1.1.0'])
    await makeRelease(adminApi, product.baseUrl, { productId, version, bytes: Buffer.from(version) });
  const { key } = await makeLicenseKey(adminApi, { productId });
  await enterKey(page, key);
  const release = await hold(page, '/graphql', asksForVersions);
  const asked = await load(page, `/portal/downloads?product=${slug}`);
  expect(asked.filter((one) => one.startsWith('ListPortalReleases'))).toEqual([]);
  await expect(page.getByRole('heading', { name: `${name} 1.1.0` })).toBeVisible();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
  const picker = page.getByRole('button', { name: 'Version: 1.1.0 (latest). Choose another' });
  await Promise.all([page.waitForRequest(asksForVersions), picker.focus()]);
  await picker.click();
  const versions = page.getByRole('navigation', { name: 'Versions' });
  await expect(versions.getByText('Loading versions')).toBeAttached();
  release();
  await expect(versions.getByRole('link', { name: /1\.1\.0/ })).toBeFocused();
  await versions.getByRole('link', { name: /1\.0\.0/ }).click();
  await expect(page.getByRole('heading', { name: `${name} 1.0.0` })).toBeVisible();
});

test('a license that does not cover the latest version is led to one that it covers', async ({ page, adminApi, product }) => {
  const { id: productId, slug, name } = await makeProduct(adminApi);
  for (const version of ['1.0.0', '2.0.0'])
    await makeRelease(adminApi, product.baseUrl, { productId, version, bytes: Buffer.from(version) });
  const { key } = await makeLicenseKey(adminApi, { productId, versionRange: '<2.0.0' });
  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${slug}`);
  await expect(page.getByRole('heading', { name: `${name} 1.0.0` })).toBeVisible();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
});

for (const { who, versionRange, shown } of [
  { who: 'that covers the latest version', versionRange: null, shown: '2.0.0' },
  { who: 'that does not', versionRange: '<2.0.0', shown: '1.0.0' },
])
  test(`who comes back to the portal finds its versions, as a license ${who}`, async ({ page, adminApi, product, signIn }) => {
    const { id: productId, slug, name } = await makeProduct(adminApi);
    for (const version of ['1.0.0', '2.0.0'])
      await makeRelease(adminApi, product.baseUrl, { productId, version, bytes: Buffer.from(version) });
    const { id: licenseId } = await makeLicenseKey(adminApi, { productId, versionRange });
    await signIn(product.admin.email, product.admin.password);
    await page.goto(`/portal/downloads?product=${slug}&as=${licenseId}`);
    await expect(page.getByRole('heading', { name: `${name} ${shown}` })).toBeVisible();
    await page.getByRole('link', { name: 'Console' }).click();
    await expect(page.getByRole('heading', { name: 'Downloadables' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: `${name} ${shown}` })).toBeVisible();
    await page.getByRole('button', { name: /Choose another/ }).click();
    await expect(page.getByRole('navigation', { name: 'Versions' }).getByRole('link', { name: /^1\.0\.0/ })).toBeVisible();
  });

for (const { way, reach } of [
  { way: 'by the pointer', reach: (picker: Locator) => picker.hover() },
  { way: 'by a click that nothing came before', reach: (picker: Locator) => picker.evaluate((button: HTMLElement) => button.click()) },
])
  test(`the list of versions is asked for ${way}`, async ({ page, product, adminApi }) => {
    const { id: productId, slug } = await makeProduct(adminApi);
    await makeRelease(adminApi, product.baseUrl, { productId, version: '1.0.0', bytes: Buffer.from('one') });
    const { key } = await makeLicenseKey(adminApi, { productId });
    await enterKey(page, key);
    await load(page, `/portal/downloads?product=${slug}`);
    const picker = page.getByRole('button', { name: /Choose another/ });
    await Promise.all([page.waitForRequest(asksForVersions), reach(picker)]);
  });

test('another product is shown at once, also while its list of versions is on its way or fails', async ({
  page,
  product,
  adminApi,
  signIn,
}) => {
  const [first, second] = [await makeProduct(adminApi), await makeProduct(adminApi)];
  for (const [{ id: productId }, version] of [
    [first, '1.0.0'],
    [second, '2.0.0'],
  ] as const)
    await makeRelease(adminApi, product.baseUrl, { productId, version, bytes: Buffer.from(version) });
  const { email, password } = await makeAccount(adminApi, [first.id, second.id]);
  await signIn(email, password);
  await page.goto(`/portal/downloads?product=${first.slug}`);
  await page.getByRole('button', { name: /Choose another/ }).click();
  const versions = page.getByRole('navigation', { name: 'Versions' });
  await expect(versions.getByRole('link', { name: /1\.0\.0/ })).toBeFocused();
  await page.keyboard.press('Escape');
  let fail = (): void => undefined;
  const held = new Promise<void>((resolve) => (fail = resolve));
  await page.route('/graphql', async (route) => {
    if (!asksForVersions(route.request())) return route.continue();
    await held;
    await route.abort();
  });
  await page.getByRole('link', { name: 'Downloads', exact: true }).first().click();
  await page.getByRole('link', { name: second.name, exact: true }).click();
  await expect(page.getByRole('heading', { name: `${second.name} 2.0.0` })).toBeVisible();
  await page.getByRole('button', { name: /Choose another/ }).click();
  await expect(versions.getByText('Loading versions')).toBeAttached();
  fail();
  await expect(versions.getByText('The versions could not be loaded.')).toBeVisible();
  await expect(versions.getByRole('link')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: `${second.name} 2.0.0` })).toBeVisible();
});

test('a version that is there can be downloaded though the list of the others fails', async ({ page, product, adminApi }) => {
  const { id: productId, slug, name } = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId, version: '1.0.0', bytes: Buffer.from('one') });
  const { key } = await makeLicenseKey(adminApi, { productId });
  await enterKey(page, key);
  let isDown = true;
  await page.route('/graphql', (route) => (isDown && asksForVersions(route.request()) ? route.abort() : route.continue()));
  await page.goto(`/portal/downloads?product=${slug}`);
  await page.getByRole('button', { name: /Choose another/ }).click();
  const versions = page.getByRole('navigation', { name: 'Versions' });
  await expect(versions.getByText('The versions could not be loaded.')).toBeVisible();
  await expect(page.getByRole('heading', { name: `${name} 1.0.0` })).toBeVisible();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
  isDown = false;
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/graphql') asked.push((JSON.parse(request.postData() ?? '') as Asked).operationName);
  });
  await versions.getByRole('button', { name: 'Try again' }).click();
  await expect(versions.getByRole('link', { name: /1\.0\.0/ })).toBeVisible();
  expect(asked).toEqual(['ListPortalReleases']);
});

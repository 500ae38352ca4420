import { fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';
import { expect, test } from './journey.ts';

const DAY_MS = 86_400_000;

test('downloads by portal, token and permalink show on the overview, as chart, table and CSV alike', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { id: productId, name } = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId, version: '1.0.0', bytes: Buffer.from('bytes') });
  const link = `${product.baseUrl}/d/${release.asset.id}/${release.asset.fileName}`;

  // Twice by the bare link, three times with a token, once from the portal; each license once, for repetitions count nothing.
  const licenses = await Promise.all([1, 2, 3].map(() => makeLicenseKey(adminApi, { productId })));
  const [key = '', ...others] = licenses.map((license) => license.key);
  for (const other of others)
    for (let count = 0; count < 2; count += 1) expect((await fetchByKey(product.baseUrl, release.asset, other)).status).toBe(200);
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
  const { token } = await adminApi.run<{ token: string }>('createApiToken', { name: 'ci', scopes: ['release:read'], expiresAt }, 'token');
  for (let count = 0; count < 3; count += 1)
    expect((await fetch(link, { headers: { authorization: `Bearer ${token}`, 'user-agent': `runner ${count}` } })).status).toBe(200);
  const home = await browser.newContext({ baseURL: product.baseUrl });
  const portal = await home.newPage();
  await portal.goto('/login');
  await portal.getByRole('tab', { name: 'License key' }).click();
  await portal.getByRole('textbox', { name: 'License key' }).fill(key);
  await portal.getByRole('button', { name: 'Continue' }).click();
  await portal.waitForURL(/\/portal/);
  const [download] = await Promise.all([
    portal.waitForEvent('download'),
    portal
      .getByRole('link', { name: /Download for Linux/ })
      .first()
      .click(),
  ]);
  expect(download.suggestedFilename()).toBe(release.asset.fileName);
  await home.close();

  await page.setViewportSize({ width: 1440, height: 900 });
  await asAdmin('/admin/downloadables');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.getByLabel('Product').selectOption({ label: name });
  await page.getByRole('button', { name: '7 days' }).click();
  const countOf = (list: string, row: string) => page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: row });
  await expect(countOf('Sources', 'API token')).toContainText('3');
  await expect(countOf('Sources', 'Permalink')).toContainText('2');
  await expect(countOf('Sources', 'Portal')).toContainText('1');
  await expect(countOf('Platforms', 'Linux')).toContainText('6');
  await expect(countOf('Versions', '1.0.0')).toContainText('6');
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });

  // The range survives a reload, and the keys read a day.
  await page.reload();
  await expect(page).toHaveURL(/days=7/);
  await expect(page.getByRole('button', { name: '7 days' })).toHaveAttribute('aria-pressed', 'true');
  const chart = page.getByRole('group', { name: /Downloads by day, 7 days/ });
  await chart.focus();
  await page.keyboard.press('End');
  const today = new Date().toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  await expect(chart.locator('[aria-live]')).toHaveText(`${today}: 6 downloads`);
  await page.keyboard.press('ArrowLeft');
  await expect(chart.locator('[aria-live]')).toHaveText(/: 0 downloads$/);
  await page.keyboard.press('Home');
  await expect(chart.locator('[aria-live]')).toHaveText(/: 0 downloads$/);

  await page.getByRole('button', { name: 'Show as table' }).click();
  const rows = page.getByRole('region', { name: /Downloads by day/ }).getByRole('row');
  await expect(rows).toHaveCount(8);
  await expect(rows.nth(1)).toHaveText(new RegExp(`${today}\\s*6`));
  await expectAccessible();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  const csv = await (await page.request.get(file.url())).text();
  const lines = csv.trimEnd().split('\r\n');
  expect(lines.length).toBe(8);
  expect(lines.at(-1)).toBe(`${new Date().toISOString().slice(0, 10)},6,1,0,3,2,0,0,0,0,6,0,0,0,0`);
});

test('a downloadable tells its downloads, its product shows where it is the latest, and deleting says whom it reaches', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { id: productId, slug } = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId, version: '2.0.0', bytes: Buffer.from('bytes') });
  const { key } = await makeLicenseKey(adminApi, { productId });
  await fetchByKey(product.baseUrl, release.asset, key);
  await page.setViewportSize({ width: 1440, height: 900 });
  await asAdmin(`/admin/products?q=${slug}`);
  const grid = page.getByRole('region', { name: /Latest versions/ });
  await expect(grid.getByRole('row', { name: /beta/ })).toContainText('–');
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await grid
    .getByRole('row', { name: /stable/ })
    .getByRole('link', { name: '2.0.0' })
    .click();
  await expect(page.getByText('1 download', { exact: false }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Downloads', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Sources' })).toContainText('Permalink');
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page
    .getByRole('button', { name: /More actions|Actions/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  await expect(page.getByText('1 customer downloaded it, 1 time in all.', { exact: false })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Files that will be deleted' })).toContainText(release.asset.fileName);
  await expectAccessible();
});

test('channels are put in another order, and a channel with releases is refused at its field', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { id: productId, slug, name } = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId, version: '2.0.0-beta.1', bytes: Buffer.from('bytes') });
  await page.setViewportSize({ width: 1440, height: 900 });
  await asAdmin(`/admin/products?q=${slug}&edit=${productId}`);
  const up = page.getByRole('button', { name: 'Move beta up' });
  await up.click();
  await expect(up).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Move beta down' })).toBeFocused();
  await page.getByRole('group', { name: 'Channels that alpha includes' }).getByRole('button', { name: 'rc' }).click();
  await expectAccessible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`${name} is saved.`)).toBeVisible();
  const { product: saved } = await adminApi.query<{ product: { channels: { name: string; includes: string[] }[] } }>(
    'query($id: ID!) { product(id: $id) { channels { name includes } } }',
    { id: productId },
  );
  expect(saved.channels.map((channel) => channel.name)).toEqual(['beta', 'stable', 'rc', 'alpha']);
  expect(saved.channels.find((channel) => channel.name === 'alpha')?.includes).not.toContain('rc');

  await page.goto(`/admin/products?q=${slug}&edit=${productId}`);
  await page.getByRole('button', { name: 'Remove channel beta' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The channel "beta" has releases: keep it', { exact: false })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'New channel' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'New channel' })).toHaveAttribute('aria-invalid', 'true');
});

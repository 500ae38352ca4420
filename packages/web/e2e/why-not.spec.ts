import { test, expect } from './journey.ts';
import { fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('the installer that somebody waits for');
const aYearFromNow = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

test('why a customer could not download is one search, one line and one remedy', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const { asset } = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '4.2.0', bytes: BYTES });
  const name = `Tidewater Labs ${made.slug}`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>(
    'createCustomer',
    { name, email: `office@${made.slug}.example` },
    'customer { id }',
  );
  const { key } = await makeLicenseKey(adminApi, { productId: made.id, customerId: customer.id, updatesUntil: '2020-01-31' });
  const refused = await fetchByKey(product.baseUrl, asset, key);
  expect(refused.status).toBe(403);
  const requestId = refused.headers.get('x-request-id') ?? '';

  await asAdmin('/admin/logs');
  await expect(page.getByRole('heading', { name: 'Logs' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Logs' }).getByRole('link', { name: 'Refusals' }).click();
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await search.fill(name);
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  await expect(line).toHaveCount(1);
  await expect(page.getByText('1 refusal', { exact: true })).toBeVisible();
  await expect(line).toContainText('Updates ended:');
  await expect(line.getByRole('link', { name: name })).toHaveAttribute('href', `/admin/customers/${customer.id}`);
  await line.getByRole('button', { name: /^Details/ }).click();
  await expect(line.getByText(/^“.*Jan 31, 2020.*”$/)).toBeVisible();
  await expect(line.getByText(requestId)).toBeVisible();
  await expect(line.getByRole('link', { name: `key ending ${key.slice(-4)}` })).toBeVisible();
  await expectAccessible();

  // What an error page shows is enough, and so is how the key ends.
  for (const text of [requestId, key.slice(-4), `office@${made.slug}.example`]) {
    await search.fill(text);
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === text);
    await expect(line).toHaveCount(1);
  }

  await page.reload();
  await line.getByRole('button', { name: /^Details/ }).click();
  await line.getByRole('link', { name: 'Extend updates…' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Updates until').fill(aYearFromNow());
  await form.getByRole('button', { name: /^Save/ }).click();
  await expect(form).toHaveCount(0);

  // The log of downloads is followed: what comes while it is open appears by itself.
  await page.goto(`/admin/logs/downloads?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  expect((await fetchByKey(product.baseUrl, asset, key)).status).toBe(200);
  await expect(line).toContainText('4.2.0');
  await expectAccessible();
});

test('a log leaves as a file with what is filtered, and its filters stay in the address', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: BYTES });
  await asAdmin('/admin/logs/uploads');
  await page.getByLabel('Product').selectOption({ value: made.id });
  await page.getByLabel('Action').selectOption({ label: 'File: create' });
  await page.getByLabel('Date').selectOption({ label: 'Today' });
  await expect(page).toHaveURL(/product=.*kind=ASSET_CREATE|kind=ASSET_CREATE.*product=/);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const text = await (await saving).createReadStream().then(async (stream) => Buffer.concat(await stream.toArray()).toString());
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  await page.getByLabel('Action').selectOption({ label: 'File: replace' });
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
});

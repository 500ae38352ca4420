import { expect, test } from './journey.ts';
import { makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const bytes = Buffer.from('what an updater downloads');
const aYearFromNow = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

test('why a program gets no update is one form, and after a renewal it is offered', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.3.0', bytes, releaseDate: '2026-01-10' });
  const newest = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.4.0', bytes, releaseDate: '2026-03-01' });
  const name = `Tidewater Labs ${made.slug}`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>(
    'createCustomer',
    { name, email: `office@${made.slug}.example` },
    'customer { id }',
  );
  const terms = { productId: made.id, customerId: customer.id, updatesUntil: '2026-01-31' };
  const license = await makeLicenseKey(adminApi, terms);

  await asAdmin('/admin/downloadables');
  await page.getByRole('link', { name: 'Update checks' }).click();
  await expect(page.getByRole('heading', { name: 'What would a program be answered?' })).toBeVisible();
  await expectAccessible();
  const main = page.getByRole('main');
  const check = main.getByRole('button', { name: 'Check for updates' });
  const version = main.getByRole('textbox', { name: 'Installed version' });

  // Nothing is asked before it can be read.
  await main.getByLabel('Product').selectOption({ value: made.slug });
  await version.fill('nightly');
  await check.click();
  await expect(version).toBeFocused();
  await expect(main.getByRole('alert')).toContainText('nightly');

  // Without a key nothing of a licensed product is told.
  await version.fill('2.3.0');
  await main.getByLabel('Platform').selectOption({ label: 'Linux' });
  await main.getByLabel('Architecture').selectOption({ label: 'x64' });
  await check.click();
  await expect(main.getByRole('heading', { name: 'Refused: nobody is signed in' })).toBeVisible();
  await expect(main.getByText('401 AUTH_REQUIRED', { exact: false })).toBeVisible();
  await expectAccessible();

  // With the license: what is newer, and why not.
  await main.getByRole('button', { name: /^Asked by/ }).click();
  const picker = page.getByRole('dialog', { name: 'Choose a license' });
  await picker.getByRole('searchbox', { name: 'License' }).fill(name);
  await picker.getByRole('button', { name }).click();
  await check.click();
  await expect(main.getByRole('heading', { name: 'Not allowed: updates ended before this release' })).toBeVisible();
  await expect(main.getByText('2.4.0, not allowed')).toBeVisible();
  await expect(main.getByText('“Your updates ended on Jan 31, 2026 and this release is from Mar 1, 2026: renew to get it.”')).toBeVisible();
  await expect(main.getByText('2.3.0, not newer than what is installed')).toBeVisible();
  await expect(main.getByRole('region', { name: 'Body of the answer' })).toContainText('"code": "UPDATES_EXPIRED"');
  await expectAccessible();
  const address = page.url();
  await main.getByRole('link', { name: 'Every rule for 2.4.0' }).click();
  await expect(page.getByRole('heading', { name: 'Explain access' })).toBeVisible();
  await expect(page.getByText('Denied', { exact: true })).toBeVisible();

  await adminApi.run('updateLicense', { id: license.id, updatesUntil: aYearFromNow() }, 'license { id }');
  await page.goBack();
  expect(page.url()).toBe(address);
  await check.click();
  await expect(main.getByRole('heading', { name: '2.4.0 is offered' })).toBeVisible();
  const files = main.getByRole('list', { name: 'Files of the update' });
  await expect(files.getByRole('listitem')).toContainText(newest.asset.fileName);
  await expectAccessible();

  // The whole question is in the address, and the line in the terminal gets what the page shows.
  await page.reload();
  await expect(main.getByRole('heading', { name: '2.4.0 is offered' })).toBeVisible();
  await expect(main.getByText(/^curl -i -u "license:\$LICENSE_KEY" "http/)).toBeVisible();
  const shown = (await main.getByRole('region', { name: 'Body of the answer' }).textContent()) ?? '';
  const query = new URLSearchParams({ product: made.slug, version: '2.3.0', platform: 'linux', architecture: 'x64' });
  const sent = await fetch(`${product.baseUrl}/api/v1/updates/check?${query.toString()}`, {
    headers: { authorization: `License ${license.key}` },
  });
  expect(JSON.parse(shown)).toEqual(await sent.json());
});

import { expect, test } from './journey.ts';
import { enterKey, fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('the first bytes '.repeat(3_000));

const NEWER = Buffer.from('the corrected bytes '.repeat(3_000));

test('a withdrawn release sends customers to its replacement, with the reason', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const bad = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '9.0.0', bytes: BYTES });
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '9.0.1', bytes: NEWER });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await asAdmin(`/admin/downloadables/${bad.id}`);
  await page.getByRole('button', { name: new RegExp(`^Actions for ${made.name}`) }).click();
  await page.getByRole('menuitem', { name: 'Withdraw…' }).click();
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await expect(page.getByText(/Say why/)).toBeVisible();
  await expectAccessible();
  await page.getByLabel('Reason').fill('Crashes at start on old kernels.');
  await page.getByLabel('Use instead (optional)').selectOption({ label: '9.0.1' });
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await expect(page.getByText(/^Withdrawn on/)).toBeVisible();
  await expectAccessible();
  expect((await fetchByKey(product.baseUrl, bad.asset, key)).status).toBe(410);

  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${made.slug}&version=9.0.0`);
  await expect(
    page
      .getByText(/Crashes at start on old kernels/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: 'Go to 9.0.1' }).click();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
});

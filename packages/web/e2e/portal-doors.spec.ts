import { expect, test } from './journey.ts';
import { enterKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('an installer '.repeat(2_000));

test('a link to a product for customers waits for the key, whatever else is open to everybody', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const open = await makeProduct(adminApi);
  await adminApi.run('updateProduct', { id: open.id, distribution: 'OPEN' }, 'product { id }');
  await makeRelease(adminApi, product.baseUrl, { productId: open.id, version: '1.0.0', bytes: BYTES });
  const licensed = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: licensed.id, version: '2.4.0', bytes: BYTES });
  const { key } = await makeLicenseKey(adminApi, { productId: licensed.id });
  const address = (slug: string): string => `/portal/downloads?product=${slug}&version=2.4.0`;

  for (const slug of ['no-such-product', licensed.slug]) {
    await page.goto(address(slug));
    await expect(page.getByRole('heading', { name: 'Sign in to see this download' })).toBeVisible();
    await expect(page.getByText(open.name)).toBeHidden();
  }
  await expectAccessible();
  await page.getByRole('textbox', { name: 'License key' }).fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: `${licensed.name} 2.4.0` })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/portal/downloads/${licensed.slug}/2\\.4\\.0$`));

  await page.goto(address('no-such-product'));
  await expect(page.getByRole('heading', { name: 'This download is not in your account' })).toBeVisible();
  await expectAccessible();
});

test('after the last allowed download the file that was paid for is still offered, with the time when that ends', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '5.0.0', bytes: BYTES });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id, maxDownloads: 1 });
  await enterKey(page, key);
  const download = async (): Promise<void> => {
    await page.goto(`/portal/downloads?product=${made.slug}`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: /Download for Linux/ }).click();
    await (await downloading).path();
  };
  await download();
  await download();
  await page.reload();
  await expect(page.getByText('All downloads of your license are used', { exact: false })).toBeVisible();
  await expectAccessible();
});

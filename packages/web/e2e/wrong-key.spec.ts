import { expect, test, typeBucket } from './moving-product.ts';

test('a wrong key is named by the test and mended on the page, while the store in use goes on', async ({
  page,
  moving,
  expectAccessible,
}) => {
  await typeBucket(page, moving);
  await page.getByLabel('Secret access key').fill('not-the-secret');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('The store refuses what was signed with it', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use this store' })).toBeHidden();
  expect((await page.request.get(`${moving.baseUrl}/readyz`)).status()).toBe(200);
  await expectAccessible();

  await page.getByLabel('Secret access key').fill(moving.bucket['Secret access key']);
  await page.getByRole('button', { name: 'Test again' }).click();
  await page.getByRole('button', { name: 'Use this store' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use this store' }).click();
  await expect(page.getByText(`New files go to the bucket ${moving.bucket.Bucket}.`)).toBeVisible();
  await expect(page.getByLabel('Secret access key')).toHaveValue('');
  await page.reload();
  await expect(page.getByLabel('Bucket')).toHaveValue(moving.bucket.Bucket);
  expect(await page.content()).not.toContain(moving.bucket['Secret access key']);
  expect((await page.request.get(`${moving.baseUrl}/readyz`)).status()).toBe(200);
});

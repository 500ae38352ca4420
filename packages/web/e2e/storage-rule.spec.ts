import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { signInByApi } from './api-user.ts';
import { expect, signInTo, test } from './blocked-product.ts';
import { filesOf, makeProduct } from './prepared.ts';

const NAME = 'comet-6.0.0-linux-x64.tar.gz';

test('a rule that the bucket has lost is named by the test of the storage, one click sets it, and files go straight there again', async ({
  page,
  blocked,
  expectAccessible,
}, info) => {
  await signInTo(page, blocked);
  await page.goto(`${blocked.baseUrl}/admin/settings/s3`);
  await expect(page).toHaveURL(/\/admin\/settings\/storage$/);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^1 to fix/ })).toBeVisible();
  await expect(page.getByText(`No rule of the bucket allows PUT from ${blocked.baseUrl}`, { exact: false })).toBeVisible();
  await expect(page.getByRole('group', { name: 'The CORS rule that the bucket needs' })).toContainText(blocked.baseUrl);
  await expectAccessible();

  await page.getByRole('button', { name: 'Set this rule' }).click();
  await expect(page.getByText(`This browser may upload from ${blocked.baseUrl}.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^The store works/ })).toBeVisible();

  const api = await signInByApi(blocked.baseUrl, blocked.admin);
  const { id: productId } = await makeProduct(api);
  const { downloadable } = await api.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version: '6.0.0' },
    'downloadable { id }',
  );
  const path = info.outputPath(NAME);
  await writeFile(path, randomBytes(1_000_000));
  const throughServer: string[] = [];
  page.on(
    'request',
    (request) => request.method() === 'PUT' && request.url().startsWith(blocked.baseUrl) && throughServer.push(request.url()),
  );
  await page.goto(`${blocked.baseUrl}/admin/downloadables/${downloadable.id}`);
  await page.getByLabel('Drop files here or choose').setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await expect.poll(() => filesOf(api, downloadable.id)).toEqual(['READY']);
  expect(throughServer).toEqual([]);
});

test('values that cannot be are refused at their fields, and a wrong secret at its own line, while the store in use goes on', async ({
  page,
  blocked,
}) => {
  await signInTo(page, blocked);
  await page.goto(`${blocked.baseUrl}/admin/settings/storage`);
  await page.getByLabel('Bucket').fill('s3://releases');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByLabel('Bucket')).toBeFocused();
  await expect(page.getByText('"s3://releases" is not the name of a bucket', { exact: false })).toBeVisible();
  await page.getByLabel('Bucket').fill('releases');
  await page.getByLabel('Secret access key').fill('not-the-secret');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('The store refuses what was signed with it', { exact: false })).toBeVisible();
  await page.getByLabel('Endpoint', { exact: true }).fill('http://169.254.169.254');
  await expect(page.getByText('The values were changed since: test again.')).toBeVisible();
  await page.getByRole('button', { name: 'Test again' }).click();
  await expect(page.getByText('no setting may lead there', { exact: false })).toBeVisible();
  expect((await page.request.get(`${blocked.baseUrl}/readyz`)).status()).toBe(200);
});

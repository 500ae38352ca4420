import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { signInByApi } from './api-user.ts';
import { expect, signInTo, test } from './blocked-product.ts';
import { filesOf, makeProduct } from './prepared.ts';

const NAME = 'comet-5.0.0-linux-x64.tar.gz';

test('a bucket that refuses the page is told from being offline, with what mends it, and the file arrives all the same', async ({
  page,
  blocked,
  expectAccessible,
}, info) => {
  const bytes = randomBytes(20_000_000);
  const path = info.outputPath(NAME);
  await writeFile(path, bytes);
  const api = await signInByApi(blocked.baseUrl, blocked.admin);
  const { id: productId } = await makeProduct(api);
  const { downloadable } = await api.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version: '5.0.0' },
    'downloadable { id }',
  );
  await signInTo(page, blocked);
  await page.goto(`${blocked.baseUrl}/admin/downloadables/${downloadable.id}`);

  await page.getByLabel('Drop files here or choose').setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  const dock = page.getByRole('region', { name: 'Uploads' });
  await expect(dock.getByText(`an administrator allows PUT from ${blocked.baseUrl} in the CORS rules of the bucket.`)).toBeVisible();
  await expect.poll(() => filesOf(api, downloadable.id)).toEqual(['READY']);
  await expectAccessible();

  const shown = await api.query<{ downloadable: { assets: { sha256: string; fileName: string }[] } }>(
    'query($id: ID!) { downloadable(id: $id) { assets { sha256 fileName } } }',
    { id: downloadable.id },
  );
  expect(shown.downloadable.assets).toEqual([{ fileName: NAME, sha256: createHash('sha256').update(bytes).digest('hex') }]);
});

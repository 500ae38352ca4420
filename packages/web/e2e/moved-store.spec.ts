import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { signInByApi, type ApiUser } from './api-user.ts';
import { isHeavy } from './heavy.ts';
import { expect, test, typeBucket } from './moving-product.ts';
import { fetchByKey, filesOf, makeLicenseKey, makeProduct, makeRelease, type PreparedRelease } from './prepared.ts';

/** `pnpm prove:web` moves as many files as the issue names. */
const FILES = isHeavy ? 300 : 40;
const BIG_BYTES = isHeavy ? 1_000_000_000 : 60_000_000;
const NAME = 'comet-7.0.0-linux-x64.tar.gz';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Held = PreparedRelease & { readonly sha256: string };

/** Releases with a file each, the first of them a big one. */
async function makeReleases(api: ApiUser, baseUrl: string, count: number): Promise<{ productId: string; releases: Held[] }> {
  const { id: productId } = await makeProduct(api);
  const releases: Held[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = randomBytes(index === 0 ? BIG_BYTES : 20_000);
    releases.push({ sha256: digest(bytes), ...(await makeRelease(api, baseUrl, { productId, version: `1.${index}.0`, bytes })) });
  }
  return { productId, releases };
}

/** How a customer fetches a file, and sees that it is the whole of it. */
function customerOf(baseUrl: string, key: string): (release: Held) => Promise<void> {
  return async ({ asset, sha256 }) => {
    const response = await fetchByKey(baseUrl, asset, key);
    expect(response.status).toBe(200);
    expect(digest(new Uint8Array(await response.arrayBuffer()))).toBe(sha256);
  };
}

/** Kills the product while its files are on their way. */
async function crashInTheMiddle(moving: { crash(): Promise<void> }, api: ApiUser): Promise<void> {
  await moving.crash();
  const { storageSettings } = await api.query<{ storageSettings: { move: object | null } }>('{ storageSettings { move { leftFiles } } }');
  expect(storageSettings.move, 'killed in the middle').not.toBeNull();
  // Without it, the move goes on when the lease of the dead process has run out.
  await api.query('mutation { moveFiles { userErrors { message } } }');
}

test('files move to a bucket while a customer downloads, through a crash, and every byte arrives', async ({
  page,
  moving,
  expectAccessible,
}, info) => {
  test.slow();
  const { baseUrl, admin } = moving;
  const api = await signInByApi(baseUrl, admin);
  const { productId, releases } = await makeReleases(api, baseUrl, FILES);
  const { key } = await makeLicenseKey(api, { productId });
  const download = customerOf(baseUrl, key);

  await typeBucket(page, moving);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Use this store' }).click();
  await expect(page.getByRole('dialog')).toContainText(`${FILES} files follow in the background`);
  await page.getByRole('dialog').getByRole('button', { name: 'Use this store' }).click();
  await expect(page.getByRole('heading', { name: `Moving files to the bucket ${moving.bucket.Bucket}` })).toBeVisible();
  await Promise.all(releases.slice(-5).map(download));
  await expect.poll(() => page.getByRole('progressbar').getAttribute('aria-valuenow')).not.toBe('100');

  await crashInTheMiddle(moving, api);
  await Promise.all(releases.slice(0, 5).map(download));
  const move = { isDone: false };
  const customer = (async () => {
    for (let turn = 0; !move.isDone; turn += 1) await download(releases[1 + (turn % (FILES - 1))] ?? releases[0]!);
  })();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Left behind' })).toBeVisible({ timeout: 240_000 });
  move.isDone = true;
  await customer;
  await expectAccessible();
  for (const release of releases) await download(release);

  const { downloadable } = await api.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version: '7.0.0' },
    'downloadable { id }',
  );
  const path = info.outputPath(NAME);
  await writeFile(path, randomBytes(1_000_000));
  await page.goto(`${baseUrl}/admin/downloadables/${downloadable.id}`);
  await page.getByLabel('Drop files here or choose').setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await expect.poll(() => filesOf(api, downloadable.id)).toEqual(['READY']);

  await page.goto(`${baseUrl}/admin/settings/storage`);
  await page.getByRole('button', { name: 'Give it up' }).click();
  await expectAccessible();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the copies' }).click();
  await expect(page.getByText('being given up, once links to them have ended', { exact: false })).toBeVisible();
  for (const release of releases.slice(0, 3)) await download(release);
});

test('files come back from a bucket to the folder of the server, through a crash', async ({ page, moving }) => {
  test.slow();
  const { baseUrl, admin } = moving;
  const api = await signInByApi(baseUrl, admin);
  await typeBucket(page, moving);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Use this store' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use this store' }).click();
  await expect(page.getByText(`New files go to the bucket ${moving.bucket.Bucket}.`)).toBeVisible();
  const { productId, releases } = await makeReleases(api, baseUrl, FILES);
  const { key } = await makeLicenseKey(api, { productId });
  const download = customerOf(baseUrl, key);

  await page.reload();
  await page.getByLabel('Provider').selectOption('This server’s folder');
  await page.getByRole('button', { name: 'Use this folder' }).click();
  await expect(page.getByRole('heading', { name: 'Moving files to the folder of this server' })).toBeVisible();
  await Promise.all(releases.slice(-5).map(download));
  await crashInTheMiddle(moving, api);
  for (const release of releases) await download(release);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Left behind' })).toBeVisible({ timeout: 240_000 });
  for (const release of releases) await download(release);
  await expect(page.getByText(`${FILES} copies in the bucket ${moving.bucket.Bucket}`, { exact: false })).toBeVisible();
});

import { createHash, randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import type { Page, Request, Route } from '@playwright/test';
import type { ApiUser } from './api-user.ts';
import { isHeavy } from './heavy.ts';
import { test, expect } from './journey.ts';

const MB = 1_000_000;
/** Parts are 8 MiB. How many are stored when it is paused, when the network goes, and when the page is loaded again; some are left. */
const SIZES = isHeavy
  ? { fileBytes: 300 * MB, paused: 10, lost: 18, reloaded: 28, offlineMs: 20_000 }
  : { fileBytes: 70 * MB, paused: 2, lost: 4, reloaded: 6, offlineMs: 3_000 };
const NAME = 'comet-4.0.0-linux-x64.tar.gz';
const DOCK_FILE = /\/assets\/UploadDock-/;

/** Writes a file that no two runs share. @returns its SHA-256 */
async function makeBigFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const block = randomBytes(10 * MB);
  const file = await open(path, 'w');
  for (let index = 0; index < SIZES.fileBytes / block.length; index += 1) {
    block.writeUInt32BE(index);
    hash.update(block);
    await file.write(block);
  }
  await file.close();
  return hash.digest('hex');
}

function numberOf(request: Request): number | null {
  if (request.method() !== 'PUT') return null;
  const { searchParams, pathname } = new URL(request.url());
  const number = searchParams.get('partNumber') ?? /\/(\d+)$/.exec(pathname)?.[1];
  return number ? Number(number) : null;
}

/**
 * Lets parts through up to a number, so that however fast the store is, the upload is never done before its next adversity.
 * Playwright then answers the preflights itself: that the store allows them is shown by the release with two installers.
 */
async function holdParts(page: Page, first: number): Promise<{ letThrough(upTo: number): Promise<void> }> {
  let last = first;
  const held = new Map<Route, number>();
  await page.route(/./, (route) => {
    const number = numberOf(route.request());
    if (number === null || number <= last) return route.continue();
    held.set(route, number);
  });
  return {
    async letThrough(upTo) {
      last = upTo;
      for (const [route, number] of held) if (number <= last && held.delete(route)) await route.continue();
    },
  };
}

/** The numbers of the parts whose PUT the store has answered well. */
function watchParts(page: Page): { readonly sent: number[]; readonly stored: Set<number> } {
  const seen = { sent: [] as number[], stored: new Set<number>() };
  page.on('request', (request) => {
    const number = numberOf(request);
    if (number !== null) seen.sent.push(number);
  });
  page.on('requestfinished', async (request) => {
    const number = numberOf(request);
    if (number !== null && (await request.response())?.ok()) seen.stored.add(number);
  });
  return seen;
}

async function makeDraft(api: ApiUser): Promise<string> {
  const slug = `comet-resume-${Date.now()}`;
  const { product } = await api.run<{ product: { id: string } }>(
    'createProduct',
    { name: 'Comet', slug, distribution: 'OPEN' },
    'product { id }',
  );
  const input = { productId: product.id, version: '4.0.0' };
  return (await api.run<{ downloadable: { id: string } }>('createDownloadable', input, 'downloadable { id }')).downloadable.id;
}

test(`an upload of ${SIZES.fileBytes / MB} MB survives a pause, a lost network and a reload, and sends no part twice`, async ({
  page,
  context,
  adminApi,
  asAdmin,
  expectAccessible,
}, info) => {
  const path = info.outputPath(NAME);
  const sha256 = await makeBigFile(path);
  const id = await makeDraft(adminApi);
  await asAdmin(`/admin/downloadables/${id}`);
  const seen = watchParts(page);
  const parts = await holdParts(page, SIZES.paused);
  const dock = page.getByRole('region', { name: 'Uploads' });

  await page.getByLabel('Drop files here or choose').setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await expect.poll(() => seen.stored.size).toBe(SIZES.paused);

  await test.step('pause and resume', async () => {
    await dock.getByRole('button', { name: `Pause ${NAME}` }).click();
    await expect(dock.getByText('Paused', { exact: true })).toBeVisible();
    await expectAccessible();
    const sentBefore = seen.sent.length;
    await parts.letThrough(SIZES.lost);
    await page.waitForTimeout(1_000);
    expect(seen.sent.length).toBe(sentBefore);
    await dock.getByRole('button', { name: `Resume ${NAME}` }).click();
    await expect.poll(() => seen.stored.size).toBe(SIZES.lost);
  });

  await test.step('a lost network heals without a click', async () => {
    await context.setOffline(true);
    await parts.letThrough(SIZES.reloaded);
    await expect(dock.getByText(/You are offline/)).toBeVisible();
    await page.waitForTimeout(SIZES.offlineMs);
    expect(seen.stored.size).toBe(SIZES.lost);
    await context.setOffline(false);
    await expect.poll(() => seen.stored.size).toBe(SIZES.reloaded);
  });

  const storedBefore = await test.step('a reload asks first, and leaves the upload unfinished', async () => {
    const asked = page.waitForEvent('dialog');
    const reloading = page.reload();
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
    await reloading;
    await parts.letThrough(Infinity);
    await expect(dock.getByText('Choose the same file again to continue.')).toBeVisible();
    await expectAccessible();
    return new Set(await listStoredParts(adminApi, id));
  });
  expect(storedBefore.size).toBe(SIZES.reloaded);

  await test.step('another file is not mixed in', async () => {
    const other = info.outputPath('other.tar.gz');
    await writeFile(other, randomBytes(1 * MB));
    await dock.locator('input[type=file]').setInputFiles(other);
    await expect(dock.getByText(/is another file/)).toBeVisible();
    await expectAccessible();
    await dock.getByRole('button', { name: 'Choose again' }).click();
  });

  await test.step('the same file continues with the parts that are missing', async () => {
    seen.sent.length = 0;
    await dock.locator('input[type=file]').setInputFiles(path);
    await expect.poll(() => stateOf(adminApi, id), { timeout: 120_000 }).toBe('READY');
    expect(seen.sent.filter((number) => storedBefore.has(number))).toEqual([]);
    expect(seen.sent.length).toBeGreaterThan(0);
  });

  await adminApi.run('publishDownloadable', { id }, 'downloadable { status }');
  const { downloadable } = await adminApi.query<{ downloadable: { assets: { downloadUrl: string; sha256: string }[] } }>(
    'query($id: ID!) { downloadable(id: $id) { assets { downloadUrl sha256 } } }',
    { id },
  );
  const [asset] = downloadable.assets;
  const response = await fetch(asset?.downloadUrl ?? '');
  const hash = createHash('sha256');
  for await (const chunk of response.body ?? []) hash.update(chunk as Uint8Array);
  expect(hash.digest('hex')).toBe(sha256);
  expect(asset?.sha256).toBe(sha256);
  // Nothing moves any more: leaving asks nothing, and the dock, once it is there, has nothing to show.
  const docking = page.waitForResponse(DOCK_FILE);
  await page.reload();
  await (await docking).finished();
  await expect(dock).toHaveCount(0);
});

test('leaving in the middle of an upload asks first, also while the dock has not been loaded', async ({
  page,
  adminApi,
  asAdmin,
}, info) => {
  const path = info.outputPath(NAME);
  await writeFile(path, randomBytes(1 * MB));
  const id = await makeDraft(adminApi);
  await asAdmin();
  const seen = watchParts(page);
  const parts = await holdParts(page, 0);
  await page.route(DOCK_FILE, () => undefined); // never comes
  await page.goto(`/admin/downloadables/${id}`);
  await page.getByLabel('Drop files here or choose').setInputFiles(path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await expect.poll(() => seen.sent).toEqual([1]);
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await parts.letThrough(1);
  await expect.poll(() => stateOf(adminApi, id)).toBe('READY');
});

interface Progress {
  readonly downloadable: { assets: { state: string; upload: { uploadedParts: { number: number }[] } | null }[] };
}

const readProgress = (api: ApiUser, id: string): Promise<Progress> =>
  api.query<Progress>('query($id: ID!) { downloadable(id: $id) { assets { state upload { uploadedParts { number } } } } }', { id });

const stateOf = async (api: ApiUser, id: string): Promise<string | undefined> =>
  (await readProgress(api, id)).downloadable.assets[0]?.state;

const listStoredParts = async (api: ApiUser, id: string): Promise<number[]> =>
  (await readProgress(api, id)).downloadable.assets[0]?.upload?.uploadedParts.map(({ number }) => number) ?? [];

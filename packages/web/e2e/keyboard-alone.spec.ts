import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { Keyboard } from './keyboard.ts';
import { filesOf, makeProduct, makeRelease, statusOf, type PreparedProduct } from './prepared.ts';
import type { ApiUser } from './api-user.ts';

async function signInByKeyboard(page: Page, admin: { email: string; password: string }): Promise<Keyboard> {
  const keyboard = new Keyboard(page);
  await page.goto('/login');
  await keyboard.type(page.getByLabel('Email'), admin.email);
  await keyboard.type(page.getByLabel('Password'), admin.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/admin\/downloadables/);
  await expect(page.getByRole('heading', { name: 'Downloadables' })).toBeVisible();
  return keyboard;
}

interface KeyedRelease {
  readonly version: string;
  readonly changelog: string;
  readonly paths: string[];
  readonly isPublished?: boolean;
}

/** n, the form, Save: without a mouse. */
async function createByKeyboard(page: Page, product: PreparedProduct, release: KeyedRelease): Promise<void> {
  const keyboard = new Keyboard(page);
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'Upload downloadable' });
  await expect(form.getByLabel('Product')).toBeFocused();
  await keyboard.select(form.getByLabel('Product'), product.name);
  await keyboard.type(form.getByRole('textbox', { name: 'Version' }), release.version);
  await keyboard.type(form.getByRole('textbox', { name: 'Changelog' }), release.changelog);
  await keyboard.attach(form.locator('input[type=file]'), release.paths);
  if (release.isPublished) {
    await keyboard.tabTo(form.getByRole('radio', { name: 'Draft' }));
    await page.keyboard.press('ArrowDown');
    await expect(form.getByRole('radio', { name: 'Published' })).toBeChecked();
  }
  await keyboard.press(form.getByRole('button', { name: 'Save' }));
  await expect(form).toHaveCount(0);
}

async function idOf(api: ApiUser, productId: string, version: string): Promise<string> {
  const { product } = await api.query<{ product: { downloadableByVersion: { id: string } } }>(
    'query($id: ID!, $version: String!) { product(id: $id) { downloadableByVersion(version: $version) { id } } }',
    { id: productId, version },
  );
  return product.downloadableByVersion.id;
}

test('a new release with Windows and macOS installers, tried as a draft, then published, by keyboard alone', async ({
  page,
  product,
  adminApi,
}, info) => {
  const made = await makeProduct(adminApi);
  const paths = [info.outputPath('comet-1.0.0-windows-x64.exe'), info.outputPath('comet-1.0.0-macos-universal.dmg')];
  for (const path of paths) await writeFile(path, `bytes of ${path}`.repeat(500));
  const keyboard = await signInByKeyboard(page, product.admin);
  await createByKeyboard(page, made, { version: '1.0.0', changelog: '- First', paths });
  const id = await idOf(adminApi, made.id, '1.0.0');
  await expect.poll(() => filesOf(adminApi, id)).toEqual(['READY', 'READY']);

  await keyboard.command(`${made.name} 1.0.0`, /1\.0\.0/);
  await expect(page.getByRole('heading', { level: 1, name: `${made.name} 1.0.0` })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await keyboard.press(page.getByRole('link', { name: 'Download comet-1.0.0-windows-x64.exe' }));
  const bytes = await readFile(await (await downloading).path());
  expect(bytes.equals(await readFile(paths[0] ?? ''))).toBe(true);

  await keyboard.command(`publish ${made.name} 1.0.0`, /^Publish/);
  const dialog = page.getByRole('dialog', { name: /^Publish/ });
  await keyboard.press(dialog.getByRole('button', { name: 'Publish', exact: true }));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`${made.name} 1.0.0 is published.`)).toBeVisible();
  expect(await statusOf(adminApi, id)).toBe('PUBLISHED');
});

test('a hotfix published at once, by keyboard alone', async ({ page, product, adminApi }, info) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '3.1.0', bytes: Buffer.from('broken') });
  const path = info.outputPath('comet-3.1.1-linux-x64.tar.gz');
  await writeFile(path, 'mended'.repeat(100));
  await signInByKeyboard(page, product.admin);
  await createByKeyboard(page, made, { version: '3.1.1', changelog: '- Starts again', paths: [path], isPublished: true });
  await expect(page.getByText(`${made.name} 3.1.1 is published.`)).toBeVisible();
  expect(await statusOf(adminApi, await idOf(adminApi, made.id, '3.1.1'))).toBe('PUBLISHED');
});

test('a beta shared by link, a second beta, the final release, the betas gone, by keyboard alone', async ({
  page,
  product,
  adminApi,
}, info) => {
  const made = await makeProduct(adminApi);
  const pathOf = async (version: string): Promise<string> => {
    const path = info.outputPath(`comet-${version}-linux-x64.tar.gz`);
    await writeFile(path, `bytes of ${version} `.repeat(100));
    return path;
  };
  const keyboard = await signInByKeyboard(page, product.admin);
  await createByKeyboard(page, made, { version: '2.0.0-beta.1', changelog: '- Try this', paths: [await pathOf('2.0.0-beta.1')] });
  const first = await idOf(adminApi, made.id, '2.0.0-beta.1');
  await expect.poll(() => filesOf(adminApi, first)).toEqual(['READY']);

  await keyboard.command(`${made.name} 2.0.0-beta.1`, /beta\.1/);
  await keyboard.press(page.getByRole('link', { name: 'Share links' }));
  await keyboard.press(page.getByRole('button', { name: 'New link' }));
  await keyboard.type(page.getByLabel('For (optional)'), 'A tester');
  await page.keyboard.press('Enter');
  const url = (await page.getByRole('dialog').getByText('/s/').textContent())?.trim() ?? '';
  await keyboard.press(page.getByRole('dialog').getByRole('button', { name: 'Done' }));
  const file = await fetch(`${url}/comet-2.0.0-beta.1-linux-x64.tar.gz`);
  expect(Buffer.from(await file.arrayBuffer()).equals(await readFile(await pathOf('2.0.0-beta.1')))).toBe(true);

  await keyboard.command('downloadables', /^Downloadables/);
  await createByKeyboard(page, made, { version: '2.0.0-beta.2', changelog: '- Better', paths: [await pathOf('2.0.0-beta.2')] });
  await createByKeyboard(page, made, { version: '2.0.0', changelog: '- Final', paths: [await pathOf('2.0.0')], isPublished: true });
  await expect(page.getByText(`${made.name} 2.0.0 is published.`)).toBeVisible();

  for (const version of ['2.0.0-beta.1', '2.0.0-beta.2']) {
    const id = await idOf(adminApi, made.id, version);
    await keyboard.command(`delete ${made.name} ${version}`, /^Delete/);
    const dialog = page.getByRole('dialog', { name: /^Delete/ });
    await keyboard.type(dialog.getByLabel(`Type ${version} to confirm`), version);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`${made.name} ${version} is deleted.`)).toBeVisible();
    expect(await statusOf(adminApi, id)).toBeNull();
  }
  expect((await fetch(`${url}/comet-2.0.0-beta.1-linux-x64.tar.gz`)).status).toBe(404);
});

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { test, expect } from './journey.ts';

const MB = 1_000_000;
/** Large enough for many parts, three of them on their way at once. */
const INSTALLER_BYTES = 220 * MB;

test('release a new version with a Windows and a macOS installer: draft, tried as admin, published', async ({
  page,
  product,
  adminApi,
  signIn,
  expectAccessible,
}, info) => {
  const slug = `aurora-${info.project.name.length}`;
  const { product: made } = await adminApi.run<{ product: { id: string } }>(
    'createProduct',
    { name: 'Aurora Studio', slug },
    'product { id }',
  );
  const files = [
    { path: info.outputPath('Aurora-2.0.0-Windows-x64.exe'), bytes: Buffer.alloc(INSTALLER_BYTES, 'windows installer ') },
    { path: info.outputPath('Aurora-2.0.0-macOS-universal.dmg'), bytes: Buffer.alloc(12 * MB, 'macos installer ') },
  ];
  for (const file of files) await writeFile(file.path, file.bytes);

  await signIn(product.admin.email, product.admin.password);
  await expect(page).toHaveURL(/\/admin\/downloadables/);
  await expectAccessible();

  await page.getByRole('button', { name: 'Upload downloadable' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Product').selectOption({ label: 'Aurora Studio' });
  await form.getByRole('textbox', { name: 'Version' }).fill('2.0.0');
  await form.getByRole('textbox', { name: 'Changelog' }).fill('## New\n\n- Timeline with **snapping**');
  await form.locator('input[type=file]').setInputFiles(files.map((file) => file.path));
  await expect(form.getByRole('textbox', { name: 'File name' }).first()).toHaveValue('Aurora-2.0.0-Windows-x64.exe');
  await expectAccessible();
  await form.getByRole('button', { name: 'Save' }).click();

  const row = page.getByRole('row').filter({ hasText: 'Aurora Studio' });
  await expect(row.getByText('Draft')).toBeVisible();
  await row.getByRole('link', { name: '2.0.0' }).click();
  await expect(page.getByText('Timeline with snapping')).toBeVisible();
  const ready = async (): Promise<string[]> => {
    const { downloadables } = await adminApi.query<{ downloadables: { nodes: { assets: { state: string }[] }[] } }>(
      'query($id: ID!) { downloadables(filter: { productId: $id }) { nodes { assets { state } } } }',
      { id: made.id },
    );
    return downloadables.nodes[0]?.assets.map((asset) => asset.state) ?? [];
  };
  await expect.poll(ready, { timeout: 120_000 }).toEqual(['READY', 'READY']);

  for (const file of files) {
    const name = file.path.split('/').at(-1) ?? '';
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: `Download ${name}` }).click();
    const path = await (await downloading).path();
    expect(await sha256(path)).toBe(createHash('sha256').update(file.bytes).digest('hex'));
  }

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published', { exact: true }).first()).toBeVisible();
  await expectAccessible();
  const { downloadables } = await adminApi.query<{ downloadables: { nodes: { status: string }[] } }>(
    'query($id: ID!) { downloadables(filter: { productId: $id }) { nodes { status } } }',
    { id: made.id },
  );
  expect(downloadables.nodes[0]?.status).toBe('PUBLISHED');
});

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

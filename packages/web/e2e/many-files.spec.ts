import { expect, test } from './journey.ts';
import { makeProduct } from './prepared.ts';

/** More than one person may have open at once. */
const FILES = 130;

test('a release of 130 small files is saved as published: all arrive, and it publishes itself', async ({ page, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await asAdmin('/admin/downloadables');
  await page.getByRole('button', { name: 'Upload downloadable' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Product').selectOption({ label: made.name });
  await form.getByRole('textbox', { name: 'Version' }).fill('1.0.0');
  const buffers = Array.from({ length: FILES }, (_, index) => ({
    name: `locale-${index}.pak`,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(`the texts of language ${index}`),
  }));
  await form.locator('input[type=file]').setInputFiles(buffers);
  await form.getByRole('radio', { name: 'Published' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  const released = async (): Promise<unknown> => {
    const { downloadables } = await adminApi.query<{ downloadables: { nodes: { status: string; assets: { state: string }[] }[] } }>(
      'query($id: ID!) { downloadables(filter: { productId: $id }) { nodes { status assets { state } } } }',
      { id: made.id },
    );
    const [node] = downloadables.nodes;
    return [node?.status, node?.assets.filter(({ state }) => state === 'READY').length];
  };
  await expect.poll(released, { timeout: 240_000 }).toEqual(['PUBLISHED', FILES]);
  await expect(page.getByText(`${made.name} 1.0.0 is published.`)).toBeVisible({ timeout: 60_000 });
});

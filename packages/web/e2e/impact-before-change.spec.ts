import { expect, test } from './journey.ts';
import { makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

test('who keeps, loses and gains a release is said before it is archived, unpublished, scheduled or moved to another channel', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  test.slow();
  const made = await makeProduct(adminApi);
  const release = (version: string) =>
    makeRelease(adminApi, product.baseUrl, { productId: made.id, version, bytes: Buffer.from(`bytes of ${version}`) });
  const [first] = [await release('1.0.0'), await release('1.1.0'), await release('2.0.0-beta.1')];
  await makeLicenseKey(adminApi, { productId: made.id, versionRange: '<2' });
  await makeLicenseKey(adminApi, { productId: made.id, channels: ['beta'] });

  // Archiving takes it from nobody: its menu says so, and it is two clicks.
  await asAdmin(`/admin/downloadables/${first?.id ?? ''}`);
  const menu = page.getByRole('button', { name: `Actions for ${made.name} 1.0.0` });
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'Archive' })).toContainText('2 licenses keep it');
  await expect(page.getByRole('menuitem', { name: 'Unpublish' })).toContainText('2 licenses lose it');
  await expectAccessible();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByText('is archived. Those who have it find it under older versions.')).toBeVisible();

  // Unpublishing does, so it asks first; afterwards nobody has anything to lose.
  await menu.click();
  await page.getByRole('menuitem', { name: 'Unpublish' }).click();
  const dialog = page.getByRole('dialog');
  const impact = page.getByRole('region', { name: 'Impact' });
  await expect(impact).toContainText('2 licenses lose it.');
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Unpublish' }).click();
  await expect(page.getByText(/is hidden from customers/)).toBeVisible();

  // A schedule, and another channel of a draft.
  await menu.click();
  await page.getByRole('menuitem', { name: 'Schedule…' }).click();
  await expect(impact).toContainText('2 licenses get it.');
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Channel', { exact: true }).selectOption('beta');
  await expect(impact).toContainText('On this channel it reaches 1 license: 1 fewer than before.');
  await expectAccessible();

  // Many at once.
  await page.goto(`/admin/downloadables?product=${made.id}&status=PUBLISHED`);
  await page.getByRole('checkbox', { name: /^Select .*1\.1\.0/ }).click();
  await page.getByRole('checkbox', { name: /^Select .*2\.0\.0-beta\.1/ }).click();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Unpublish' }).click();
  await expect(impact).toContainText('2 licenses lose at least one of them.');
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // Channels of the product.
  await page.goto(`/admin/products?edit=${made.id}`);
  const beta = page.getByRole('group', { name: 'Channels that beta includes' });
  for (const included of ['stable', 'rc']) await beta.getByRole('button', { name: included, exact: true }).click();
  await expect(impact).toContainText('1 license loses releases, 1 keeps what it has.');
  await impact.getByRole('button', { name: 'See who' }).click();
  await impact.getByRole('button', { name: /Lose releases/ }).click();
  await expect(impact.getByRole('link', { name: /^A customer/ })).toBeVisible();
  await expectAccessible();
});

test('a file of licenses is found again among the recent imports', async ({ page, adminApi, asAdmin, expectAccessible }) => {
  const made = await makeProduct(adminApi);
  await asAdmin('/admin/licenses/import');
  const name = `${made.slug}.csv`;
  const buffer = Buffer.from(`email,product\nbuyer@${made.slug}.example,${made.slug}\nnobody,${made.slug}`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Import 1 line' }).click();
  await expect(page.getByText('The import is done')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Another file' }).click();
  const line = page.getByRole('listitem').filter({ hasText: name });
  await expect(line).toContainText('2 lines: 1 created, 1 failed');
  await expect(line).toContainText('Done');
  await expectAccessible();
  await line.getByRole('link', { name }).click();
  await expect(page.getByText('The import is done')).toBeVisible();
});

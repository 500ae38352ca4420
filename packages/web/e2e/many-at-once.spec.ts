import { hold } from './hold.ts';
import { expect, test } from './journey.ts';
import { makeDraft, makeProduct, makeRelease, statusOf } from './prepared.ts';

const PALETTE_FILE = /\/assets\/CommandPalette-/;

test('a range of drafts is published after a dry run, with a result for each, and taken back', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const drafts = [];
  for (const version of ['1.0.0', '1.1.0', '1.2.0'])
    drafts.push(await makeDraft(adminApi, product.baseUrl, { productId: made.id, version, bytes: Buffer.from(version) }));
  await adminApi.run('createDownloadable', { productId: made.id, version: '1.3.0' }, 'downloadable { id }');
  const archived = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '0.9.0', bytes: Buffer.from('old') });
  await adminApi.run('archiveDownloadable', { id: archived.id }, 'downloadable { id }');

  await asAdmin(`/admin/downloadables?product=${made.id}&sort=version`);
  const selection = page.getByRole('region', { name: 'Selection' });
  await page.getByRole('checkbox', { name: `Select ${made.name} 1.0.0` }).click();
  await page.getByRole('checkbox', { name: `Select ${made.name} 1.3.0` }).click({ modifiers: ['Shift'] });
  await expect(selection).toContainText('4 selected');
  await expectAccessible();
  await selection.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Publish 3 downloadables?' })).toBeVisible();
  await expect(dialog.getByText('This release has no files yet', { exact: false })).toBeVisible();
  await expectAccessible();
  expect(await Promise.all(drafts.map(({ id }) => statusOf(adminApi, id)))).toEqual(['DRAFT', 'DRAFT', 'DRAFT']);

  await dialog.getByRole('button', { name: 'Publish 3' }).click();
  await expect(dialog.getByRole('heading', { name: '3 downloadables published' })).toBeVisible();
  expect(await Promise.all(drafts.map(({ id }) => statusOf(adminApi, id)))).toEqual(['PUBLISHED', 'PUBLISHED', 'PUBLISHED']);
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('heading', { name: '3 downloadables back as before' })).toBeVisible();
  expect(await Promise.all(drafts.map(({ id }) => statusOf(adminApi, id)))).toEqual(['DRAFT', 'DRAFT', 'DRAFT']);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(selection).toHaveCount(0);

  // Unpublishing what was archived leads back to archived.
  await page.getByRole('checkbox', { name: `Select ${made.name} 0.9.0` }).click();
  await selection.getByRole('button', { name: 'Unpublish' }).click();
  await dialog.getByRole('button', { name: 'Unpublish 1' }).click();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('heading', { name: '1 downloadable back as before' })).toBeVisible();
  expect(await statusOf(adminApi, archived.id)).toBe('ARCHIVED');
});

test('everything that matches is deleted, after the number is typed', async ({ page, adminApi, asAdmin, expectAccessible }) => {
  const made = await makeProduct(adminApi);
  for (let patch = 1; patch <= 30; patch += 1)
    await adminApi.run('createDownloadable', { productId: made.id, version: `1.0.${patch}` }, 'downloadable { id }');
  await asAdmin(`/admin/downloadables?product=${made.id}`);
  await page.getByRole('checkbox', { name: 'Select this page' }).click();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('25 selected');
  await selection.getByRole('button', { name: 'Select all 30 matching' }).click();
  await expect(selection).toContainText('All 30 selected');
  await selection.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete 30' }).click();
  await expect(dialog.getByText('Type 30 to confirm.')).toBeVisible();
  await expectAccessible();
  await dialog.getByLabel('Type 30 to delete that many for good').fill('30');
  await dialog.getByRole('button', { name: 'Delete 30' }).click();
  await expect(dialog.getByRole('heading', { name: '30 downloadables deleted' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await expectAccessible();
});

test('a filter is saved under a name, chosen again and forgotten', async ({ page, adminApi, asAdmin, expectAccessible }) => {
  const made = await makeProduct(adminApi);
  await asAdmin(`/admin/downloadables?product=${made.id}&status=DRAFT&sort=-version`);
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('menuitem', { name: /^Save/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('name');
  await expectAccessible();
  const name = `Drafts ${made.slug}`;
  await page.getByLabel('Save what is listed now as').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.goto('/admin/downloadables');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('menuitem', { name }).click();
  await expect(page).toHaveURL(new RegExp(`product=${made.id}.*status=DRAFT`));
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('menuitem', { name: /^Save/ }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(page.getByRole('button', { name: `Delete ${name}` })).toHaveCount(0);
});

test('keys move through the list, choose rows and show themselves; they can be switched off', async ({
  page,

  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  for (const version of ['1.0', '1.1', '1.2'])
    await adminApi.run('createDownloadable', { productId: made.id, version }, 'downloadable { id }');
  await asAdmin(`/admin/downloadables?product=${made.id}&sort=version`);
  await expect(page.getByRole('link', { name: '1.0' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: '1.0' })).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('3 selected');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0);
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: '1.1' })).toBeFocused();
  await page.keyboard.press('.');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Actions for ${made.name} 1.1` })).toBeFocused(); // a menu gives the focus back as it closes
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search downloadables' })).toBeFocused();
  await page.keyboard.type('jx');
  await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0);
  await page.goto(`/admin/downloadables?product=${made.id}&sort=version`);
  await expect(page.getByRole('link', { name: '1.0' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('checkbox', { name: 'Use single keys such as J and X' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: '1.0' })).not.toBeFocused();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toBeFocused();
  await expectAccessible();
  await page.keyboard.type(`archive ${made.name} 1.0`);
  await expect(page.getByText(/Nothing found/)).toHaveCount(0);
  await expectAccessible();
});

test('the palette acts on the release that was chosen, also from the page of another one', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  const [here, wanted] = [
    await makeDraft(adminApi, product.baseUrl, { productId: made.id, version: '2.0.12', bytes: Buffer.from('a') }),
    await makeDraft(adminApi, product.baseUrl, { productId: made.id, version: '2.0.1', bytes: Buffer.from('b') }),
  ];
  await asAdmin(`/admin/downloadables/${here.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2.0.12');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toBeFocused();
  await page.keyboard.type(`publish ${made.name} 2.0.1`);
  await expect(page.getByRole('option')).toHaveCount(3);
  await expect(page.getByRole('option').first()).toHaveText(`Publish ${made.name} 2.0.1Draft`);
  await page.getByRole('option').first().click();
  const dialog = page.getByRole('dialog', { name: `Publish ${made.name} 2.0.1?` });
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await expect.poll(() => statusOf(adminApi, wanted.id)).toBe('PUBLISHED');
  expect(await statusOf(adminApi, here.id)).toBe('DRAFT');
});

test('what is typed while the palette is still on its way is for the palette', async ({ page, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await adminApi.run('createDownloadable', { productId: made.id, version: '1.0' }, 'downloadable { id }');
  const box = page.getByRole('combobox', { name: 'Search or jump to' });
  await asAdmin();
  const letArrive = await hold(page, PALETTE_FILE);
  await page.goto(`/admin/downloadables?product=${made.id}`);
  const row = page.getByRole('link', { name: '1.0' });
  await row.focus();

  // Given up: the keys are the page's again.
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('x');
  await expect(page.getByRole('checkbox', { name: `Select ${made.name} 1.0` })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 selected');
  await page.keyboard.press('x');

  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('pu?x');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(`blish ${made.name}`);
  letArrive();
  await expect(box).toBeFocused();
  await page.keyboard.type(' 1.0');
  await expect(box).toHaveValue(`publish ${made.name} 1.0`);
  await expect(page.getByRole('option').first()).toHaveText(`Publish ${made.name} 1.0Draft`);
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
  await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0);
});

test('Enter pressed while the palette is still on its way goes to what is found', async ({ page, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await adminApi.run('createDownloadable', { productId: made.id, version: '1.0' }, 'downloadable { id }');
  await asAdmin();
  const letArrive = await hold(page, PALETTE_FILE);
  await page.goto('/admin/products');
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type(`${made.name} 1.0`);
  await page.keyboard.press('Enter');
  letArrive();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1.0');
});

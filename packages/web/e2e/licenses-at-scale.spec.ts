import { readFile } from 'node:fs/promises';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

const DAY_MS = 86_400_000;
/** More than a page has. */
const LICENSES = 60;

test('all licenses that match are extended in the background, some are tagged, suspended and exported', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  test.slow();
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('bytes') });
  // As long as a tag may be, in wide letters.
  const tag = `vip-${made.id}`.padEnd(40, 'W');
  const expiresAt = new Date(Date.now() + 10 * DAY_MS).toISOString();
  const provision = (index: number, terms: object): Promise<unknown> => {
    const buyer = { email: `buyer-${made.id}-${index}@shop.example`.toLowerCase(), name: `Buyer ${index}` };
    return adminApi.run(
      'provisionLicense',
      { ...buyer, ...terms, productId: made.id, externalReference: `${made.id}-${index}` },
      'license { id }',
    );
  };
  for (let index = 0; index < LICENSES; index += 1) await provision(index, { expiresAt });
  await provision(LICENSES, { updatesUntil: null });

  // All that end soon, on two pages, are extended by a year.
  await asAdmin(`/admin/licenses?product=${made.id}&state=ending`);
  await expect(page.getByText(`${LICENSES} licenses`, { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select this page' }).click();
  const selection = page.getByRole('region', { name: 'Selection' });
  await selection.getByRole('button', { name: `Select all ${LICENSES}` }).click();
  await expect(selection).toContainText(`${LICENSES} licenses selected`);
  await expectAccessible();
  await selection.getByRole('button', { name: 'Extend' }).click();
  const dialog = page.getByRole('dialog');
  const impact = dialog.getByRole('region', { name: 'Impact' });
  await expect(impact).toContainText(`No license gets or loses a version: ${LICENSES} licenses keep their newest version.`);
  await dialog.getByRole('button', { name: `Extend ${LICENSES} licenses` }).click();
  await expect(dialog.getByRole('heading', { name: `${LICENSES} licenses extended` })).toBeVisible({ timeout: 60_000 });
  await expectAccessible();
  // The window is found again by its address.
  await page.reload();
  await expect(dialog.getByRole('heading', { name: `${LICENSES} licenses extended` })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();

  // One that never ends says why it cannot be extended.
  await page.goto(`/admin/licenses?q=${made.id}-${LICENSES}`);
  await page.getByRole('checkbox', { name: `Select the license of Buyer ${LICENSES}, ${made.name}` }).click();
  await selection.getByRole('button', { name: 'Extend' }).click();
  await dialog.getByRole('button', { name: 'Extend 1 license' }).click();
  await expect(dialog.getByText('there is nothing to extend')).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByRole('link', { name: `Buyer ${LICENSES}, ${made.name}`, exact: false })).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Done' }).click();

  // It is tagged and found by its tag, suspended with a reason for the customer, and exported.
  await page.getByRole('checkbox', { name: `Select the license of Buyer ${LICENSES}, ${made.name}` }).click();
  await selection.getByRole('button', { name: 'Tag' }).click();
  await dialog.getByLabel('Tag').fill(tag);
  await dialog.getByRole('button', { name: 'Tag 1 license' }).click();
  await dialog.getByRole('heading', { name: '1 license tagged' }).waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: tag }).click();
  await expect(page.getByRole('button', { name: `Tag: ${tag}`, exact: false })).toBeVisible();
  await page.getByRole('checkbox', { name: `Select the license of Buyer ${LICENSES}, ${made.name}` }).click();
  await selection.getByRole('button', { name: 'Suspend' }).click();
  await dialog.getByLabel('Reason for the customers (optional)').fill('Payment failed');
  await expect(impact).toContainText('1 license loses its newest version.');
  await impact.getByRole('button', { name: 'See who' }).click();
  await impact.getByRole('button', { name: 'Lose their newest version: the license is suspended' }).click();
  await expect(impact.getByRole('link', { name: `Buyer ${LICENSES}`, exact: false })).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Suspend 1 license' }).click();
  await dialog.getByRole('heading', { name: '1 license suspended' }).waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('table').getByText('Suspended', { exact: true })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  expect(text).toContain(`${made.id}-${LICENSES}`);
});

test('a file of licenses is checked, imported without its faults, mended, and imported again without a change', async ({
  page,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const line = (index: number, expires: string): string => `buyer-${index}@import.example;${made.slug};file-${made.id}-${index};${expires}`;
  const fileOf = (lines: readonly string[]) => ({
    name: 'licenses.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${['E-mail;Product;External reference;Expires', ...lines].join('\r\n')}`),
  });
  const choose = (lines: readonly string[]): Promise<void> =>
    page.getByLabel('Drop a CSV file here, or choose one').setInputFiles(fileOf(lines));

  await asAdmin('/admin/licenses');
  await page.getByRole('link', { name: 'Import' }).click();
  await expectAccessible();
  await choose([line(1, '2040-06-30'), line(2, '30.06.2040'), line(3, '2040-06-30')]);
  await expect(page.getByRole('heading', { name: 'Ready to import' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('“30.06.2040” is no date')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Import 2 lines' }).click();
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible({ timeout: 60_000 });
  // It is found again by its address, errors first.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Failed 1' })).toHaveAttribute('aria-pressed', 'true');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Errors as CSV' }).click()]);
  expect((await readFile(await download.path(), 'utf8')).split('\r\n')[1]).toContain(`file-${made.id}-2,30.06.2040,3,expires,`);
  await expectAccessible();

  await page.getByRole('link', { name: 'Another file' }).click();
  await choose([line(1, '2040-06-30'), line(2, '2040-06-30'), line(3, '2041-06-30')]);
  await page.getByRole('button', { name: 'Import 2 lines' }).click({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Another file' }).click();
  await choose([line(1, '2040-06-30'), line(2, '2040-06-30'), line(3, '2041-06-30')]);
  await expect(page.getByRole('heading', { name: 'There is nothing to import' })).toBeVisible({ timeout: 60_000 });
});

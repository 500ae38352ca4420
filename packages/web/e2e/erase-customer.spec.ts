import { readFile } from 'node:fs/promises';
import { expect, test } from './journey.ts';
import { enterKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

interface Exported {
  readonly format: string;
  readonly customer: { readonly email: string };
  readonly licenses: readonly object[];
  readonly downloads: readonly object[];
}

test('a customer is exported and erased: nothing tells who they were, and the audit trail still verifies', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  test.slow(); // pages and dialogs, each looked at in two themes and two widths
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const email = `quentin.${Date.now()}@north.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>(
    'createCustomer',
    { name: 'Quentin Example', email, company: 'Nordlicht' },
    'customer { id }',
  );
  const { key } = await makeLicenseKey(adminApi, { productId: made.id, customerId: customer.id });
  await asAdmin(`/admin/customers/${customer.id}`);
  const act = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: /^More about / }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  // They use their license, and get what is held about them.
  const visit = await browser.newContext({ baseURL: product.baseUrl });
  const portal = await visit.newPage();
  await enterKey(portal, key);
  const downloading = page.waitForEvent('download');
  await act('Export data');
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(new RegExp(`^customer-${customer.id}-.*\\.json$`));
  const exported = JSON.parse(await readFile(await file.path(), 'utf8')) as Exported;
  expect(exported).toMatchObject({ format: 'slipway-customer', customer: { email }, licenses: [{ status: 'ACTIVE' }] });

  // Erasing says what it does, and wants the address.
  await act('Erase customer…');
  const dialog = page.getByRole('dialog', { name: 'Erase Quentin Example?' });
  await expect(dialog.getByText('1 license, revoked.')).toBeVisible();
  await dialog.getByLabel(`Type ${email} to confirm`).fill('quentin@north.example');
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByText(`Type the address exactly as it is: ${email}.`)).toBeVisible();
  await expectAccessible();
  await dialog.getByLabel(`Type ${email} to confirm`).fill(email);
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('heading', { name: 'Erased customer', exact: true })).toBeVisible();
  await expect(page.getByText(/Erased on .* what is left/)).toBeVisible();
  await expect(page.getByText('Key erased').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await expect(page.getByText(/Quentin|Nordlicht/)).toHaveCount(0);
  await expectAccessible();

  // Nobody finds them, and their key opens nothing.
  await page.goto(`/admin/customers?q=${encodeURIComponent('quentin')}`);
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible();
  await portal.goto('/login?with=license');
  await portal.getByRole('textbox', { name: 'License key', exact: true }).fill(key);
  await portal.getByRole('button', { name: 'Continue' }).click();
  await expect(portal.getByText(/^No license has this key/)).toBeVisible();
  await visit.close();

  // The audit trail says what was erased, and holds.
  const sealed = async () => (await adminApi.query<{ auditCheck: { unsealedCount: number } }>('{ auditCheck { unsealedCount } }')).auditCheck;
  await expect.poll(sealed, { timeout: 30_000 }).toEqual({ unsealedCount: 0 });
  await page.goto(`/admin/logs?about=customer:${customer.id}`);
  await expect(page.getByText(/erased the customer/).first()).toBeVisible();
  await expect(page.getByText('erased', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/Quentin|Nordlicht/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(/All [\d,]+ events are as they were written/)).toBeVisible();
  await expect(page.getByText(/\d+ personal values are erased\./)).toBeVisible();
  await expectAccessible();
});

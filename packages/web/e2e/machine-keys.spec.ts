import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

const run = promisify(execFile);

/** Makes a machine key on the page of licenses and people. @returns the line that the page gives to paste */
async function makeKey(page: Page, name: string, check: () => Promise<void>): Promise<string> {
  await page.getByRole('button', { name: 'New machine key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await check();
  await dialog.getByRole('button', { name: 'Create machine key' }).click();
  const line = await dialog.getByLabel('Command', { exact: true }).textContent();
  await check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return line?.trim() ?? '';
}

test('an owner gives two servers keys, revokes one, and the other goes on', async ({
  page,
  adminApi,
  product,
  signIn,
  expectAccessible,
}) => {
  const email = `render-${Date.now()}@northlight.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>(
    'createCustomer',
    { name: 'Northlight Pictures', email, company: 'Northlight Pictures' },
    'customer { id }',
  );
  const made = await makeProduct(adminApi);
  const bytes = Buffer.from('what a render farm renders with');
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes });
  await adminApi.run('createLicense', { customerId: customer.id, productId: made.id }, 'license { id }');
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>(
    'createUser',
    { name: 'An owner', email, role: 'CUSTOMER', customerId: customer.id },
    'initialPassword',
  );
  /** What curl got with a line, and the last status. */
  const paste = async (line: string): Promise<{ status: string; body: string }> => {
    const [command = '', ...rest] = line.replace(' -OJ ', ' -s -w %{stderr}%{http_code} ').split(' ');
    const { stdout, stderr } = await run(command, rest);
    return { status: stderr.trim(), body: stdout };
  };

  await signIn(email, initialPassword);
  await page.goto('/portal/licenses');
  const keys = page.getByRole('list', { name: 'Machine keys' });
  await expect(page.getByText('No machine keys yet.', { exact: false })).toBeVisible();
  const farm = await makeKey(page, 'Render farm', () => expectAccessible());
  const builds = await makeKey(page, 'Build server', async () => {});
  await expect(keys.getByRole('listitem')).toHaveCount(2);
  for (const line of [farm, builds]) expect(await paste(line)).toEqual({ status: '200', body: bytes.toString() });
  await page.reload();
  await expect(keys.getByRole('listitem').filter({ hasText: 'Render farm' })).toContainText('Today');

  await page.getByRole('button', { name: 'Revoke Render farm' }).click();
  await expectAccessible();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByText('Render farm is revoked.')).toBeVisible();
  await expect(keys.getByRole('listitem')).toHaveCount(1);
  const refused = await paste(farm);
  expect([refused.status, JSON.parse(refused.body)]).toMatchObject(['403', { code: 'LICENSE_KEY_INVALID' }]);
  expect(await paste(builds)).toEqual({ status: '200', body: bytes.toString() });

  const { downloadEvents } = await adminApi.query<{ downloadEvents: { nodes: { actor: { name: string } }[] } }>(
    'query($f: DownloadEventFilter) { downloadEvents(filter: $f, first: 10) { nodes { actor { name } } } }',
    { f: { customerId: customer.id } },
  );
  expect(downloadEvents.nodes.map(({ actor }) => actor.name)).toEqual(['Build server', 'Build server', 'Render farm']);
});

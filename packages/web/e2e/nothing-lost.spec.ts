import { writeFile } from 'node:fs/promises';
import { hold, runs } from './hold.ts';
import { expect, test } from './journey.ts';
import { makeDraft, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

test('what is typed survives a closed tab and a lost session', async ({ page, context, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await asAdmin('/admin/downloadables?new=1');
  const form = page.getByRole('dialog');
  await form.getByLabel('Product').selectOption({ label: made.name });
  await form.getByRole('textbox', { name: 'Version' }).fill('7.0.0');
  await form.getByRole('textbox', { name: 'Changelog' }).fill('- A long afternoon of writing');
  const isKept = () =>
    page.evaluate(() => Object.entries(localStorage).some(([key, kept]) => key.startsWith('slipway.form.') && kept.includes('afternoon')));
  await expect.poll(isKept).toBe(true);
  await page.close();

  const again = await context.newPage();
  await again.setViewportSize({ width: 1440, height: 900 });
  await again.goto('/admin/downloadables?new=1');
  const restored = again.getByRole('dialog');
  await expect(restored.getByText('What you typed is back')).toBeVisible();
  await expect(restored.getByRole('textbox', { name: 'Changelog' })).toHaveValue('- A long afternoon of writing');

  // The session ends in mid-edit: saving leads to the sign-in, and from there back to the form.
  await restored.getByRole('textbox', { name: 'Changelog' }).fill('- A long afternoon of writing\n- And an evening');
  await context.clearCookies();
  await restored.getByRole('button', { name: 'Save' }).click();
  await again.waitForURL(/\/login/);
  await again.getByLabel('Email').fill(product.admin.email);
  await again.getByLabel('Password').fill(product.admin.password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.waitForURL(/new=1/);
  await expect(restored.getByRole('textbox', { name: 'Changelog' })).toHaveValue(/And an evening/);
  await restored.getByRole('button', { name: 'Save' }).click();
  await expect(again.getByText(`${made.name} 7.0.0 is saved as a draft.`)).toBeVisible();
  await again.goto('/admin/downloadables?new=1');
  await expect(restored.getByLabel('Product')).toBeVisible();
  await expect(restored.getByText('What you typed is back')).toHaveCount(0);
  await again.close();
});

test('the form says while typing that a version exists, and takes checksums from a pasted list', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}, info) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '2.0.0', bytes: Buffer.from('there') });
  await asAdmin('/admin/downloadables?new=1');
  const form = page.getByRole('dialog');
  await form.getByLabel('Product').selectOption({ label: made.name });
  await form.getByRole('textbox', { name: 'Version' }).fill('v2.0');
  await expect(form.getByText('2.0.0 exists already (published): choose another version.')).toBeVisible();
  await expect(form.getByRole('link', { name: 'Open that one' })).toBeVisible();
  await expectAccessible();
  await form.getByRole('button', { name: /Next beta.*2\.1\.0-beta\.1/ }).click();
  await expect(form.getByText('exists already')).toHaveCount(0);

  const path = info.outputPath('comet-2.1.0-beta.1-linux-x64.tar.gz');
  await writeFile(path, 'these are the bytes');
  await form.locator('input[type=file]').setInputFiles(path);
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    `${'0'.repeat(64)}  comet-2.1.0-beta.1-linux-x64.tar.gz\n`,
  );
  await expect(form.getByText('Must have SHA-256')).toBeVisible();
  await form.getByRole('textbox', { name: 'Changelog' }).fill('something new');
  await form.getByRole('textbox', { name: 'Changelog' }).selectText();
  await form.getByRole('button', { name: 'Bold' }).click();
  await expect(form.getByRole('textbox', { name: 'Changelog' })).toHaveValue('**something new**');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('have the SHA-256 that was declared', { exact: false }).first()).toBeVisible();
});

test('files of a draft are labelled and ordered together, checked before publishing, and seen as a customer', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('first') });
  const draft = await makeDraft(adminApi, product.baseUrl, {
    productId: made.id,
    version: '1.1.0',
    bytes: Buffer.from('a'),
    fileName: 'comet-1.0.0-windows.exe',
  });
  const { token } = await adminApi.run<{ token: string }>(
    'createApiToken',
    { name: 'ci', scopes: ['release:write'], expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
    'token',
  );
  await fetch(`${product.baseUrl}/api/v1/downloadables/${draft.id}/files/other-windows.exe`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: 'b',
  });
  await makeLicenseKey(adminApi, { productId: made.id, expiresAt: new Date(Date.now() - 86_400_000).toISOString() });

  await asAdmin(`/admin/downloadables/${draft.id}`);
  await expect(page.getByText('1.0.0 had files for Linux', { exact: false })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all files' }).click();
  await page.getByLabel('Platform of the selected files').selectOption({ label: 'Linux' });
  await page.getByLabel('Architecture of the selected files').selectOption({ label: 'Arm64' });
  await expectAccessible();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('2 files changed.')).toBeVisible();
  await expect(page.getByText('1.0.0 had files for Linux', { exact: false })).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for other-windows.exe' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  const files = page.getByRole('list', { name: 'Files', exact: true }).getByRole('listitem');
  await expect(files.first()).toContainText('other-windows.exe');
  await page.reload();
  await expect(files.first()).toContainText('other-windows.exe');
  const { downloadable } = await adminApi.query<{ downloadable: { assets: object[] } }>(
    'query($id: ID!) { downloadable(id: $id) { assets { fileName platform architecture } } }',
    { id: draft.id },
  );
  expect(downloadable.assets).toEqual([
    { fileName: 'other-windows.exe', platform: 'LINUX', architecture: 'ARM64' },
    { fileName: 'comet-1.0.0-windows.exe', platform: 'LINUX', architecture: 'ARM64' },
  ]);

  await page.getByRole('button', { name: 'Preview as customer' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview as customer' });
  await preview.getByRole('button', { name: /A customer/ }).click();
  await expect(preview.getByText('They do not get it')).toBeVisible();
  await expectAccessible();
  await preview.getByRole('link', { name: 'Open the portal as this customer' }).click();
  await expect(page.getByRole('region', { name: 'You look as a customer' })).toBeVisible();

  await page.goto(`/admin/downloadables/${draft.id}`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('"comet-1.0.0-windows.exe" says 1.0.0, but this release is 1.1.0', { exact: false })).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Publish anyway' }).click();
  await expect(page.getByText(`${made.name} 1.1.0 is published.`)).toBeVisible();
});

test('files that are dropped on the list begin a release', async ({ page, adminApi, asAdmin }) => {
  await makeProduct(adminApi);
  await asAdmin('/admin/downloadables');
  await expect(page.getByRole('heading', { name: 'Downloadables', exact: true })).toBeVisible();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['bytes'], 'comet-3.2.1-windows-x64.exe'));
    return transfer;
  });
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: dropped });
  const form = page.getByRole('dialog', { name: 'Upload downloadable' });
  await expect(form.getByRole('textbox', { name: 'File name' })).toHaveValue('comet-3.2.1-windows-x64.exe');
});

test('a release that is saved as Published waits for its files, though the tab is closed before any is sent', async ({
  page,
  product,
  adminApi,
  asAdmin,
}, info) => {
  const made = await makeProduct(adminApi);
  const names = ['aurora-1.0.0-windows-x64.exe', 'aurora-1.0.0-macos.dmg', 'aurora-1.0.0-linux-x64.deb'];
  const paths = names.map((name) => info.outputPath(name));
  for (const path of paths) await writeFile(path, `bytes of ${path}`);
  await asAdmin('/admin/downloadables');
  await page.getByRole('button', { name: 'Upload downloadable' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[type=file]').setInputFiles(paths);
  await form.getByLabel('Product').selectOption({ label: made.name });
  await form.getByRole('textbox', { name: 'Version' }).fill('1.0.0');
  await form.getByRole('radio', { name: 'Published' }).check();
  // No upload is ever opened: the tab goes before.
  await hold(page, '/graphql', runs('CreateUpload'));
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('3 files on the way', { exact: false })).toBeVisible();
  await page.close({ runBeforeUnload: false });

  const query =
    'query($id: ID!) { downloadables(filter: { productId: $id }) { nodes { id status publishWhenReady draftRevision { assets { fileName } } } } }';
  type Waiting = { id: string; status: string; publishWhenReady: boolean; draftRevision: { assets: { fileName: string }[] } | null };
  const find = async (): Promise<Waiting | undefined> =>
    (await adminApi.query<{ downloadables: { nodes: Waiting[] } }>(query, { id: made.id })).downloadables.nodes[0];
  const waiting = await find();
  expect(waiting).toMatchObject({ status: 'DRAFT', publishWhenReady: true });
  expect(waiting?.draftRevision?.assets.map(({ fileName }) => fileName)).toEqual(names);
  const { token } = await adminApi.run<{ token: string }>(
    'createApiToken',
    { name: 'CI', scopes: ['release:read', 'release:write'], expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
    'token',
  );
  for (const [place, name] of names.entries()) {
    expect((await find())?.status).toBe('DRAFT');
    const url = `${product.baseUrl}/api/v1/downloadables/${waiting?.id}/files/${name}`;
    const sent = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: `bytes of ${paths[place] ?? name}`,
    });
    expect(sent.status).toBe(200);
  }
  await expect.poll(async () => (await find())?.status).toBe('PUBLISHED');
});

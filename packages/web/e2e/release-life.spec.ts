import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { test, expect } from './journey.ts';
import { enterKey, fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const OLD = Buffer.from('the first bytes '.repeat(3_000));
const NEW = Buffer.from('the corrected bytes '.repeat(3_000));

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

test('a hotfix with one file is published at once, in at most six interactions after choosing the file', async ({
  page,
  product,
  adminApi,
  asAdmin,
}, info) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '4.0.0', bytes: OLD });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  const path = info.outputPath('comet-4.0.1-linux-x64.tar.gz');
  await writeFile(path, NEW);
  await asAdmin('/admin/downloadables');
  await page.getByRole('button', { name: 'Upload downloadable' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[type=file]').setInputFiles(path);
  // 1 product, 2 version chip, 3 changelog, 4 Published, 5 Save.
  await form.getByLabel('Product').selectOption({ label: made.name });
  await form.getByRole('button', { name: /patch.*4\.0\.1/i }).click();
  await form.getByRole('textbox', { name: 'Changelog' }).fill('- Starts again on old kernels');
  await form.getByRole('radio', { name: 'Published' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${made.name} 4.0.1 is published.`)).toBeVisible();
  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${made.slug}`);
  await expect(page.getByText('Starts again on old kernels')).toBeVisible();
});

test('edit after publish: customers see the change only after it is published, and the old link keeps its bytes', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}, info) => {
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '5.0.0', bytes: OLD });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await asAdmin(`/admin/downloadables/${release.id}?edit=${release.id}`);
  const form = page.getByRole('dialog');
  await expect(form.getByText('Saving opens the next revision as a draft.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Changelog' }).fill('- Faster\n- Corrected installer');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Revision 2 is a draft' })).toBeVisible();
  await expectAccessible();

  const path = info.outputPath(release.asset.fileName);
  await writeFile(path, NEW);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `Actions for ${release.asset.fileName}` }).click();
  await page.getByRole('menuitem', { name: 'Replace file' }).click();
  await (await choosing).setFiles(path);
  const draftFiles = async () => {
    const { downloadable } = await adminApi.query<{ downloadable: { draftRevision: { assets: { state: string; sha256: string }[] } } }>(
      'query($id: ID!) { downloadable(id: $id) { draftRevision { assets { state sha256 } } } }',
      { id: release.id },
    );
    return downloadable.draftRevision.assets;
  };
  await expect.poll(draftFiles).toEqual([{ state: 'READY', sha256: createHash('sha256').update(NEW).digest('hex') }]);
  expect((await bytesOf(await fetchByKey(product.baseUrl, release.asset, key))).equals(OLD)).toBe(true);

  await page.getByRole('button', { name: 'Publish revision…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Replaced')).toBeVisible();
  await expect(dialog.getByText('Corrected installer')).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Publish revision' }).click();
  await expect(page.getByText('the revision is live')).toBeVisible();
  expect((await bytesOf(await fetchByKey(product.baseUrl, release.asset, key))).equals(OLD)).toBe(true);

  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByText('revision 1 is live again')).toBeVisible();
  await page.getByRole('button', { name: 'Publish revision…' }).click();
  await dialog.getByRole('button', { name: 'Publish revision' }).click();
  await expect(page.getByText('the revision is live').first()).toBeVisible();

  await page.getByRole('link', { name: 'Revisions' }).click();
  const revision = (number: number) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Revision ${number}`, exact: true }) });
  await expect(revision(3).getByText('Live')).toBeVisible();
  await expect(revision(2).getByText('Undone', { exact: true })).toBeVisible();
  await expect(revision(1).getByText('Superseded')).toBeVisible();
  await expectAccessible();
  await revision(1).getByRole('button', { name: 'Withdraw' }).click();
  await dialog.getByLabel('Reason').fill('The installer contains a test key.');
  await dialog.getByRole('radio', { name: 'Security' }).check();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(revision(1).getByText('Customers read: The installer contains a test key.')).toBeVisible();
  expect((await fetchByKey(product.baseUrl, release.asset, key)).status).toBe(410);
  await revision(1).getByRole('button', { name: 'Delete files' }).click();
  await dialog.getByRole('textbox').fill('9');
  await dialog.getByRole('button', { name: 'Delete files for good' }).click();
  await expect(dialog.getByText(/^Type the version exactly as it is: /)).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('opened its next revision')).toBeVisible();
  await expectAccessible();
  await page.goto('/admin/logs');
  await expect(page.getByText('opened its next revision:').first()).toBeVisible();
  await expectAccessible();

  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${made.slug}`);
  await expect(page.getByText('Corrected installer')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download for Linux/ }).click();
  expect((await readFile(await (await downloading).path())).equals(NEW)).toBe(true);
});

test('another version number saves a published release as a new one, and the old one stays', async ({
  page,
  product,
  adminApi,
  asAdmin,
}) => {
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '6.0.0', bytes: OLD });
  await asAdmin(`/admin/downloadables/${release.id}?edit=${release.id}`);
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Version' }).fill('6.0.1');
  await expect(form.getByText('Saves as a new downloadable, 6.0.1')).toBeVisible();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: `${made.name} 6.0.1` })).toBeVisible();
  await expect(page.getByText(release.asset.fileName, { exact: true })).toBeVisible();
  const { downloadable } = await adminApi.query<{ downloadable: object }>(
    'query($id: ID!) { downloadable(id: $id) { version status draftRevision { number } } }',
    { id: release.id },
  );
  expect(downloadable).toEqual({ version: '6.0.0', status: 'PUBLISHED', draftRevision: null });
});

test('a beta as draft is scheduled, cancelled, published, and taken back with undo', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const beta = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '7.0.0-beta.1', bytes: OLD });
  await adminApi.run('unpublishDownloadable', { id: beta.id }, 'downloadable { id }');
  const status = async () =>
    (await adminApi.query<{ downloadable: { status: string } }>('query($id: ID!) { downloadable(id: $id) { status } }', { id: beta.id }))
      .downloadable.status;
  await asAdmin(`/admin/downloadables/${beta.id}`);
  const menu = page.getByRole('button', { name: new RegExp(`^Actions for ${made.name}`) });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Schedule…' }).click();
  await page.getByLabel('Goes live at').fill('2001-01-01T00:00');
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(page.getByText(/choose one in the future/)).toBeVisible();
  await expectAccessible();
  await page.getByLabel('Goes live at').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16));
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect.poll(status).toBe('SCHEDULED');
  await expect(page.getByRole('button', { name: 'Cancel schedule' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Cancel schedule' }).click();
  await expect.poll(status).toBe('DRAFT');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect.poll(status).toBe('PUBLISHED');
  await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeVisible();
  await page.setViewportSize({ width: 390, height: 900 }); // a tablet is turned
  await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeVisible();
  await expectAccessible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Unpublish' }).click();
  await expect(page.getByText(/is hidden from customers/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(status).toBe('PUBLISHED');
});

test('two tabs edit one downloadable: the second to save sees both sides and loses nothing', async ({
  page,
  context,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const { downloadable } = await adminApi.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId: made.id, version: '8.0.0', name: 'Before' },
    'downloadable { id }',
  );
  await asAdmin();
  const address = `/admin/downloadables/${downloadable.id}?edit=${downloadable.id}`;
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(address);
    await expect(tab.getByRole('textbox', { name: 'Name' })).toHaveValue('Before');
  }
  await other.getByRole('textbox', { name: 'Name' }).fill('From the other tab');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText(/is saved as a draft/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('From this tab');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Theirs: From the other tab')).toBeVisible();
  await expect(page.getByText('Yours: From this tab')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const shown = await adminApi.query<{ downloadable: { name: string } }>('query($id: ID!) { downloadable(id: $id) { name } }', {
    id: downloadable.id,
  });
  expect(shown.downloadable.name).toBe('From this tab');
});

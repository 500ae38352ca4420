import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { filesOf, makeDraft, makeProduct, statusOf } from './prepared.ts';

const FILE = 'comet-linux-x64.tar.gz';

/** A browser in which nobody is signed in. */
async function openAsTester(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function download(page: Page): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download for Linux' }).click();
  return readFile(await (await started).path());
}

test('a tester without an account downloads a draft by a link until it is used up', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const bytes = Buffer.from(`a draft for testers, ${Date.now()}`);
  const { id: productId, name } = await makeProduct(adminApi);
  const { id } = await makeDraft(adminApi, product.baseUrl, { productId, version: '2.0-beta.1', bytes, fileName: FILE });
  await asAdmin(`/admin/downloadables/${id}?tab=sharing`);
  await expect(page.getByText('No links yet.')).toBeVisible();
  await page.getByRole('button', { name: 'New link' }).click();
  await page.getByLabel('For (optional)').fill('Night shift in Oslo');
  await page.getByLabel('Expires after').selectOption({ label: '24 hours' });
  await page.getByLabel('Downloads (optional)').fill('none');
  await page.getByRole('button', { name: 'Make link' }).click();
  await expect(page.getByText('The number of downloads must be')).toBeVisible();
  await expectAccessible();
  await page.getByLabel('Downloads (optional)').fill('2');
  await page.getByRole('button', { name: 'Make link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy the link now' });
  const url = (await dialog.getByText('/s/').textContent())?.trim() ?? '';
  expect(url).toMatch(/\/s\/[A-Za-z0-9_-]{43}$/);
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const item = page.getByRole('listitem').filter({ hasText: 'Night shift in Oslo' });
  await expect(item).toContainText('0 of 2 downloads used');

  const tester = await openAsTester(browser, url);
  await expect(tester.getByRole('heading', { level: 1, name: `${name} 2.0-beta.1` })).toBeVisible();
  await expect(tester.getByText('Draft', { exact: true })).toBeVisible();
  await expect(tester.getByText('2 downloads left')).toBeVisible();
  const install = tester.getByRole('region', { name: 'Install' });
  await expect(install).toContainText(`tar -xzf ${FILE}`);
  await expect(install).toContainText(`curl -fL -C - -O ${url}/${FILE}`);
  await expectAccessible(tester);
  expect(await download(tester)).toEqual(bytes);
  await expect(tester.getByText('1 download left')).toBeVisible();
  // The same file for the same visitor is the same download.
  expect(await download(tester)).toEqual(bytes);
  await tester.reload();
  await expect(tester.getByText('1 download left')).toBeVisible();
  const second = await openAsTester(browser, url);
  expect(await download(second)).toEqual(bytes);
  const third = await openAsTester(browser, url);
  await expect(third.getByText('This link is used up')).toBeVisible();
  await expect(third.getByRole('link', { name: 'Download for Linux' })).toBeHidden();
  await expect(third.getByRole('region', { name: 'Install' })).toBeHidden();
  await expect(third.getByText('Faster on Linux')).toBeVisible();
  await expectAccessible(third);
  // Who has begun is still offered the file, and until when.
  await second.reload();
  await expect(second.getByText('What you have begun stays open to you until')).toBeVisible();
  expect(await download(second)).toEqual(bytes);
  await expectAccessible(second);
  await third.goto(`${url}/${FILE}`);
  await expect(third.getByText('This link is used up')).toBeVisible();

  await page.reload();
  await expect(item).toContainText('2 of 2 downloads used');
  await expect(item).toContainText('Used up');
  for (const one of [tester, second, third]) await one.context().close();
});

test('an admin reads the log of a link and revokes it: the tester is told on the next request', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { id: productId } = await makeProduct(adminApi);
  const { id } = await makeDraft(adminApi, product.baseUrl, { productId, version: '2.0', bytes: Buffer.from('a draft'), fileName: FILE });
  const input = { downloadableId: id, label: 'Night shift in Oslo' };
  const { shareLink } = await adminApi.run<{ shareLink: { url: string } }>('createShareLink', input, 'shareLink { url }');
  const { url } = shareLink;
  for (const agent of ['first tester', 'second tester'])
    expect((await fetch(`${url}/${FILE}`, { headers: { 'user-agent': agent } })).status).toBe(200);
  const tester = await openAsTester(browser, url);
  await expect(tester.getByRole('link', { name: 'Download for Linux' })).toBeVisible();
  await asAdmin(`/admin/downloadables/${id}?tab=sharing`);
  const item = page.getByRole('listitem').filter({ hasText: 'Night shift in Oslo' });
  await item.getByRole('button', { name: 'Log of uses' }).click();
  await expect(item.getByRole('list', { name: 'Downloads by Night shift in Oslo' }).getByRole('listitem')).toHaveCount(2);
  await expectAccessible();

  await item.getByRole('button', { name: 'Revoke' }).click();
  const confirmation = page.getByRole('dialog');
  await expect(confirmation).toContainText('Revoke Night shift in Oslo?');
  await expectAccessible();
  await confirmation.getByRole('button', { name: 'Revoke' }).click();
  await expect(item).toContainText('Revoked');
  const reply = await tester.goto(url);
  expect([reply?.status(), reply?.headers()['x-robots-tag'], reply?.headers()['referrer-policy']]).toEqual([
    404,
    'noindex, nofollow',
    'no-referrer',
  ]);
  await expect(tester.getByRole('heading', { level: 1, name: 'This link does not work' })).toBeVisible();
  await expectAccessible(tester);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('revoked a share link for it')).toBeVisible();
  await tester.context().close();
});

test('a link of a channel follows its newest draft, and is kept by testers from one to the next', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { id: productId, name } = await makeProduct(adminApi);
  await asAdmin(`/admin/products?q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Share newest draft' }).click();
  const panel = page.getByRole('dialog', { name: `Share ${name}` });
  await expect(panel.getByLabel('Channel')).toHaveValue('beta');
  await expectAccessible();
  await panel.getByRole('button', { name: 'New link' }).click();
  await page.getByRole('button', { name: 'Make link' }).click();
  const secret = page.getByRole('dialog', { name: 'Copy the link now' });
  const url = (await secret.getByText('/s/').textContent())?.trim() ?? '';
  await secret.getByRole('button', { name: 'Done' }).click();
  await expect(panel.getByRole('list', { name: 'Share links' }).getByRole('listitem')).toHaveCount(1);

  const tester = await openAsTester(browser, url);
  await expect(tester.getByRole('heading', { level: 1, name: 'Nothing to test at the moment' })).toBeVisible();
  await expectAccessible(tester);
  const bytes = Buffer.from(`beta for testers, ${Date.now()}`);
  const { id } = await makeDraft(adminApi, product.baseUrl, { productId, version: '3.0-beta.1', bytes, fileName: FILE });
  await tester.reload();
  await expect(tester.getByRole('heading', { level: 1, name: `${name} 3.0-beta.1` })).toBeVisible();
  expect(await download(tester)).toEqual(bytes);
  await adminApi.run('publishDownloadable', { id }, 'downloadable { status }');
  await tester.reload();
  await expect(tester.getByRole('heading', { level: 1, name: 'Nothing to test at the moment' })).toBeVisible();
  await tester.context().close();
});

test('a beta is shared with a tester, followed by a second one and the final release; then the betas are taken out', async ({
  page,
  browser,

  adminApi,
  asAdmin,
}, info) => {
  const made = await makeProduct(adminApi);
  const release = async (version: string, isPublished: boolean): Promise<string> => {
    const path = info.outputPath(`comet-${version}-linux-x64.tar.gz`);
    await writeFile(path, `bytes of ${version} `.repeat(200));
    await page.goto('/admin/downloadables?new=1');
    const form = page.getByRole('dialog');
    await form.getByLabel('Product').selectOption({ label: made.name });
    await form.getByRole('textbox', { name: 'Version' }).fill(version);
    await form.getByRole('textbox', { name: 'Changelog' }).fill(`- What is new in ${version}`);
    await form.locator('input[type=file]').setInputFiles(path);
    if (isPublished) await form.getByRole('radio', { name: 'Published' }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    const done = isPublished ? `${made.name} ${version} is published.` : `${made.name} ${version} is saved.`;
    await expect(page.getByText(done)).toBeVisible();
    const { product: found } = await adminApi.query<{ product: { downloadableByVersion: { id: string } } }>(
      'query($id: ID!, $version: String!) { product(id: $id) { downloadableByVersion(version: $version) { id } } }',
      { id: made.id, version },
    );
    await expect.poll(async () => filesOf(adminApi, found.downloadableByVersion.id)).toEqual(['READY']);
    return found.downloadableByVersion.id;
  };
  const actOn = async (id: string, action: RegExp): Promise<void> => {
    await page.goto(`/admin/downloadables/${id}`);
    await page.getByRole('button', { name: /^Actions for Comet/ }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  await asAdmin();
  const first = await release('5.0.0-beta.1', false);
  // One link for whatever beta is the newest draft.
  // Found by its name: other journeys fill the first page.
  await page.goto(`/admin/products?q=${encodeURIComponent(made.name)}`);
  await page.getByRole('button', { name: `Actions for ${made.name}` }).click();
  await page.getByRole('menuitem', { name: 'Share newest draft…' }).click();
  await page.getByLabel('Channel').selectOption('beta');
  await page.getByRole('button', { name: 'New link' }).click();
  await page.getByRole('button', { name: 'Make link' }).click();
  const url = (await page.getByRole('dialog', { name: 'Copy the link now' }).getByText('/s/').textContent())?.trim() ?? '';
  const tester = await openAsTester(browser, url);
  await expect(tester.getByRole('listitem').filter({ hasText: 'What is new in 5.0.0-beta.1' })).toBeVisible();
  expect((await download(tester)).toString()).toContain('bytes of 5.0.0-beta.1');

  const second = await release('5.0.0-beta.2', true);
  await tester.reload();
  await expect(tester.getByRole('listitem').filter({ hasText: 'What is new in 5.0.0-beta.1' })).toBeVisible();
  const final = await release('5.0.0', true);

  await actOn(first, /^Delete/);
  await page.getByLabel('Type 5.0.0-beta.1 to confirm').fill('5.0.0-beta.1');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText(`${made.name} 5.0.0-beta.1 is deleted.`)).toBeVisible();
  await tester.reload();
  await expect(tester.getByRole('heading', { name: 'Nothing to test at the moment' })).toBeVisible();
  await actOn(second, /^Withdraw/);
  await page.getByLabel('Reason').fill('The final release replaces it.');
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect.poll(() => statusOf(adminApi, second)).toBe('WITHDRAWN');
  expect([await statusOf(adminApi, first), await statusOf(adminApi, final)]).toEqual([null, 'PUBLISHED']);
});

/** Lists that are longer than a page: what is old is found as surely as what is new. */
import type { ApiUser } from './api-user.ts';
import { expect, test } from './journey.ts';
import { enterKey, makeLicenseKey, makeProduct } from './prepared.ts';

/** More than the API gives in one page. */
const MANY = 104;

/** Published versions 2.0.0 to 2.103.0 above one 1.0.0, each with a file of the vendor's own server. */
async function makeManyReleases(api: ApiUser): Promise<{ id: string; slug: string; name: string }> {
  const made = await makeProduct(api);
  const versions = ['1.0.0', ...Array.from({ length: MANY }, (_, minor) => `2.${minor}.0`)];
  for (const version of versions) {
    const { downloadable } = await api.run<{ downloadable: { id: string } }>(
      'createDownloadable',
      { productId: made.id, version },
      'downloadable { id }',
    );
    const file = { fileName: `comet-${version}-linux-x64.tar.gz`, url: `https://files.example/comet-${version}.tar.gz`, size: 1 };
    await api.run('addExternalAsset', { downloadableId: downloadable.id, ...file, sha256: 'a'.repeat(64) }, 'asset { id }');
    await api.run('publishDownloadable', { id: downloadable.id }, 'downloadable { id }');
  }
  return made;
}

test('a license is led to its old version past a hundred newer ones, and any is found by typing it', async ({ page, adminApi }) => {
  const made = await makeManyReleases(adminApi);
  const { key } = await makeLicenseKey(adminApi, { productId: made.id, versionRange: '<2.0.0' });
  await enterKey(page, key);
  await expect(page.getByRole('heading', { name: `${made.name} 1.0.0` })).toBeVisible();
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();

  await page.getByRole('button', { name: /Choose another/ }).click();
  const versions = page.getByRole('navigation', { name: 'Versions' });
  await versions.getByLabel('Find a version').fill('v2.0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${made.name} 2.0.0` })).toBeVisible();

  await page.getByRole('button', { name: /Choose another/ }).click();
  await expect(versions.getByRole('link', { name: /^1\.0\.0/ })).toHaveCount(0);
  await versions.getByRole('button', { name: 'Show older versions' }).click();
  await expect(versions.getByRole('link', { name: /^1\.0\.0/ })).toBeVisible();
  await expect(versions.getByRole('button', { name: 'Show older versions' })).toHaveCount(0);
});

test('every API token is listed, page by page', async ({ page, adminApi, asAdmin }) => {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  await adminApi.run('createApiToken', { name: 'the oldest of all', scopes: ['release:read'], expiresAt }, 'apiToken { id }');
  for (let index = 0; index < 50; index += 1)
    await adminApi.run('createApiToken', { name: `pipeline ${index}`, scopes: ['release:read'], expiresAt }, 'apiToken { id }');
  await asAdmin('/admin/tokens');
  const tokens = page.getByRole('list', { name: 'API tokens' });
  await expect(tokens.getByText('pipeline 49')).toBeVisible();
  await expect(tokens.getByText('the oldest of all')).toHaveCount(0);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(tokens.getByText('the oldest of all')).toBeVisible();
});

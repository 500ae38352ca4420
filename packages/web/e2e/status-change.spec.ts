import { hold, runs } from './hold.ts';
import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

test('a change of status is seen before the API answers, stays when it does, and is taken back with the reason when it refuses', async ({
  page,
  product,
  adminApi,
  asAdmin,
}) => {
  const made = await makeProduct(adminApi);
  const versions = ['1.0.0', '1.1.0', '1.2.0'];
  const releases = await Promise.all(
    versions.map((version) => makeRelease(adminApi, product.baseUrl, { productId: made.id, version, bytes: Buffer.from(version) })),
  );
  await asAdmin(`/admin/downloadables?product=${made.id}`);
  const row = (version: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: version, exact: true }) });
  const archive = async (version: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${made.name} ${version}` }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
  };
  await expect(row('1.2.0')).toContainText('Published');

  // The list is being loaded again when the second answer comes.
  const letLoad = await hold(page, '/graphql', runs('ListDownloadables'));
  for (const version of ['1.0.0', '1.1.0']) {
    await archive(version);
    await expect(page.getByText(`${made.name} ${version} is archived.`)).toBeVisible();
    await expect(row(version)).toContainText('Archived');
  }
  letLoad();
  await expect(row('1.0.0')).toContainText('Archived');

  const letArchive = await hold(page, '/graphql', runs('ArchiveDownloadable'));
  await archive('1.2.0');
  await expect(row('1.2.0')).toContainText('Archived');
  await adminApi.run('unpublishDownloadable', { id: releases[2]?.id }, 'downloadable { status }');
  letArchive();
  await expect(page.getByText(`${made.name} 1.2.0 was not archived.`)).toBeVisible();
  await expect(page.getByText('You cannot archive this release while it is draft', { exact: false })).toBeVisible();
  await expect(row('1.2.0')).toContainText('Draft');
});

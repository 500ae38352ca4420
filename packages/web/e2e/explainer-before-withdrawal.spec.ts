import { expect, test } from './journey.ts';
import { enterKey, fetchByKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('bytes that lose data '.repeat(2_000));

test('explainer before a withdrawal: who loses it, why one customer has it until when, and then it is withdrawn', async ({
  page,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const made = await makeProduct(adminApi);
  const bad = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '7.0.0', bytes: BYTES });
  const ending = await makeLicenseKey(adminApi, { productId: made.id, expiresAt: '2099-03-01T00:00:00Z' });
  await makeLicenseKey(adminApi, { productId: made.id, versionRange: '<7' });
  await asAdmin(`/admin/downloadables/${bad.id}?ask=withdraw`);

  const impact = page.getByRole('region', { name: 'Impact' });
  await expect(impact).toContainText('1 license loses it, 1 did not have it.');
  await impact.getByRole('button', { name: 'See who' }).click();
  await impact.getByRole('button', { name: /Lose it/ }).click();
  const opening = page.context().waitForEvent('page');
  await impact.getByRole('link', { name: /^A customer/ }).click();

  const explainer = await opening;
  await expect(explainer.getByRole('heading', { name: 'Allowed today' })).toBeVisible();
  await expectAccessible(explainer);
  const date = explainer.getByRole('slider', { name: 'Date' });
  await date.press('End');
  await expect(explainer.getByRole('heading', { name: /^Denied on .*: the license has ended$/ })).toBeVisible();
  await expect(explainer.getByRole('list', { name: 'Rules' }).getByText('LICENSE_EXPIRED')).toBeVisible();
  await expect(explainer.getByText('Your license expired on Mar 1, 2099')).toBeVisible();
  await expect(explainer.getByRole('link', { name: 'Renew' })).toBeVisible();
  await expectAccessible(explainer);
  // The whole question is in the address.
  await explainer.reload();
  await expect(explainer.getByRole('heading', { name: /^Denied on/ })).toBeVisible();
  await explainer.getByRole('button', { name: 'Mar 1, 2099: the license has ended' }).click();
  await expect(explainer.getByRole('heading', { name: 'Denied on Mar 1, 2099: the license has ended' })).toBeVisible();
  await explainer.close();

  await expectAccessible();
  await page.getByLabel('Reason').fill('It loses data.');
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await expect(page.getByText(/^Withdrawn on/)).toBeVisible();
  expect((await fetchByKey(product.baseUrl, bad.asset, ending.key)).status).toBe(410);
  await enterKey(page, ending.key);
  await page.goto(`/portal/downloads/${made.slug}/7.0.0`);
  await expect(
    page
      .getByText(/It loses data/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
});

import { expect, test } from './journey.ts';
import { makeProduct } from './prepared.ts';

const RELEASES = 60;

test('paging keeps the focus, and Back comes to the place that was left', async ({ page, adminApi, asAdmin }) => {
  const { id: productId } = await makeProduct(adminApi);
  for (let minor = 0; minor < RELEASES; minor += 1)
    await adminApi.run('createDownloadable', { productId, version: `1.${minor}.0` }, 'downloadable { id }');
  await asAdmin(`/admin/downloadables?product=${productId}`);
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(25);
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: '1.34.0' })).toBeVisible();
  await expect(rows).toHaveCount(25);
  await expect(next).toBeFocused();

  const last = page.getByRole('link', { name: '1.10.0' });
  await last.scrollIntoViewIfNeeded();
  const left = await page.evaluate(() => window.scrollY);
  expect(left).toBeGreaterThan(0);
  await last.click();
  await expect(page.getByRole('heading', { name: /1\.10\.0/ })).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(25);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(left);
});

test('Back from the console finds the portal where it was left', async ({ page, adminApi, asAdmin }) => {
  const { id: productId, slug } = await makeProduct(adminApi);
  const changelog = Array.from({ length: 60 }, (_, line) => `- Change number ${line}`).join('\n');
  await adminApi.run('createDownloadable', { productId, version: '1.0.0', changelog }, 'downloadable { id }');
  await asAdmin(`/portal/downloads?product=${slug}&version=1.0.0`);
  await page.getByText('Change number 59').scrollIntoViewIfNeeded();
  const left = await page.evaluate(() => window.scrollY);
  expect(left).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Console' }).evaluate((link: HTMLElement) => link.click()); // without scrolling to it first
  await expect(page.getByRole('heading', { name: 'Downloadables' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Change number 59')).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(left);
});

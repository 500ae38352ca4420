import { checkWidths } from './accessibility.ts';
import { expect, test } from './journey.ts';
import { enterKey, makeDraft, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const PAGES = [
  '',
  '/downloadables',
  '/products',
  '/customers',
  '/licenses',
  '/staff',
  '/logs',
  '/logs/downloads',
  '/logs/refusals',
  '/logs/uploads',
  '/logs/store',
  '/logs/mail',
  '/tokens',
  '/settings',
  '/settings/limits',
  '/settings/mail',
  '/settings/security',
  '/settings/retention',
].map((path) => `/admin${path}`);

test('no page scrolls sideways, hides a control or breaks a word at any width', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  const input = { productId: made.id, bytes: Buffer.from('one') };
  const release = await makeRelease(adminApi, product.baseUrl, { ...input, version: '1.0.0' });
  const draft = await makeDraft(adminApi, product.baseUrl, { ...input, version: '2024.11.3-beta.1', fileName: 'comet-2.exe' });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await page.goto('/login');
  await checkWidths(page);
  await asAdmin();
  const tabs = ['', '?tab=revisions', '?tab=sharing', '?tab=downloads', '?tab=history'].map(
    (tab) => `/admin/downloadables/${release.id}${tab}`,
  );
  const { licenses } = await adminApi.query<{ licenses: { nodes: { customer: { id: string } }[] } }>(
    'query { licenses(first: 1) { nodes { customer { id } } } }',
  );
  const customer = `/admin/customers/${licenses.nodes[0]?.customer.id ?? ''}`;
  for (const path of [...PAGES, ...tabs, customer, `/admin/downloadables/${draft.id}`, '/admin/downloadables?new=1', '/admin/nowhere']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    await checkWidths(page);
  }
  await page.context().clearCookies();
  await enterKey(page, key);
  for (const path of [`/portal/downloads?product=${made.slug}`, '/portal/refused']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await checkWidths(page);
  }
});

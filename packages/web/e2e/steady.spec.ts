import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { enterKey, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

/** UX 42. */
const MOST_SHIFT = 0.05;

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** Opens a page and waits until it stands. @returns how much of it moved while it loaded, and what did */
async function shiftOf(page: Page, path: string): Promise<{ sum: number; moved: string[] }> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  return page.evaluate(
    () =>
      new Promise<{ sum: number; moved: string[] }>((resolve) => {
        const entries: Shift[] = [];
        new PerformanceObserver((list) => entries.push(...(list.getEntries() as Shift[]))).observe({
          type: 'layout-shift',
          buffered: true,
        });
        setTimeout(() => {
          const counted = entries.filter(({ hadRecentInput }) => !hadRecentInput);
          const moved = counted.flatMap(({ value, sources }) =>
            sources.map(({ node }) => `${value.toFixed(3)} ${node?.nodeName ?? ''} ${node?.textContent?.trim().slice(0, 40) ?? ''}`),
          );
          resolve({ sum: counted.reduce((sum, { value }) => sum + value, 0), moved });
        }, 300);
      }),
  );
}

async function expectSteady(page: Page, path: string): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const { sum, moved } = await shiftOf(page, path);
    expect.soft(sum, `${path} at ${width} px: ${moved.join(' | ')}`).toBeLessThan(MOST_SHIFT);
  }
}

test('the portal and a release with an open revision stand still while they load', async ({ page, product, adminApi, signIn }) => {
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const { downloadable } = await adminApi.run<{ downloadable: { lockVersion: number } }>(
    'reviseDownloadable',
    { id: release.id },
    'downloadable { lockVersion }',
  );
  const change = { id: release.id, lockVersion: downloadable.lockVersion, changelog: '- A hotfix\n- And another line' };
  await adminApi.run('updateDownloadable', change, 'downloadable { id }');
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await enterKey(page, key);
  await expectSteady(page, `/portal/downloads?product=${made.slug}`);
  await page.context().clearCookies(); // who is signed in with a key is led past the form
  await signIn(product.admin.email, product.admin.password);
  await expectSteady(page, `/admin/downloadables/${release.id}`);
  await expectSteady(page, '/admin/downloadables');
});

test('a customer with a license is never told to have none, not even while the answer is on its way', async ({
  page,
  product,
  adminApi,
  signIn,
}) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  const email = `buyer-${Date.now()}@customer.example`;
  const { customer } = await adminApi.run<{ customer: { id: string } }>('createCustomer', { name: 'A buyer', email }, 'customer { id }');
  await adminApi.run('createLicense', { customerId: customer.id, productId: made.id }, 'license { id }');
  const { initialPassword } = await adminApi.run<{ initialPassword: string }>(
    'createUser',
    { name: 'A buyer', email, role: 'CUSTOMER', customerId: customer.id },
    'initialPassword',
  );
  await signIn(email, initialPassword);
  const told: string[] = [];
  await page.exposeFunction('tell', (text: string) => told.push(text));
  await page.addInitScript(() => {
    const { tell } = window as unknown as { tell(text: string): void };
    new MutationObserver(() => {
      if (document.body?.textContent?.includes('no license so far')) tell('no license so far');
    }).observe(document, { childList: true, subtree: true });
  });
  for (const path of ['/portal/downloads', '/portal/licenses']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: made.name, exact: true })).toBeVisible();
  }
  expect(told).toEqual([]);
  await expectSteady(page, `/portal/downloads/${made.slug}`);
  await expectSteady(page, '/portal/licenses');
});

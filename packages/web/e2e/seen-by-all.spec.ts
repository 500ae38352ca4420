import type { Page } from '@playwright/test';
import { expect, test } from './journey.ts';
import { Keyboard } from './keyboard.ts';
import { enterKey, makeDraft, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

/** Fails when nothing has the focus: who works with keys would begin at the top again. */
async function expectFocusKept(page: Page, after: string): Promise<void> {
  const holder = () => page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
  await expect.poll(holder, { message: `the focus after ${after}` }).not.toBe('BODY');
  // Nor is it lost for good when the list, asked for again, takes its place away once more.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect.poll(holder, { message: `the focus a moment after ${after}` }).not.toBe('BODY');
}

test('the focus is kept after everything that takes its place away, by keyboard alone', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  const bytes = Buffer.from('one');
  for (const version of ['1.0.0', '1.1.0']) await makeDraft(adminApi, product.baseUrl, { productId: made.id, version, bytes });
  await asAdmin('/admin/downloadables');
  const keyboard = new Keyboard(page);
  const row = (version: string) => page.getByRole('row', { name: `Select ${made.name} ${version}` });

  await keyboard.press(row('1.0.0').getByRole('link', { name: '1.0.0' }));
  await expect(page.getByRole('heading', { name: `${made.name} 1.0.0` })).toBeFocused();
  await keyboard.press(page.getByRole('button', { name: 'Publish', exact: true }));
  await expect(page.getByText(`${made.name} 1.0.0 is published.`)).toBeVisible();
  await expectFocusKept(page, 'publishing');
  await keyboard.press(page.getByRole('button', { name: 'Undo' }));
  await expect(page.getByText('Draft', { exact: true }).first()).toBeVisible();
  await expectFocusKept(page, 'undoing');
  await keyboard.press(page.getByRole('link', { name: 'Downloadables' }).last());
  await expect(page.getByRole('heading', { name: 'Downloadables', exact: true })).toBeVisible();
  await expectFocusKept(page, 'a change of pages');

  await keyboard.press(row('1.1.0').getByRole('checkbox'), 'Space');
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible(); // its code is fetched first
  await keyboard.press(page.getByRole('button', { name: 'Clear selection' }));
  await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0);
  await expectFocusKept(page, 'clearing the selection');

  await keyboard.type(page.getByRole('searchbox', { name: 'Search downloadables' }), 'nothing like this');
  await keyboard.press(page.getByRole('button', { name: 'Clear filters' }));
  await expect(row('1.1.0')).toBeVisible();
  await expectFocusKept(page, 'clearing the filters');

  await keyboard.press(row('1.1.0').getByRole('button', { name: /Actions/ }));
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.type('Delete');
  await expect(page.getByRole('menuitem', { name: /Delete/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Delete/ });
  await keyboard.type(dialog.getByLabel('Type 1.1.0 to confirm'), '1.1.0');
  await page.keyboard.press('Enter');
  await expect(row('1.1.0')).toHaveCount(0);
  await expectFocusKept(page, 'a deletion');
});

test('the focus is kept when a customer chooses a version', async ({ page, product, adminApi }) => {
  const made = await makeProduct(adminApi);
  for (const version of ['1.0.0', '2.0.0'])
    await makeRelease(adminApi, product.baseUrl, { productId: made.id, version, bytes: Buffer.from(version) });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await enterKey(page, key);
  await page.goto(`/portal/downloads?product=${made.slug}`);
  const keyboard = new Keyboard(page);
  await keyboard.press(page.getByRole('button', { name: /Choose another/ }));
  await keyboard.press(page.getByRole('navigation', { name: 'Versions' }).getByRole('link', { name: /1\.0\.0/ }));
  await expect(page.getByRole('heading', { name: `${made.name} 1.0.0` })).toBeVisible();
  await expectFocusKept(page, 'choosing a version');
});

test('what changes in silence is said by a live region that is always there', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '7.7.7', bytes: Buffer.from('one') });
  await asAdmin('/admin/downloadables');
  const region = page.getByRole('log', { name: 'Announcements' });
  await expect(region).toHaveAttribute('aria-live', 'polite');
  const first = await region.elementHandle();

  await page.getByRole('checkbox', { name: `Select ${made.name} 7.7.7` }).click();
  await expect(region).toContainText('1 selected.');
  await page.getByRole('searchbox', { name: 'Search downloadables' }).fill('nothing like this');
  await expect(region).toContainText('Nothing matches.');
  await page.getByRole('searchbox', { name: 'Search downloadables' }).fill('7.7.7');
  await expect(region).toContainText('1 downloadable.');
  await page.getByRole('link', { name: 'Customers' }).click();
  await expect(region).toContainText('Customers.');
  expect(await first?.evaluate((element) => element.isConnected)).toBe(true);
});

test('with forced colours, what is chosen, current or under the keys is told by lines, and what floats has an edge', async ({
  page,
  product,
  adminApi,
  asAdmin,
}) => {
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  await page.emulateMedia({ forcedColors: 'active' });
  await asAdmin('/admin/downloadables');
  const look = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } = getComputedStyle(element);
        return { outline: `${outlineStyle} ${outlineWidth}`, border: `${borderTopStyle} ${borderTopWidth}` };
      });
  expect((await look('nav [aria-current=page]')).outline).toBe('solid 2px');
  await page
    .getByRole('row', { name: made.name })
    .getByRole('button', { name: /Actions/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  expect((await look('[role=menuitem]:focus')).outline).toBe('solid 2px');
  expect((await look('[role=menu]')).border).toBe('solid 1px');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  const chosen = page.getByRole('option', { selected: true });
  await expect(chosen).toHaveCount(1);
  expect((await look('[role=option][aria-selected=true]')).outline).toBe('solid 2px');
  expect((await look('[role=dialog]')).border).toBe('solid 1px');
  await page.keyboard.press('Escape');
  await page.goto(`/admin/downloadables/${release.id}?tab=downloads`);
  expect((await look('nav[aria-label="Parts of this downloadable"] [aria-current=page]')).outline).toBe('solid 2px');
  await expect(page.locator('[aria-pressed=true]').first()).toBeVisible();
  expect((await look('[aria-pressed=true]')).outline).toBe('solid 2px');
});

test('the tabs of a release have titles of their own, and a slide-over can be used at 320 x 256', async ({
  page,
  product,
  adminApi,
  asAdmin,
}) => {
  const made = await makeProduct(adminApi);
  const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version: '1.0.0', bytes: Buffer.from('one') });
  await asAdmin();
  const titles = new Set<string>();
  for (const tab of ['', '?tab=revisions', '?tab=sharing', '?tab=downloads', '?tab=history']) {
    await page.goto(`/admin/downloadables/${release.id}${tab}`);
    await expect(page).toHaveTitle(new RegExp(made.name));
    titles.add(await page.title());
  }
  expect(titles.size).toBe(5);
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto('/admin/downloadables?new=1');
  const save = page.getByRole('button', { name: 'Save' });
  // The form is there, and has moved to its first field.
  await expect(page.getByRole('dialog').getByLabel('Product')).toBeFocused();
  await save.scrollIntoViewIfNeeded();
  await expect(save).toBeInViewport();
  /** What is left for the form beside what stays where it is. */
  const room = await page.getByRole('dialog').evaluate((panel) => {
    const isWhole = getComputedStyle(panel).overflowY === 'auto';
    const fixed = [...panel.querySelectorAll('header, footer')].reduce((sum, { clientHeight }) => sum + clientHeight, 0);
    return panel.clientHeight - (isWhole ? 0 : fixed);
  });
  expect(room).toBeGreaterThan(200);
});

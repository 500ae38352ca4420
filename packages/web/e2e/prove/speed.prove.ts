/** Shows in a browser that the console is fast with 5,000 downloadables. Prints every figure, and fails above the budget. */
import type { Page } from '@playwright/test';
import { expect, test } from '../journey.ts';
import { listMissed, printFigures, type Figure } from './figures.ts';
import { makeManyReleases, type ManyRelease } from './many-releases.ts';
import { startWatch, watchPage } from './stopwatch.ts';

const COUNT = 5_000;
const PUBLISHED = 100;
/** A person who types fast. */
const KEY_DELAY_MS = 90;
const WORDS = ['timeline', 'installer', 'memory', 'encoder', 'shortcut', 'clipboard', 'printing', 'stalls', 'network', 'viewer'];
const FIRST_ROW = 'tbody tr:first-child';
const MOST_SHIFT = 0.05;
const SEED_TIMEOUT_MS = 900_000;

const figures: Figure[] = [];
const shifts: Record<string, number> = {};

function note(name: string, valuesMs: readonly number[], [of, limitMs]: readonly ['p95' | 'worst', number]): void {
  figures.push({ name, valuesMs, of, limitMs });
}

async function openList(page: Page, query = ''): Promise<void> {
  await page.goto(`/admin/downloadables${query}`);
  await page.locator(FIRST_ROW).waitFor();
  await page.waitForLoadState('networkidle');
}

let releases: readonly ManyRelease[] = [];

/** On a busy machine every step takes its time; what is measured is measured in the page. */
test.describe.configure({ timeout: SEED_TIMEOUT_MS });

test.beforeAll(async ({ adminApi }, info) => {
  info.setTimeout(SEED_TIMEOUT_MS);
  const begun = Date.now();
  releases = await makeManyReleases(adminApi, COUNT, PUBLISHED);
  process.stdout.write(`Made ${COUNT} downloadables in ${Math.round((Date.now() - begun) / 1_000)} s.\n`);
});

test.beforeEach(async ({ page, product, signIn }) => {
  await watchPage(page);
  await signIn(product.admin.email, product.admin.password);
});

test('a search shows its answer in under 300 ms', async ({ page }) => {
  await openList(page);
  const box = page.getByRole('searchbox', { name: 'Search downloadables' });
  const versions = Array.from({ length: 20 }, (_, index) => releases[(index * 241 + 77) % COUNT]?.version ?? '');
  const values: number[] = [];
  for (const text of [...versions, ...WORDS]) {
    await box.fill('');
    await page.waitForURL((url) => !url.searchParams.has('q'));
    const isVersion = /^\d/.test(text);
    const stop = await startWatch(page, 'keydown', { search: text, selector: FIRST_ROW, ...(isVersion ? { text } : {}) });
    await box.pressSequentially(text, { delay: KEY_DELAY_MS });
    values.push(await stop());
  }
  note('Search: last key to rows', values, ['p95', 300]);
});

test('the palette opens in under 100 ms and answers soon', async ({ page }) => {
  await openList(page);
  const [opened, answered]: [number[], number[]] = [[], []];
  for (let round = 0; round < 20; round += 1) {
    const version = releases[(round * 199 + 31) % COUNT]?.version ?? '';
    const stop = await startWatch(page, 'keydown', { selector: '[role=dialog] [role=combobox]' });
    await page.keyboard.press('Control+k');
    opened.push(await stop());
    const stopAnswer = await startWatch(page, 'keydown', { selector: '[role=option]', text: version });
    await page.keyboard.type(version, { delay: KEY_DELAY_MS });
    answered.push(await stopAnswer());
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  note('Palette: key to open', opened, ['p95', 100]);
  note('Palette: last key to the version', answered, ['p95', 300]);
});

test('a change of status is seen in under 100 ms', async ({ page }) => {
  await openList(page, '?size=100');
  for (const [action, badge] of [
    ['Archive', 'Archived'],
    ['Restore', 'Published'],
  ] as const) {
    const values: number[] = [];
    for (let row = 1; row <= 12; row += 1) {
      const line = page.locator(`tbody tr:nth-child(${row})`);
      await line.getByRole('button', { name: /^Actions for/ }).click();
      const item = page.getByRole('menuitem', { name: new RegExp(`^${action}`) });
      await item.waitFor();
      const stop = await startWatch(page, 'click', { selector: `tbody tr:nth-child(${row}) td`, text: badge });
      await item.click();
      values.push(await stop());
      await page.waitForLoadState('networkidle');
    }
    note(`Status: click on ${action} to badge`, values, ['p95', 100]);
  }
});

test('no interaction with 100 rows takes 200 ms', async ({ page }) => {
  await openList(page, '?size=100');
  await expect(page.locator('tbody tr')).toHaveCount(100);
  const worst: [string, () => Promise<void>][] = [
    ['Rows: choose ten', () => chooseRows(page, [3, 7, 11, 15, 19, 23, 27, 31, 35, 39])],
    ['Rows: Shift-range over 100', () => chooseRange(page)],
    ['Rows: choose the page, twice', () => choosePage(page)],
    ['Rows: open five menus', () => openMenus(page)],
    ['Rows: sort five times', () => sortColumns(page)],
    ['Rows: type in the search', () => page.getByRole('searchbox').pressSequentially('installer', { delay: KEY_DELAY_MS })],
    ['Rows: j and x, ten times', () => walkByKeys(page)],
  ];
  for (const [name, act] of worst) {
    await page.evaluate(() => void (window.slowest = 0));
    await act();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    note(name, [await page.evaluate(() => window.slowest ?? 0)], ['worst', 200]);
  }
});

test('nothing moves while a page loads', async ({ page }) => {
  for (const path of ['/admin/downloadables?size=100', '/admin', '/admin/products', '/portal/downloads']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    shifts[path] = await page.evaluate(() => window.shifted ?? 0);
  }
});

// Held against the budget at the end: a failed test would start the product, and its 5,000 downloadables, afresh.
test('every figure is within its budget', () => {
  printFigures(`${COUNT} downloadables, in the browser:`, figures);
  for (const [path, shift] of Object.entries(shifts)) process.stdout.write(`  CLS ${shift.toFixed(4)}  ${path}\n`);
  const moved = Object.entries(shifts).filter(([, shift]) => !(shift < MOST_SHIFT));
  expect([...listMissed(figures), ...moved.map(([path, shift]) => `${path}: CLS ${shift}`)]).toEqual([]);
});

const boxAt = (page: Page, row: number) => page.locator(`tbody tr:nth-child(${row})`).getByRole('checkbox');

async function chooseRows(page: Page, rows: readonly number[]): Promise<void> {
  for (const row of rows) await boxAt(page, row).click();
}

async function chooseRange(page: Page): Promise<void> {
  await boxAt(page, 1).click();
  await boxAt(page, 100).click({ modifiers: ['Shift'] });
}

async function choosePage(page: Page): Promise<void> {
  for (let round = 0; round < 2; round += 1) await page.getByRole('checkbox', { name: 'Select this page' }).click();
}

async function openMenus(page: Page): Promise<void> {
  for (const row of [2, 4, 6, 8, 10]) {
    await page
      .locator(`tbody tr:nth-child(${row})`)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }
}

async function sortColumns(page: Page): Promise<void> {
  for (const name of ['Version', 'Version', 'Product', 'Status', 'Release Date']) {
    await page.getByRole('columnheader', { name }).getByRole('button').click();
    await page.waitForLoadState('networkidle');
  }
}

async function walkByKeys(page: Page): Promise<void> {
  await page.getByRole('searchbox').blur();
  for (let round = 0; round < 10; round += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
  }
}

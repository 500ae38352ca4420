import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { signInByApi, type ApiUser } from './api-user.ts';
import { preparePlace, type Place } from './places.ts';
import { startProduct, type RunningProduct } from './product-process.ts';

interface Journey {
  /** Signs a person in on the page, through the form. */
  signIn(email: string, password: string): Promise<void>;
  /** Fails on any accessibility finding, light and dark, 390 and 1440 px. */
  expectAccessible(): Promise<void>;
}

/** One product for all journeys of a place: each makes its own data. */
interface Shared {
  readonly product: RunningProduct;
  /** The admin, through GraphQL: to prepare what a journey is not about. */
  readonly adminApi: ApiUser;
}

export const test = base.extend<Journey & { noConsoleErrors: undefined }, Shared>({
  product: [
    async ({}, use, worker) => {
      const product = await startProduct(await preparePlace(worker.project.metadata['place'] as Place));
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  adminApi: [async ({ product }, use) => use(await signInByApi(product.baseUrl, product.admin)), { scope: 'worker' }],
  baseURL: async ({ product }, use) => use(product.baseUrl),
  noConsoleErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        // A refused request shows as a console line of the browser's own; the journeys expect those by status.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  signIn: async ({ page }, use) =>
    use(async (email, password) => {
      await page.goto('/login');
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL((url) => url.pathname !== '/login');
    }),
  expectAccessible: async ({ page }, use) => use(() => checkAccessibility(page)),
});

async function checkAccessibility(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
      expect(found, `${page.url()} ${colorScheme} at ${width} px`).toEqual([]);
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect(scrolls, `${page.url()} scrolls sideways at ${width} px`).toBe(false);
    }
  }
}

export { expect };

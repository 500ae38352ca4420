import { test as base, expect, type Page } from '@playwright/test';
import { checkAccessibility } from './accessibility.ts';
import { SIGN_IN, signInByApi, type ApiUser } from './api-user.ts';
import { preparePlace, type Place } from './places.ts';
import { startProduct, type RunningProduct } from './product-process.ts';

export interface Journey {
  /** Signs a person in on the page, through the form. */
  signIn(email: string, password: string): Promise<void>;
  /** Signs the admin in without the form, for what is not about it. @param path opened then, unless the journey opens its page itself */
  asAdmin(path?: string): Promise<void>;
  /** Fails on any accessibility finding of the page or of another one, light and dark, 390 and 1440 px: see `checkAccessibility`. */
  expectAccessible(other?: Page): Promise<void>;
}

/** One product for all journeys of a place: each makes its own data. */
export interface Shared {
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
    { scope: 'worker', timeout: 180_000 },
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
  asAdmin: async ({ page, product }, use) =>
    use(async (path) => {
      // Its cookies are the page's as well.
      const reply = await page.context().request.post('/graphql', { data: { query: SIGN_IN, variables: { input: product.admin } } });
      expect(await reply.json()).toMatchObject({ data: { signIn: { userErrors: [] } } });
      if (path) await page.goto(path);
    }),
  expectAccessible: async ({ page }, use) => use((other = page) => checkAccessibility(other)),
});

export { expect };

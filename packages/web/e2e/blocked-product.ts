import type { Page } from '@playwright/test';
import { expect, test as journey } from './journey.ts';
import { forbidUploads, preparePlace, type Place } from './places.ts';
import { startProduct, type RunningProduct } from './product-process.ts';

/** A product of its own: what is taken from its bucket would be missing to the other journeys. */
export const test = journey.extend<{ blocked: RunningProduct }>({
  blocked: async ({}, use, info) => {
    const place = info.project.metadata['place'] as Place;
    info.skip(place === 'embedded', 'The embedded store has no rules: pages and store have one origin.');
    const environment = await preparePlace(place);
    const product = await startProduct(environment);
    await forbidUploads(environment);
    await use(product);
    await product.stop();
  },
  // The browser writes every preflight that was refused into its console: that is what this journey is about.
  noConsoleErrors: async ({}, use) => use(undefined),
});

/** Signs its admin in, through the form. */
export async function signInTo(page: Page, { baseUrl, admin }: RunningProduct): Promise<void> {
  await page.goto(`${baseUrl}/login`);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

export { expect };

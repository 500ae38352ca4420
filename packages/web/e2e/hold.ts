import type { Page, Request } from '@playwright/test';

/** Keeps matching requests on their way. @returns lets them, and all later ones, go on */
export async function hold(page: Page, url: string | RegExp, matches: (request: Request) => boolean = () => true): Promise<() => void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    if (matches(route.request())) await held;
    await route.continue();
  });
  return release;
}

/** Whether a request runs the GraphQL operation of this name. */
export const runs =
  (operation: string) =>
  (request: Request): boolean =>
    (JSON.parse(request.postData() ?? '{}') as { operationName?: string }).operationName === operation;

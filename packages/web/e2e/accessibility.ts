import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What of axe's rules can differ between light and dark; all others are asked in light. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Fails on any accessibility finding, light and dark, on a page that scrolls sideways and on neighbouring buttons that lie over each other, at 390 and 1440 px. */
export async function checkAccessibility(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(comeToRest);
      await expectNoFindings(page, colorScheme, `${page.url()} ${colorScheme} at ${width} px`);
    }
  }
}

/** Runs in the page: waits until it has been painted as it is now, and what moves to an end has come to it. */
async function comeToRest(): Promise<void> {
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const listMoving = (): Animation[] => document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  do {
    await Promise.allSettled(listMoving().map(({ finished }) => finished));
    await nextFrame();
    await nextFrame();
  } while (listMoving().some(({ playState }) => playState === 'running'));
}

async function expectNoFindings(page: Page, colorScheme: 'light' | 'dark', where: string): Promise<void> {
  // Legacy: in this page, without a second one that puts the findings of frames together. There are no frames.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (colorScheme === 'dark') axe.withRules(RULES_OF_COLOUR);
  else axe.options({ rules: { 'target-size': { enabled: true } } }); // WCAG 2.2: 24 px
  const { violations } = await axe.analyze();
  const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, where).toEqual([]);
  expect(await page.evaluate(listOverlaps), where).toEqual([]);
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(scrolls, `${where} scrolls sideways`).toBe(false);
}

/** Runs in the page. @returns pairs of neighbouring buttons or links of which one lies over the other */
function listOverlaps(): string[] {
  const nameOf = (element: Element): string => element.ariaLabel ?? element.textContent.trim();
  const isOver = (a: DOMRect, b: DOMRect): boolean =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return [...document.querySelectorAll(':is(button, a) ~ :is(button, a)')].flatMap((later) => {
    const neighbours = [...(later.parentElement?.querySelectorAll(':scope > :is(button, a)') ?? [])];
    return neighbours
      .slice(0, neighbours.indexOf(later))
      .filter((earlier) => [...earlier.getClientRects()].some((a) => [...later.getClientRects()].some((b) => isOver(a, b))))
      .map((earlier) => `${nameOf(later)} over ${nameOf(earlier)}`);
  });
}

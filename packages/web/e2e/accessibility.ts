import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import { isHeavy } from './heavy.ts';
import { listLayoutFaults } from './layout.ts';

/** The package's own `source` is the one with comments: more than twice as long to send and to read. */
const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe's own, and WCAG 2.2 (24 px) and 2.5.3. */
const EVERY_RULE: RunOptions = { rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } } };
/** What of axe's rules can differ between light and dark. */
const RULES_OF_COLOUR: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly rules: RunOptions;
}

/** In the tests the fewest that ask every rule at each width and in each theme; in `pnpm prove` each width in both themes. */
const LOOKS: readonly Look[] = isHeavy
  ? [
      { colorScheme: 'light', width: 390, rules: EVERY_RULE },
      { colorScheme: 'light', width: 1440, rules: EVERY_RULE },
      { colorScheme: 'dark', width: 390, rules: RULES_OF_COLOUR },
      { colorScheme: 'dark', width: 1440, rules: RULES_OF_COLOUR },
    ]
  : [
      { colorScheme: 'light', width: 390, rules: EVERY_RULE },
      { colorScheme: 'dark', width: 1440, rules: EVERY_RULE },
    ];

/** UX 57: in the tests the narrowest of each layout, where what has no room shows first; those between them in `pnpm prove`. */
const WIDTHS = isHeavy ? [390, 640, 768, 1024, 1152, 1280, 1440, 1920] : [390, 640, 768, 1024, 1280];

/** Fails on what cannot be seen or read at a width: UX 57. @param widths those of `WIDTHS` unless given */
export async function checkWidths(page: Page, widths: readonly number[] = WIDTHS): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(comeToRest);
    expect.soft(await page.evaluate(listLayoutFaults), `${page.url()} at ${width} px`).toEqual([]);
  }
}

/** Fails on any accessibility finding, on layout faults and on neighbouring buttons that lie over each other in each of `LOOKS`, and on layout faults at 1024. */
export async function checkAccessibility(page: Page): Promise<void> {
  for (const { colorScheme, width, rules } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(comeToRest);
    await expectNoFindings(page, rules, `${page.url()} ${colorScheme} at ${width} px`);
  }
  await checkWidths(page, [1024]);
  await page.setViewportSize({ width: 1440, height: 900 });
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

async function expectNoFindings(page: Page, rules: RunOptions, where: string): Promise<void> {
  const found = await listFindings(page, rules);
  expect(found, where).toEqual([]);
  expect(await page.evaluate(listOverlaps), where).toEqual([]);
  expect(await page.evaluate(listNamingFaults), where).toEqual([]);
  expect(await page.evaluate(listLayoutFaults), where).toEqual([]);
}

/** What axe finds in the page; there are no frames. */
async function listFindings(page: Page, rules: RunOptions): Promise<string[]> {
  // Once per document: it is half a megabyte, and reading it takes the browser as long as a small page takes axe.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE_SOURCE);
  return page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    },
    { ...rules, resultTypes: ['violations'] } satisfies RunOptions,
  );
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

/** Runs in the page. @returns what axe lets pass: empty ids, names on what has no role, options that read alike, headers that are none, keys that jump about in a bar of filters */
function listNamingFaults(): string[] {
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const alike = all('select').flatMap((select) => {
    const labels = [...select.querySelectorAll('option')].map(({ textContent }) => textContent.trim());
    return labels.filter((label, at) => labels.indexOf(label) !== at).map((label) => `two options "${label}"`);
  });
  const places = all('[role=search]').flatMap((bar) => {
    const boxes = [...bar.querySelectorAll('input, select, button')]
      .filter((control) => control.checkVisibility())
      .map((control) => control.getBoundingClientRect());
    const isAfter = (a: DOMRect, b: DOMRect): boolean => b.top >= a.bottom - 4 || (b.bottom > a.top + 4 && b.left >= a.left);
    return boxes.slice(1).some((box, at) => !isAfter(boxes[at] ?? box, box))
      ? ['the keys go about the filters in another order than the eyes']
      : [];
  });
  const named = all(':is(span, div, p, li, td)[aria-label]:not([role], [tabindex])').map(
    ({ ariaLabel }) => `"${ariaLabel}" names what has no role`,
  );
  return [
    ...all('[id=""]').map(({ tagName }) => `an empty id on ${tagName}`),
    ...alike,
    ...named,
    ...all('thead td').map(() => 'a td as a header'),
    ...places,
  ];
}

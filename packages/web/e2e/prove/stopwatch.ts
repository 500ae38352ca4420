import type { Page } from '@playwright/test';

/** What the page shows, as far as a measurement waits for it. All that is given must hold. */
export interface Sight {
  /** Matches something visible; */
  readonly selector?: string;
  /** and this is part of its text. */
  readonly text?: string;
  /** `?q=` of the address, and the list is not busy. */
  readonly search?: string;
}

declare global {
  interface Window {
    stopwatch?: Promise<number>;
    slowest?: number;
    shifted?: number;
  }
}

/**
 * Measures in the page: from the last event of this type, as the browser stamped it, to the first frame after the sight is there.
 * @returns ends the measurement; ms
 */
export async function startWatch(page: Page, eventType: 'keydown' | 'click', sight: Sight): Promise<() => Promise<number>> {
  await page.evaluate(
    ([type, wanted]) => {
      const isThere = (): boolean => {
        if (wanted.search !== undefined) {
          if (new URLSearchParams(location.search).get('q') !== wanted.search) return false;
          if (document.querySelector('[aria-busy=true]')) return false;
        }
        if (wanted.selector === undefined) return true;
        const found = [...document.querySelectorAll<HTMLElement>(wanted.selector)];
        return found.some((element) => element.checkVisibility() && (element.textContent ?? '').includes(wanted.text ?? ''));
      };
      window.stopwatch = new Promise((resolve) => {
        let startedAt = 0;
        const note = (event: Event): void => void (startedAt = event.timeStamp);
        addEventListener(type, note, { capture: true });
        const look = (): void => {
          if (startedAt === 0 || !isThere()) return void requestAnimationFrame(look);
          removeEventListener(type, note, { capture: true });
          // The sight was there when this frame began; the next frame begins when it is painted.
          requestAnimationFrame(() => resolve(performance.now() - startedAt));
        };
        look();
      });
    },
    [eventType, sight] as const,
  );
  return () => page.evaluate(() => window.stopwatch ?? Promise.reject(new Error('Nothing is measured.')));
}

/** Notes the slowest interaction and every shift of the layout, from the start of the next page on. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.slowest = 0;
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) window.slowest = Math.max(window.slowest ?? 0, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) window.shifted = (window.shifted ?? 0) + entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

interface Scheduler {
  readonly yield?: () => Promise<void>;
}

/** Lets the browser answer keys and clicks, and paint, before what comes next. */
export function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }; // not in every browser
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** Lets the browser draw what there is before what comes next: two halves of a page are then laid out in two tasks. Unseen pages are not drawn. */
export function nextFrame(): Promise<void> {
  if (document.visibilityState === 'hidden') return nextTask();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Lets a time pass, in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** By then most first pages stand. */
const FIRST_PAGE_MS = 1_500;

/** Lets the first page come before what nothing on it waits for, and whose files would delay it. */
export function afterFirstPage(): Promise<void> {
  return pause(FIRST_PAGE_MS);
}

interface Scheduler {
  readonly yield?: () => Promise<void>;
}

/** Lets the browser answer keys and clicks, and paint, before what comes next. */
export function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }; // not in every browser
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

const TICK_MS = 10;

/**
 * Measures how long something waits, as this process saw it: while the machine stands still or gives its cores to others,
 * hardly any time passes. For limits of a few seconds, which a busy machine must not decide.
 * @returns the result, and the time in milliseconds
 */
export async function steadily<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  let [ms, last] = [0, performance.now()];
  const count = (): void => {
    const now = performance.now();
    ms += Math.min(now - last, 2 * TICK_MS);
    last = now;
  };
  const timer = setInterval(count, TICK_MS);
  try {
    const result = await work();
    count();
    return { result, ms };
  } finally {
    clearInterval(timer);
  }
}

const WINDOW_MS = 8000;

interface Sample {
  readonly atMs: number;
  readonly sentBytes: number;
}

/** Speed over the last eight seconds, so that one slow part does not make the time left jump. */
export function makeProgressMeter(startMs: number, startBytes = 0) {
  let samples: Sample[] = [{ atMs: startMs, sentBytes: startBytes }];

  return {
    /** @returns bytes per second, or null while it is too early to tell. */
    add(atMs: number, sentBytes: number): number | null {
      samples.push({ atMs, sentBytes });
      samples = samples.filter((sample, index) => atMs - sample.atMs <= WINDOW_MS || index === samples.length - 2);
      const first = samples[0];
      if (!first || atMs - first.atMs < 500) return null;
      return ((sentBytes - first.sentBytes) * 1000) / (atMs - first.atMs);
    },
  };
}

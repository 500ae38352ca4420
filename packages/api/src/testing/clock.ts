import type { Clock } from '../kernel/clock.js';

const DAY_MS = 86_400_000;
/** No file of tests takes longer. */
const LONGEST_FILE_MS = 1_800_000;

/** A clock that runs with the real one and can be set forward. */
export class TestClock implements Clock {
  #aheadMs = 0;

  /** One that is past midnight already when the real one soon will be: what a file calls today is today to its end. */
  static withinOneDay(): TestClock {
    const clock = new TestClock();
    const leftMs = DAY_MS - (Date.now() % DAY_MS);
    if (leftMs < LONGEST_FILE_MS) clock.advance({ seconds: leftMs / 1_000 });
    return clock;
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  advance(time: { readonly seconds?: number; readonly hours?: number; readonly days?: number }): void {
    this.#aheadMs += ((time.seconds ?? 0) + (time.hours ?? 0) * 3_600 + (time.days ?? 0) * 86_400) * 1_000;
  }
}

/** A clock that stands still, 20 seconds past a minute, until it is set forward: for what is counted by the minute. */
export class StillClock implements Clock {
  #now = Math.floor(Date.now() / 60_000) * 60_000 + 20_000;

  now(): Date {
    return new Date(this.#now);
  }

  advance({ seconds }: { readonly seconds: number }): void {
    this.#now += seconds * 1_000;
  }
}

import type { Clock } from '../kernel/clock.js';

/** A clock that runs with the real one and can be set forward. */
export class TestClock implements Clock {
  #aheadMs = 0;

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

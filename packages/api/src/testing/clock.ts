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

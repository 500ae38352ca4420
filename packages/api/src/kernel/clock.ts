/** The only source of "now" in the program; tests hand in one they can move. */
export interface Clock {
  /** The present instant, UTC. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

import type { Limit } from './limits/limits.js';
import { refuse } from './problem/refusal.js';

/** What is full, and what to do about it: `This release has` 2,000 files `already: remove one first`. */
export interface FullPlace {
  /** How the sentence begins, up to the limit. */
  readonly who: string;
  /** How it ends, from the colon on. */
  readonly advice: string;
  /** The input field that caused the error. */
  readonly field: string;
}

/**
 * Refuses one more than a limit allows. It is asked under a lock of what the limit is for, in the transaction that inserts:
 * of two who want the last place one gets it. @param present how many there are now @throws Refusal TOO_MANY
 */
export function requireRoom(limit: Limit, present: number, place: FullPlace): void {
  if (present < limit.most) return;
  refuse('TOO_MANY', `${place.who} ${amountOf(limit)} already: ${place.advice}.`, place.field);
}

/** A limit as sentences name it. */
export const amountOf = ({ most, unit }: Limit): string => `${most.toLocaleString('en')} ${unit}`;

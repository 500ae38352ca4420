import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory();

/** A new ULID: 26 characters, ASCII, never reused, ascending within one process. */
export function newId(): string {
  return nextUlid();
}

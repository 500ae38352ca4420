import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory();

/** A new ULID: 26 characters, ASCII, never reused, ascending within one process. */
export function newId(): string {
  return nextUlid();
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Whether a text can be an id at all; anything else is answered like a missing object. */
export function isId(text: string): boolean {
  return ULID.test(text);
}

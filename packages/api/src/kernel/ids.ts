import { encodeTime, monotonicFactory, ulid } from 'ulid';

const nextUlid = monotonicFactory();
let nextEvent = monotonicFactory();
let lastEventAt = 0;

/** Characters of a ULID that tell the time, and those after them. */
const [TIME_LENGTH, REST_LENGTH] = [10, 16];

/** A new ULID: 26 characters, ASCII, never reused, ascending within one process. */
export function newId(): string {
  return nextUlid();
}

/** The id of what happened at an instant: a log that is read along its ids is in the order of time. */
export function newEventId(at: Date): string {
  const time = at.getTime();
  // A clock that was set back is followed: the factory alone would stay at the later time.
  if (time < lastEventAt) nextEvent = monotonicFactory();
  lastEventAt = time;
  return nextEvent(time);
}

/** The id of what happened in the past, in no order with what else did at that millisecond. */
export function pastId(at: Date): string {
  return ulid(at.getTime());
}

/** The lowest id of what happens at an instant: days are ranges of ids. */
export function firstIdAt(at: Date): string {
  return `${encodeTime(Math.max(0, at.getTime()), TIME_LENGTH)}${'0'.repeat(REST_LENGTH)}`;
}

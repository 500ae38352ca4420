import type { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../../kernel/clock.js';

/** From so many answers, the newest ones, the offset is learned (DESIGN.md, section 9.4). */
const ANSWERS = 3;
/** `Date` counts whole seconds: on the average an answer was given half a second later. */
const HALF_SECOND_MS = 500;
/** An answer that took longer does not tell when in this time it was given. */
const SLOWEST_ANSWER_MS = 2_000;
/** Less than this is no fault of a clock, and signatures can do without. */
const SMALLEST_OFFSET_MS = 2_000;

/**
 * The time as the store has it. A signed URL counts from the time written in it, by the store's clock: one signed by a clock
 * that is 40 minutes behind has expired before anybody has it.
 */
export class StoreClock {
  readonly #offsetsMs: number[] = [];

  constructor(private readonly clock: Clock) {}

  /** The present instant by the store's clock. */
  now(): Date {
    return new Date(this.clock.now().getTime() + this.offsetMs);
  }

  /** How far the store's clock is ahead of ours in milliseconds, negative when it is behind; 0 until three answers came. */
  get offsetMs(): number {
    if (this.#offsetsMs.length < ANSWERS) return 0;
    const middle = this.#offsetsMs.toSorted((a, b) => a - b)[Math.floor(ANSWERS / 2)] ?? 0;
    return Math.abs(middle) < SMALLEST_OFFSET_MS ? 0 : middle;
  }

  /** Reads the `Date` of every answer that a client gets, refusals included. */
  listenTo(client: S3Client): void {
    client.middlewareStack.add(
      (next) => async (args) => {
        const sentAt = this.#nowMs();
        const result = await next(args);
        this.note(dateOf(result.response), { sentAt, receivedAt: this.#nowMs() });
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'slipwayStoreClock' },
    );
  }

  /** Learns from one answer. @param times milliseconds by our clock */
  note(date: number, { sentAt, receivedAt }: { readonly sentAt: number; readonly receivedAt: number }): void {
    if (Number.isNaN(date) || receivedAt - sentAt > SLOWEST_ANSWER_MS) return;
    this.#offsetsMs.push(Math.round(date + HALF_SECOND_MS - (sentAt + receivedAt) / 2));
    if (this.#offsetsMs.length > ANSWERS) this.#offsetsMs.shift();
  }

  #nowMs(): number {
    return this.clock.now().getTime();
  }
}

/** The instant in an answer's `Date`, in milliseconds; NaN when there is none. */
function dateOf(response: unknown): number {
  const { headers } = response as { readonly headers?: Readonly<Record<string, string>> }; // the SDK's HttpResponse
  return Date.parse(headers?.['date'] ?? '');
}

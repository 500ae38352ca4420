import { responseTooLarge, type PublicFault } from './problem/faults.js';
import { LIMITS } from './limits/limits.js';

/** A page that is named fits with this much to spare: its entries are not all alike. */
const SPARE = 0.9;

/** A value that is costly to make: a resolver may answer with it, and it is made when its turn comes and there is room. */
export type LateValue<T> = () => T;

/** Where a value lies: the entry of the outermost page that holds it, or null. */
export type PageEntry = number | null;

/**
 * How much one request has been answered so far. It is counted while fields are resolved, so that an answer that grows too
 * large is given up before it is built.
 */
export class ReplySize {
  #bytes = 0;
  #objects = 0;
  /** Thrown by every field that is left: one for all of them. */
  #stop: PublicFault | null = null;
  readonly #entries = new Map<number, number>();
  /** Set once the operation is known: what a mutation was asked for is done, however long its answer. */
  isOfMutation = false;

  /** Forgets what was counted, because all of it is answered once more. */
  startAgain(): void {
    this.#bytes = 0;
    this.#objects = 0;
    this.#stop = null;
    this.#entries.clear();
  }

  /** Counts a value that goes into the answer. @throws PublicFault RESPONSE_TOO_LARGE */
  add(bytes: number, objects: number, entry: PageEntry): void {
    this.#bytes += bytes;
    this.#objects += objects;
    if (entry !== null) this.#entries.set(entry, (this.#entries.get(entry) ?? 0) + bytes);
    this.requireRoom();
  }

  /** @throws PublicFault RESPONSE_TOO_LARGE once the answer is too large: what is left need not be read. */
  requireRoom(): void {
    if (this.isTooLarge) throw (this.#stop ??= this.fault());
  }

  get isTooLarge(): boolean {
    return this.#bytes > LIMITS.replyBytes.most || this.#objects > LIMITS.replyObjects.most;
  }

  /** The refusal, which names the page that fits. @param totalBytes of the answer, when it was finished */
  fault(totalBytes = this.#bytes): PublicFault {
    const limit = this.#objects > LIMITS.replyObjects.most ? 'replyObjects' : 'replyBytes';
    return responseTooLarge({ limit, fittingPage: this.#fittingPage(totalBytes), isMutation: this.isOfMutation });
  }

  /** Entries of the outermost page that fit, by the largest one so far; null when the answer has no pages to make smaller. */
  #fittingPage(totalBytes: number): number | null {
    const seen = Math.max(-1, ...this.#entries.keys()) + 1;
    if (seen < 2) return null;
    // What is not counted (escapes, names of fields) is as much of every entry.
    const scale = totalBytes / Math.max(1, this.#bytes);
    const byObjects = (seen * LIMITS.replyObjects.most) / Math.max(1, this.#objects);
    const byBytes = LIMITS.replyBytes.most / (Math.max(...this.#entries.values()) * scale);
    return Math.max(1, Math.min(Math.floor(Math.min(byBytes, byObjects) * SPARE), Math.floor(seen / 2)));
  }
}

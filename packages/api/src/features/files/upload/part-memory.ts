import { noteDroppedMemory } from '../../../kernel/limits/passing-bytes.js';

/** So many pieces stay at hand: uploads one after another, or two side by side, make none anew. */
const KEPT_COUNT = 2;

/**
 * Memory for parts on their way, used again by the next upload: the hashing thread reads it, and the engine does not count what
 * threads share, so that dropped pieces would pile up.
 */
export class PartMemory {
  readonly #kept: SharedArrayBuffer[] = [];

  /** @param sizeBytes of a piece; what nobody writes to takes no room */
  constructor(private readonly sizeBytes: number) {}

  /** @param neededBytes more than a piece has for the largest files alone */
  take(neededBytes: number): SharedArrayBuffer {
    if (neededBytes > this.sizeBytes) return new SharedArrayBuffer(neededBytes);
    return this.#kept.pop() ?? new SharedArrayBuffer(this.sizeBytes);
  }

  /** Nobody may read or write the memory any more. */
  giveBack(memory: SharedArrayBuffer): void {
    const isKept = memory.byteLength === this.sizeBytes && this.#kept.length < KEPT_COUNT;
    if (isKept) this.#kept.push(memory);
    else noteDroppedMemory(memory.byteLength);
  }
}

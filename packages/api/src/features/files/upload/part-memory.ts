import { noteDroppedMemory } from '../../../kernel/limits/passing-bytes.js';

/** So many pieces stay at hand: uploads one after another, or two side by side, make none anew. */
const KEPT_COUNT = 2;

/**
 * Memory for parts on their way, used again by the next upload: the hashing thread reads it, and the engine does not count what
 * threads share, so that dropped pieces would pile up.
 */
export class PartMemory {
  readonly #kept: SharedArrayBuffer[] = [];

  take(sizeBytes: number): SharedArrayBuffer {
    const fitting = this.#kept.findIndex(({ byteLength }) => byteLength === sizeBytes);
    return this.#kept.splice(fitting, fitting < 0 ? 0 : 1)[0] ?? new SharedArrayBuffer(sizeBytes);
  }

  /** Nobody may read or write the memory any more. */
  giveBack(memory: SharedArrayBuffer): void {
    this.#kept.push(memory);
    if (this.#kept.length > KEPT_COUNT) noteDroppedMemory(this.#kept.shift()?.byteLength ?? 0);
  }
}

import { notePassingBytes } from '../../../kernel/limits/passing-bytes.js';
import { digestsInPlace, Hasher, type Digests } from './hasher.js';

/** What may wait for the hashing thread before the sender waits: 1 MiB in all. */
const SLOT_COUNT = 4;
const SLOT_BYTES = 256 * 1_024;

/** Size and hashes of a whole stream, in constant memory; what fits into one slot gets no thread. */
export async function digestsOf(stream: AsyncIterable<Uint8Array>): Promise<Digests> {
  const memory = new SharedArrayBuffer(SLOT_COUNT * SLOT_BYTES);
  const hasher = new Hasher({ memory, hashesParts: false });
  try {
    return await new Slots(hasher, memory).digestsOf(stream);
  } finally {
    await hasher.close();
  }
}

/** A few pieces of memory, filled and hashed in turn. */
class Slots {
  /** Of each slot: until then it is being hashed. */
  readonly #free: Promise<unknown>[] = Array.from({ length: SLOT_COUNT }, () => Promise.resolve());
  #slot = 0;
  #isThreaded = false;
  #filled = 0;

  constructor(
    private readonly hasher: Hasher,
    private readonly memory: SharedArrayBuffer,
  ) {}

  async digestsOf(stream: AsyncIterable<Uint8Array>): Promise<Digests> {
    for await (const chunk of stream) {
      notePassingBytes(chunk.length);
      for (let at = 0; at < chunk.length;) {
        // Handed over only when more comes.
        if (this.#filled === SLOT_BYTES) await this.#hand();
        const piece = chunk.subarray(at, at + SLOT_BYTES - this.#filled);
        new Uint8Array(this.memory).set(piece, this.#slot * SLOT_BYTES + this.#filled);
        at += piece.length;
        this.#filled += piece.length;
      }
    }
    if (!this.#isThreaded) return digestsInPlace(new Uint8Array(this.memory, 0, this.#filled));
    await this.#hand();
    return this.hasher.finish();
  }

  /** Hands the slot over, and waits for the next one. */
  async #hand(): Promise<void> {
    this.#isThreaded = true;
    const hashed = this.hasher.hash({ start: this.#slot * SLOT_BYTES, length: this.#filled, endsPart: false });
    hashed.catch(() => undefined); // told by the slot's next use, or by the end
    this.#free[this.#slot] = hashed;
    this.#slot = (this.#slot + 1) % SLOT_COUNT;
    this.#filled = 0;
    await this.#free[this.#slot];
  }
}

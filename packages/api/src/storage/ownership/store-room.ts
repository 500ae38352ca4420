import type { ObjectStore } from '../object-store.js';

/** A file may not fit where the few bytes of the claim do: that they were written says nothing for an hour. */
const DOUBTED_MS = 3_600_000;

/** Remembers that a store had no room, whoever met it, until something was written again. */
export class StoreRoomMemory {
  /** Null: it was not asked yet. */
  #count: number | null = null;
  #metAt: number | null = null;

  /** @param now in milliseconds */
  constructor(
    private readonly store: Pick<ObjectStore, 'faults'>,
    private readonly now: () => number,
  ) {}

  /** From now on; what was met before counts no more. */
  begin(): void {
    this.#count ??= this.#counted();
  }

  /** Whether the last that was written did not fit. */
  get isFull(): boolean {
    if (this.#count === null) return false;
    const count = this.#counted();
    if (count > this.#count) this.#metAt = this.now();
    this.#count = count;
    return this.#metAt !== null;
  }

  /** Bytes of a file were written. */
  wroteFile(): void {
    if (this.isFull) this.#metAt = null;
  }

  /** The claim was written. */
  wroteClaim(): void {
    if (this.isFull && this.now() - (this.#metAt ?? 0) >= DOUBTED_MS) this.#metAt = null;
  }

  #counted(): number {
    return this.store.faults.get('FULL') ?? 0;
  }
}

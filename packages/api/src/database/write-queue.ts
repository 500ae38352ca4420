/** Runs one piece of work at a time, in the order of arrival: SQLite has one writer, and so do we. */
export class WriteQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #length = 0;

  /** Pieces of work that run or wait. */
  get length(): number {
    return this.#length;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    this.#length += 1;
    const result = this.#tail.then(work, work).finally(() => (this.#length -= 1));
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

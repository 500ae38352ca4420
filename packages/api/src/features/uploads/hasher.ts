import { Worker } from 'node:worker_threads';

/** What is known of bytes once all of them have passed. */
export interface Digests {
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Chunks that may wait in the worker before the sender waits: bounds the memory, with 64 kB chunks, to 1 MiB. */
const MAX_PENDING = 16;

/** The worker's whole program: hashing is slow work, and the main thread has requests to answer. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let size = 0;
  parentPort.on('message', (chunk) => {
    if (chunk === null) {
      parentPort.postMessage({ size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') });
      return;
    }
    sha256.update(chunk);
    sha512.update(chunk);
    size += chunk.byteLength;
    parentPort.postMessage(null);
  });`;

/** Computes size, SHA-256 and SHA-512 of a stream of chunks in a worker thread, in constant memory. */
export class Hasher {
  readonly #worker = new Worker(PROGRAM, { eval: true });
  readonly #digests: Promise<Digests>;
  #pending = 0;
  #resume: (() => void) | null = null;

  constructor() {
    this.#digests = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: Digests | null) => {
        if (message) resolve(message);
        else this.#acknowledge();
      });
      this.#worker.on('error', reject);
    });
    // A failure is told by whoever awaits the digests; nobody may, after `close`.
    this.#digests.catch(() => undefined);
  }

  /** Hands over one chunk; waits while the worker is behind. */
  async update(chunk: Uint8Array): Promise<void> {
    this.#pending += 1;
    this.#worker.postMessage(chunk);
    if (this.#pending >= MAX_PENDING) await new Promise<void>((resolve) => (this.#resume = resolve));
  }

  /** The result; no chunk may follow. */
  async finish(): Promise<Digests> {
    this.#worker.postMessage(null);
    try {
      return await this.#digests;
    } finally {
      await this.close();
    }
  }

  /** Ends the worker; for when the stream broke off. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #acknowledge(): void {
    this.#pending -= 1;
    this.#resume?.();
    this.#resume = null;
  }
}

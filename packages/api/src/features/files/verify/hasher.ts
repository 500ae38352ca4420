import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { notePassingBytes } from '../../../kernel/limits/passing-bytes.js';

/** What is known of bytes once all of them have passed. */
export interface Digests {
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Pieces that may wait for the worker before the sender waits, and their size: 1 MiB in all. */
const SLOT_COUNT = 4;
const SLOT_BYTES = 256 * 1_024;
/** The worker holds next to nothing; by default its heap would grow to tens of megabytes before it is collected. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

interface Thread {
  readonly worker: Worker;
  readonly digests: Promise<Digests>;
}

/** The worker's whole program: hashing is slow work, and the main thread has requests to answer. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let size = 0;
  parentPort.on('message', (span) => {
    if (span === null) {
      parentPort.postMessage({ size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') });
      return;
    }
    const piece = new Uint8Array(workerData, span.start, span.length);
    sha256.update(piece);
    sha512.update(piece);
    size += span.length;
    parentPort.postMessage(null);
  });`;

/**
 * Computes size, SHA-256 and SHA-512 of a stream of chunks in a worker thread, in constant memory: the bytes go through
 * a few shared slots, since posted ones would be copied and pile up until both threads collect their garbage. What fits
 * into the first slot gets no thread: to start one takes thirty times as long as to hash that.
 */
export class Hasher {
  readonly #shared = new SharedArrayBuffer(SLOT_COUNT * SLOT_BYTES);
  #thread: Thread | null = null;
  /** Bytes in the first slot, while there is no thread. */
  #held = 0;
  #pending = 0;
  #next = 0;
  #resume: (() => void) | null = null;
  /** Why there will be no digests. */
  #fault: Error | null = null;

  /** @param program the worker's; another one only in tests */
  constructor(private readonly program = PROGRAM) {}

  /** Hands over one chunk, which may be reused afterwards; waits while the worker is behind. @throws Error when the worker has died */
  async update(chunk: Uint8Array): Promise<void> {
    notePassingBytes(chunk.length);
    if (this.#isHeld(chunk)) return;
    this.#thread ??= this.#begin();
    for (let at = 0; at < chunk.length; at += SLOT_BYTES) {
      if (this.#pending === SLOT_COUNT && !this.#fault) await new Promise<void>((resolve) => (this.#resume = resolve));
      if (this.#fault) throw this.#fault;
      this.#send(this.#thread, chunk.subarray(at, at + SLOT_BYTES));
    }
  }

  /** The result; no chunk may follow. */
  async finish(): Promise<Digests> {
    if (this.#thread === null) return digestsInPlace(new Uint8Array(this.#shared, 0, this.#held));
    this.#thread.worker.postMessage(null);
    try {
      return await this.#thread.digests;
    } finally {
      await this.close();
    }
  }

  /** Ends the worker; for when the stream broke off. */
  async close(): Promise<void> {
    await this.#thread?.worker.terminate();
  }

  /** Keeps a chunk in the first slot, as long as there is room and no thread. */
  #isHeld(chunk: Uint8Array): boolean {
    if (this.#thread !== null || this.#held + chunk.length > SLOT_BYTES) return false;
    new Uint8Array(this.#shared, this.#held, chunk.length).set(chunk);
    this.#held += chunk.length;
    return true;
  }

  #begin(): Thread {
    const worker = new Worker(this.program, { eval: true, workerData: this.#shared, resourceLimits: WORKER_LIMITS });
    const digests = new Promise<Digests>((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#fault ??= error;
        reject(this.#fault);
        // Whoever waits for a free slot gets the error at its next look.
        this.#wake();
      };
      worker.on('message', (message: Digests | null) => {
        if (message) resolve(message);
        else this.#acknowledge();
      });
      worker.on('error', fail);
      worker.on('exit', () => fail(new Error('The hashing thread ended before its time.')));
    });
    // Whoever awaits the digests gets the failure; after `close` nobody may be waiting.
    digests.catch(() => undefined);
    const thread = { worker, digests };
    if (this.#held > 0) this.#hand(thread, this.#held);
    return thread;
  }

  /** Slots are answered in the order in which they are filled, so the next one is free. */
  #send(thread: Thread, piece: Uint8Array): void {
    new Uint8Array(this.#shared, this.#next * SLOT_BYTES, piece.length).set(piece);
    this.#hand(thread, piece.length);
  }

  /** Tells the worker of what was written into the next slot. */
  #hand({ worker }: Thread, length: number): void {
    worker.postMessage({ start: this.#next * SLOT_BYTES, length });
    this.#next = (this.#next + 1) % SLOT_COUNT;
    this.#pending += 1;
  }

  #acknowledge(): void {
    this.#pending -= 1;
    this.#wake();
  }

  #wake(): void {
    this.#resume?.();
    this.#resume = null;
  }
}

function digestsInPlace(bytes: Uint8Array): Digests {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  return { size: bytes.length, sha256: digest('sha256'), sha512: digest('sha512') };
}

/** Size and hashes of a whole stream, in constant memory. */
export async function digestsOf(stream: AsyncIterable<Uint8Array>): Promise<Digests> {
  const hasher = new Hasher();
  try {
    for await (const chunk of stream) await hasher.update(chunk);
    return await hasher.finish();
  } finally {
    await hasher.close();
  }
}

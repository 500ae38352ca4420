import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** What is known of bytes once all of them have passed. */
export interface Digests {
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Bytes in a hasher's memory. */
export interface Span {
  readonly start: number;
  readonly length: number;
  /** Whether a part of the file ends with it. */
  readonly endsPart: boolean;
}

export interface HasherSettings {
  /** Where the bytes lie that it is told of. */
  readonly memory: SharedArrayBuffer;
  /** Whether the SHA-256 of each part is wanted, too. */
  readonly hashesParts: boolean;
}

/** The worker holds next to nothing; by default its heap would grow to tens of megabytes before it is collected. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** The worker's whole program, which gives each message one answer: hashing is slow work, and the main thread has requests to answer. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const { memory, hashesParts } = workerData;
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let part = createHash('sha256');
  let size = 0;
  parentPort.on('message', (span) => {
    if (span === null) {
      parentPort.postMessage({ size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') });
      return;
    }
    const piece = new Uint8Array(memory, span.start, span.length);
    sha256.update(piece);
    sha512.update(piece);
    if (hashesParts) part.update(piece);
    size += span.length;
    const isPart = hashesParts && span.endsPart;
    parentPort.postMessage(isPart ? part.digest('hex') : null);
    if (isPart) part = createHash('sha256');
  });`;

/** The digests of a part, of the whole, or none. */
type Answer = string | Digests | null;

interface Question {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Computes size, SHA-256 and SHA-512 of bytes in a worker thread, where they lie: bytes that are posted to one would be copied, and
 * pile up until both threads collect their garbage. For a small file see `digestsInPlace`.
 */
export class Hasher {
  #worker: Worker | null = null;
  readonly #open: Question[] = [];
  /** Why there will be no digests. */
  #fault: Error | null = null;

  /** @param program the worker's; another one only in tests */
  constructor(
    private readonly settings: HasherSettings,
    private readonly program = PROGRAM,
  ) {}

  /**
   * Hashes a span after those before it, and then lets its memory be used again.
   * @returns the SHA-256 of the part that it ends, where parts are hashed
   * @throws Error when the worker has died
   */
  async hash(span: Span): Promise<string | null> {
    return (await this.#ask(span)) as string | null; // what the program answers to a span
  }

  /** The result; no span may follow. */
  async finish(): Promise<Digests> {
    try {
      return (await this.#ask(null)) as Digests; // what the program answers to the end
    } finally {
      await this.close();
    }
  }

  /** Ends the worker; for when the stream broke off. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const worker = new Worker(this.program, { eval: true, workerData: this.settings, resourceLimits: WORKER_LIMITS });
    worker.on('message', (answer: Answer) => this.#open.shift()?.resolve(answer));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('The hashing thread ended before its time.')));
    return worker;
  }

  /** Messages are answered in the order in which they are sent. */
  #ask(message: Span | null): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#fault) return reject(this.#fault);
      this.#open.push({ resolve, reject });
      this.#worker ??= this.#begin();
      this.#worker.postMessage(message);
    });
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    for (const { reject } of this.#open.splice(0)) reject(this.#fault);
  }
}

/** Of bytes that are all there, and so few that to start a thread would take longer than to hash them. */
export function digestsInPlace(bytes: Uint8Array): Digests {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  return { size: bytes.length, sha256: digest('sha256'), sha512: digest('sha512') };
}

import { checkFileSize, PART_MIN_BYTES, PARTS_MAX_COUNT } from '@slipway/shared';
import { notePassingBytes } from '../../../kernel/limits/passing-bytes.js';
import { Refusal } from '../../../kernel/problem/refusal.js';
import type { ObjectStore, OpenUpload, StoredPart } from '../../../storage/object-store.js';
import { digestsInPlace, Hasher, type Digests } from '../verify/hasher.js';
import { fromStore } from './from-store.js';
import { PartMemory } from './part-memory.js';

/** A stream on its way to the store. */
export interface PartStream {
  readonly body: AsyncIterable<Buffer>;
  readonly sizeBytes: number | null;
  readonly maxFileSizeBytes: number;
  /** Called after each part that the store has taken. */
  readonly onPart: () => Promise<void>;
}

/** While one is filled, another is sent. */
const BUFFER_COUNT = 2;
/** So much of a part is hashed at once; a file that is no larger gets no thread. */
const SPAN_BYTES = 512 * 1_024;

/**
 * Each part costs the store a fixed effort: with parts of 16 MiB S3 got a file of 500 MB in a tenth less time than with 8. Two of 16 MiB would
 * take half of what an upload may, so that its peak comes near the whole of it. Small files take less memory.
 */
const LARGE_FILE_BYTES = 128 * 1_024 * 1_024;
const LARGE_PART_BYTES = 1.5 * PART_MIN_BYTES;

const memories = new PartMemory(BUFFER_COUNT * LARGE_PART_BYTES);

/** The size of the parts of a stream, in bytes, so that the largest file fits in. @param sizeBytes null: unknown */
export function partSizeOf(sizeBytes: number | null): number {
  const size = sizeBytes ?? 0;
  return Math.max(size < LARGE_FILE_BYTES ? PART_MIN_BYTES : LARGE_PART_BYTES, Math.ceil(size / PARTS_MAX_COUNT));
}

/** Cuts a stream into parts and hashes what passes: while one part is sent, the next is filled. */
export async function sendParts(
  store: ObjectStore,
  upload: OpenUpload,
  stream: PartStream,
): Promise<{ parts: StoredPart[]; digests: Digests }> {
  const sender = new PartSender(store, upload, stream);
  try {
    // A stream that is slow to bring more does not delay the news that the store has failed.
    return await Promise.race([sender.run(), sender.failed]);
  } finally {
    await sender.close();
  }
}

class PartSender {
  readonly #partSize: number;
  /** The buffers, side by side, each used for many parts. */
  readonly #memory: SharedArrayBuffer;
  readonly #hasher: Hasher;
  readonly #parts: StoredPart[] = [];
  /** Of each buffer: until then its part is on its way. */
  readonly #sent: Promise<void>[] = Array.from({ length: BUFFER_COUNT }, () => Promise.resolve());
  readonly failed: Promise<never>;
  #fail!: (reason: unknown) => void;
  #isOver = false;
  #partNumber = 1;
  #filled = 0;
  #hashed = 0;
  #total = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly upload: OpenUpload,
    private readonly stream: PartStream,
  ) {
    this.#partSize = partSizeOf(stream.sizeBytes);
    this.#memory = memories.take(BUFFER_COUNT * this.#partSize);
    this.#hasher = new Hasher({ memory: this.#memory, hashesParts: store.signsBytes });
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => undefined);
  }

  async run(): Promise<{ parts: StoredPart[]; digests: Digests }> {
    for await (const chunk of this.stream.body) {
      this.#requireOpen();
      notePassingBytes(chunk.length);
      await this.#take(chunk);
    }
    this.#requireOpen();
    requireSize(this.#total, this.stream.maxFileSizeBytes);
    if (this.#partNumber === 1 && this.#hashed === 0) return this.#sendWhole();
    if (this.#filled > 0) await this.#endPart();
    await Promise.all(this.#sent);
    return { parts: this.#parts, digests: await this.#hasher.finish() };
  }

  /** Waits for what is on its way: a part that came after its upload was given up would stay. */
  async close(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled(this.#sent);
    await this.#hasher.close();
    memories.giveBack(this.#memory);
  }

  async #take(chunk: Buffer): Promise<void> {
    requireSize(this.#total + chunk.length, this.stream.maxFileSizeBytes);
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.copy(this.#buffer(), this.#filled, at);
      at += taken;
      this.#filled += taken;
      this.#total += taken;
      if (this.#filled === this.#partSize) await this.#endPart();
      else if (this.#filled - this.#hashed >= SPAN_BYTES) this.#hash(false).catch(this.#fail);
    }
  }

  async #endPart(): Promise<void> {
    const bytes = this.#buffer().subarray(0, this.#filled);
    const sent = this.#send(this.#partNumber, bytes, this.#hash(true));
    sent.catch(this.#fail);
    this.#sent[this.#place()] = sent;
    this.#partNumber += 1;
    this.#filled = 0;
    this.#hashed = 0;
    await this.#sent[this.#place()];
    this.#requireOpen();
  }

  /** A small file, whose only part is all of it. */
  async #sendWhole(): Promise<{ parts: StoredPart[]; digests: Digests }> {
    const bytes = this.#buffer().subarray(0, this.#filled);
    const digests = digestsInPlace(bytes);
    this.#sent[0] = this.#send(1, bytes, Promise.resolve(digests.sha256));
    await this.#sent[0];
    return { parts: this.#parts, digests };
  }

  async #send(number: number, bytes: Buffer, hashed: Promise<string | null>): Promise<void> {
    const sha256 = await hashed;
    const part = await fromStore(() => this.store.putPart(this.upload, number, { bytes, sha256 }));
    this.#parts[number - 1] = part;
    await this.stream.onPart();
  }

  /** What goes on reading after a failure must not touch the memory, which others may have by then. */
  #requireOpen(): void {
    if (this.#isOver) throw new Error('The upload was given up.');
  }

  /** Has what came since the last time hashed. */
  #hash(endsPart: boolean): Promise<string | null> {
    const start = this.#place() * this.#partSize + this.#hashed;
    const length = this.#filled - this.#hashed;
    this.#hashed = this.#filled;
    return this.#hasher.hash({ start, length, endsPart });
  }

  #place(): number {
    return (this.#partNumber - 1) % BUFFER_COUNT;
  }

  #buffer(): Buffer {
    return Buffer.from(this.#memory, this.#place() * this.#partSize, this.#partSize);
  }
}

function requireSize(sizeBytes: number, limitBytes: number): void {
  const problem = checkFileSize(sizeBytes, limitBytes);
  if (problem) throw new Refusal([{ code: problem.code, message: problem.message, field: 'file' }]);
}

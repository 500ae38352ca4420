import { checkFileSize, PART_MIN_BYTES, PARTS_MAX_COUNT } from '@slipway/shared';
import { Refusal } from '../../../kernel/problem/refusal.js';
import type { ObjectStore, OpenUpload, StoredPart } from '../../../storage/object-store.js';
import { Hasher, type Digests } from '../verify/hasher.js';
import { fromStore } from './from-store.js';

/** A stream on its way to the store. */
export interface PartStream {
  readonly body: AsyncIterable<Buffer>;
  readonly sizeBytes: number | null;
  readonly maxFileSizeBytes: number;
  /** Called after each part that the store has taken. */
  readonly onPart: () => Promise<void>;
}

/** The size of the parts of a stream, in bytes, so that the largest file fits in. @param sizeBytes null: unknown */
export function partSizeOf(sizeBytes: number | null): number {
  return Math.max(PART_MIN_BYTES, Math.ceil((sizeBytes ?? 0) / PARTS_MAX_COUNT));
}

/** Cuts a stream into parts, puts them one after another, and hashes what passes; one part is in memory at a time. */
export async function sendParts(
  store: ObjectStore,
  upload: OpenUpload,
  stream: PartStream,
): Promise<{ parts: StoredPart[]; digests: Digests }> {
  const hasher = new Hasher();
  try {
    const parts = await cut(store, upload, { ...stream, hasher });
    return { parts, digests: await hasher.finish() };
  } finally {
    await hasher.close();
  }
}

async function cut(store: ObjectStore, upload: OpenUpload, stream: PartStream & { hasher: Hasher }): Promise<StoredPart[]> {
  const { body, sizeBytes, maxFileSizeBytes, hasher } = stream;
  const partSize = partSizeOf(sizeBytes);
  const parts: StoredPart[] = [];
  // One buffer for all parts: a fresh one for each would pile up faster than it is collected.
  const buffer = Buffer.allocUnsafeSlow(partSize);
  let filled = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    parts.push(await fromStore(() => store.putPart(upload, parts.length + 1, buffer.subarray(0, filled))));
    filled = 0;
    await stream.onPart();
  };
  for await (const chunk of chunksUpTo(body, partSize)) {
    if (filled + chunk.length > partSize) await flush();
    filled += chunk.copy(buffer, filled);
    total += chunk.length;
    requireSize(total, maxFileSizeBytes);
    await hasher.update(chunk);
  }
  requireSize(total, maxFileSizeBytes);
  await flush();
  return parts;
}

function requireSize(sizeBytes: number, limitBytes: number): void {
  const problem = checkFileSize(sizeBytes, limitBytes);
  if (problem) throw new Refusal([{ code: problem.code, message: problem.message, field: 'file' }]);
}

async function* chunksUpTo(body: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  for await (const chunk of body)
    for (let start = 0; start < chunk.length; start += maxBytes) yield chunk.subarray(start, start + maxBytes);
}

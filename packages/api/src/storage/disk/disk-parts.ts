import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { notePassingBytes } from '../../kernel/limits/passing-bytes.js';
import type { ByteSpan } from '../byte-range.js';
import { BodyCut, orAbsent } from './disk-faults.js';
import { syncDirectory } from './disk-folder.js';
import type { StoredPart } from '../object-store.js';

const PART_NAME = /^\d{5}$/;
const PART_NAME_LENGTH = 5;
const READ_CHUNK_BYTES = 256 * 1024;

/** The finished parts in a directory, ascending; null when there is no such directory. */
export async function listPartFiles(directory: string): Promise<StoredPart[] | null> {
  return orAbsent(null, async () => {
    const names = (await readdir(directory)).filter((name) => PART_NAME.test(name)).sort();
    return Promise.all(names.map((name) => describePart(directory, Number(name))));
  });
}

/**
 * Streams a body into a part file, in constant memory. The part appears whole and durable, or not at all; a later part of
 * the same number replaces it.
 * @returns null when the directory is gone: the upload was completed or aborted, even while the body was on its way
 * @throws StorageFault when the disk refuses; BodyCut when the body ended early
 */
export async function writePartFile(directory: string, number: number, body: Readable | Buffer): Promise<StoredPart | null> {
  const temporary = path.join(directory, `${partName(number)}.${randomBytes(8).toString('hex')}`);
  try {
    return await orAbsent(null, async () => {
      await fillFile(temporary, body);
      await rename(temporary, path.join(directory, partName(number)));
      await syncDirectory(directory);
      return describePart(directory, number);
    });
  } catch (error) {
    await orAbsent(undefined, () => rm(temporary, { force: true }));
    throw error;
  }
}

/** Removes everything but these parts: parts left out of Complete, and remains of cut bodies. */
export async function keepOnlyParts(directory: string, parts: readonly StoredPart[]): Promise<void> {
  const kept = new Set(parts.map((part) => partName(part.number)));
  const names = (await orAbsent([], () => readdir(directory))).filter((name) => !kept.has(name));
  await Promise.all(names.map((name) => orAbsent(undefined, () => rm(path.join(directory, name), { force: true }))));
}

/** Reads a span of the bytes that the parts make together. One file is open at a time, and closed when the reader stops. */
export async function* readPartFiles(directory: string, parts: readonly StoredPart[], span: ByteSpan): AsyncGenerator<Buffer> {
  let start = 0;
  for (const part of parts) {
    const first = Math.max(span.first - start, 0);
    const last = Math.min(span.last - start, part.size - 1);
    start += part.size;
    if (first > last) continue;
    yield* createReadStream(path.join(directory, partName(part.number)), { start: first, end: last, highWaterMark: READ_CHUNK_BYTES });
  }
}

async function fillFile(file: string, body: Readable | Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of chunksOf(body)) {
      await handle.appendFile(chunk);
      notePassingBytes(chunk.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Leaves the stream alive when the disk fails: destroying a request would cut the connection that carries the reply. */
async function* chunksOf(body: Readable | Buffer): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(body)) return yield body;
  try {
    yield* body.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw new BodyCut(error);
  }
}

async function describePart(directory: string, number: number): Promise<StoredPart> {
  const found = await stat(path.join(directory, partName(number)), { bigint: true });
  const etag = `"${[found.ino, found.mtimeNs, found.size].map((value) => value.toString(36)).join('-')}"`;
  return { number, size: Number(found.size), etag };
}

function partName(number: number): string {
  return String(number).padStart(PART_NAME_LENGTH, '0');
}

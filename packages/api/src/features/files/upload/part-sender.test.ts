import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PART_MIN_BYTES } from '@slipway/shared';
import { expect, test } from 'vitest';
import { describeEachStore } from '../../../storage/contract/contract-stores.cases.js';
import { openUpload, readAll } from '../../../storage/contract/contract-uploads.cases.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import { partSizeOf, sendParts, type PartStream } from './part-sender.js';

const MUCH = randomBytes(3 * PART_MIN_BYTES);
const CHUNK = 60_001;
const LIMIT = 1_000_000_000;

async function* chunksOf(bytes: Buffer, chunkBytes = CHUNK): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

const streamOf = (body: AsyncIterable<Buffer>): PartStream => ({
  body,
  sizeBytes: null,
  maxFileSizeBytes: LIMIT,
  onPart: async () => undefined,
});

/** The store, whose parts wait until they are let through. */
function held(store: ObjectStore): { readonly store: ObjectStore; readonly begun: number[]; letThrough(): void } {
  const begun: number[] = [];
  let letThrough = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letThrough = resolve));
  const putPart: ObjectStore['putPart'] = async (upload, number, body) => {
    begun.push(number);
    await gate;
    return store.putPart(upload, number, body);
  };
  return { store: new Proxy(store, { get: (target, name) => (name === 'putPart' ? putPart : bound(target, name)) }), begun, letThrough };
}

function bound(target: ObjectStore, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** Once nothing happens any more. */
const quiet = (): Promise<void> => delay(300);

describeEachStore('a stream that is sent in parts', (contract) => {
  test.each([
    ['one byte', 1, CHUNK],
    ['less than a span', 100_000, CHUNK],
    ['exactly one part', PART_MIN_BYTES, CHUNK],
    ['one byte more', PART_MIN_BYTES + 1, CHUNK],
    ['exactly two parts in pieces that fit', 2 * PART_MIN_BYTES, 65_536],
    ['all at once', MUCH.length - 5, MUCH.length],
  ])('is stored and hashed whole: %s', async (_, length, chunkBytes) => {
    const { store } = contract();
    const upload = await openUpload(store);
    const bytes = MUCH.subarray(0, length);
    const { parts, digests } = await sendParts(store, upload, streamOf(chunksOf(bytes, chunkBytes)));
    expect(parts.map(({ number }) => number)).toEqual(parts.map((_part, index) => index + 1));
    expect(parts.slice(0, -1).every(({ size }) => size === PART_MIN_BYTES)).toBe(true);
    await store.completeUpload(upload, parts);
    expect((await readAll(store, upload.objectKey)).equals(bytes)).toBe(true);
    const sha = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
    expect(digests).toEqual({ size: length, sha256: sha('sha256'), sha512: sha('sha512') });
  });

  test('fills one part while another is on its way, and no more', async () => {
    const { store, begun, letThrough } = held(contract().store);
    let read = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const chunk of chunksOf(MUCH)) {
        read += chunk.length;
        yield chunk;
      }
    }
    const upload = await openUpload(store);
    const sending = sendParts(store, upload, streamOf(counted()));
    await expect.poll(() => read, { timeout: 60_000 }).toBeGreaterThanOrEqual(2 * PART_MIN_BYTES);
    await quiet();
    expect(read).toBeLessThanOrEqual(2 * PART_MIN_BYTES + CHUNK);
    expect(begun[0]).toBe(1);
    letThrough();
    expect((await sending).digests.size).toBe(MUCH.length);
    await store.abortUpload(upload);
  });

  test('fails with the store, even while nothing more comes', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    await store.abortUpload(upload);
    let end = (): void => undefined;
    async function* silent(): AsyncGenerator<Buffer> {
      yield MUCH.subarray(0, PART_MIN_BYTES);
      await new Promise<void>((resolve) => (end = resolve));
    }
    await expect(sendParts(store, upload, streamOf(silent()))).rejects.toMatchObject({ cause: { name: 'StorageFault' } });
    end();
  });

  test('and breaks off waits for the part on its way, which would else come after all', async () => {
    const { store, begun, letThrough } = held(contract().store);
    const upload = await openUpload(store);
    async function* broken(): AsyncGenerator<Buffer> {
      yield MUCH.subarray(0, PART_MIN_BYTES + 1);
      while (begun.length === 0) await delay(5);
      throw new Error('The line is dead.');
    }
    let isOver = false;
    const sending = sendParts(store, upload, streamOf(broken())).finally(() => (isOver = true));
    sending.catch(() => undefined);
    while (begun.length === 0) await delay(5);
    await quiet();
    expect(isOver).toBe(false);
    letThrough();
    await expect(sending).rejects.toThrow('The line is dead.');
    await store.abortUpload(upload);
    expect(await store.listParts(upload)).toBeNull();
  });
});

test.each([
  ['of unknown size', null, PART_MIN_BYTES],
  ['that is small', 1, PART_MIN_BYTES],
  ['that is large', 1_000_000_000, 1.5 * PART_MIN_BYTES],
  ['that would not fit into as many parts as there may be', 10_000 * 1.5 * PART_MIN_BYTES + 1, 1.5 * PART_MIN_BYTES + 1],
])('the parts of a stream %s are of a size that its file fits into', (_, sizeBytes, expected) => {
  expect(partSizeOf(sizeBytes)).toBe(expected);
});

import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestsOf } from './digests-of.js';
import { Hasher } from './hasher.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** More than all slots hold, so that the sender waits for the worker. */
const MUCH = randomBytes(3 * 1_024 * 1_024);

/** What is hashed without a thread. */
const SLOT = 256 * 1_024;

function sharedCopyOf(bytes: Buffer): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes.length);
  bytes.copy(new Uint8Array(memory));
  return memory;
}

const DEATHS = [
  { name: 'ends itself', program: `require('node:worker_threads').parentPort.on('message', () => process.exit(1));` },
  { name: 'throws', program: `require('node:worker_threads').parentPort.on('message', () => { throw new Error('broken'); });` },
  {
    name: 'runs out of memory',
    program: `require('node:worker_threads').parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(100_000).fill({})); });`,
  },
];

describe('hashing in a thread of its own', () => {
  it.each([
    ['nothing', []],
    ['one byte', [1]],
    ['what just fits without a thread', [1, SLOT - 1]],
    ['one byte more', [SLOT, 1]],
    ['one byte more in one piece', [SLOT + 1]],
    ['little and then much', [1_000, 2_000_000]],
    ['more than all slots hold', [1_000_001, MUCH.length - 1_000_001]],
  ])('gives size and digests of what was handed over: %s', async (_, lengths) => {
    const found = await digestsOf(
      (async function* () {
        let at = 0;
        for (const length of lengths) yield MUCH.subarray(at, (at += length));
      })(),
    );
    const all = MUCH.subarray(
      0,
      lengths.reduce((sum, length) => sum + length, 0),
    );
    expect(found).toEqual({
      size: all.length,
      sha256: sha256(all),
      sha512: createHash('sha512').update(all).digest('hex'),
    });
  });

  it.each([
    ['one', [SLOT]],
    ['small ones', [1_000, 2_000_000, 1]],
    ['large ones', [1_000_000, 1_500_000]],
  ])('gives the SHA-256 of each part beside those of the whole: %s', async (_, lengths) => {
    const hasher = new Hasher({ memory: sharedCopyOf(MUCH), hashesParts: true });
    let start = 0;
    const parts: Buffer[] = [];
    for (const length of lengths) {
      const half = Math.floor(length / 2);
      const spans = length > SLOT ? [half, length - half] : [length];
      parts.push(MUCH.subarray(start, start + length));
      let found: string | null = null;
      for (const [place, spanLength] of spans.entries()) {
        found = await hasher.hash({ start, length: spanLength, endsPart: place === spans.length - 1 });
        start += spanLength;
      }
      expect(found).toBe(sha256(parts.at(-1) ?? Buffer.alloc(0)));
    }
    expect(await hasher.finish()).toMatchObject({ size: start, sha256: sha256(Buffer.concat(parts)) });
  });

  it.each(DEATHS)('a thread that $name in the middle is an error for whoever sends, not a wait for ever', async ({ program }) => {
    const hasher = new Hasher({ memory: sharedCopyOf(MUCH), hashesParts: false }, program);
    const span = { start: 0, length: MUCH.length, endsPart: false };
    await expect(hasher.hash(span)).rejects.toThrow();
    await expect(hasher.hash(span)).rejects.toThrow();
    await expect(hasher.finish()).rejects.toThrow();
    await hasher.close();
  });
});

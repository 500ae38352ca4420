import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestsOf, Hasher } from './hasher.js';

/** More than all slots hold, so that the sender waits for the worker. */
const MUCH = randomBytes(3 * 1_024 * 1_024);

/** What is hashed without a thread. */
const SLOT = 256 * 1_024;

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
      sha256: createHash('sha256').update(all).digest('hex'),
      sha512: createHash('sha512').update(all).digest('hex'),
    });
  });

  it.each(DEATHS)('a thread that $name in the middle is an error for whoever sends, not a wait for ever', async ({ program }) => {
    const hasher = new Hasher(program);
    await expect(hasher.update(MUCH)).rejects.toThrow();
    await expect(hasher.update(MUCH)).rejects.toThrow();
    await expect(hasher.finish()).rejects.toThrow();
    await hasher.close();
  });
});

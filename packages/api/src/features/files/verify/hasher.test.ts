import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestsOf, Hasher } from './hasher.js';

/** More than all slots hold, so that the sender waits for the worker. */
const MUCH = randomBytes(3 * 1_024 * 1_024);

const DEATHS = [
  { name: 'ends itself', program: `require('node:worker_threads').parentPort.on('message', () => process.exit(1));` },
  { name: 'throws', program: `require('node:worker_threads').parentPort.on('message', () => { throw new Error('broken'); });` },
  {
    name: 'runs out of memory',
    program: `require('node:worker_threads').parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(100_000).fill({})); });`,
  },
];

describe('hashing in a thread of its own', () => {
  it('gives size and digests of what was handed over', async () => {
    const found = await digestsOf(
      (async function* () {
        yield MUCH.subarray(0, 1_000_001);
        yield MUCH.subarray(1_000_001);
      })(),
    );
    expect(found).toEqual({
      size: MUCH.length,
      sha256: createHash('sha256').update(MUCH).digest('hex'),
      sha512: createHash('sha512').update(MUCH).digest('hex'),
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

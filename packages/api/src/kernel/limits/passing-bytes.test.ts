import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { noteDroppedMemory, notePassingBytes } from './passing-bytes.js';

const MIB = 1_024 * 1_024;

/** Memory that threads share, which has lived so long that the engine looks for it only with everything else. */
async function oldMemory(): Promise<WeakRef<SharedArrayBuffer>> {
  const memory = new SharedArrayBuffer(MIB);
  for (let passed = 0; passed < 4; passed += 1) {
    notePassingBytes(8 * MIB);
    await nextTurn();
  }
  return new WeakRef(memory);
}

test('memory that threads shared is freed after much of it was dropped, however old it is', async () => {
  const memory = await oldMemory();
  await nextTurn();
  noteDroppedMemory(96 * MIB);
  await nextTurn();
  expect(memory.deref()).toBeUndefined();
});

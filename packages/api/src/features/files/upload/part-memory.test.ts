import { expect, test } from 'vitest';
import { PartMemory } from './part-memory.js';

const MIB = 1_024 * 1_024;

test('memory that was given back is used again, by one upload at a time, also for less than it has', () => {
  const memory = new PartMemory(MIB);
  const [first, second] = [memory.take(MIB), memory.take(MIB)];
  expect(second).not.toBe(first);
  memory.giveBack(first);
  expect(memory.take(1)).toBe(first);
  expect(memory.take(MIB)).not.toBe(first);
});

test('a file that needs more gets it, and nobody after it', () => {
  const memory = new PartMemory(MIB);
  const large = memory.take(2 * MIB);
  expect(large.byteLength).toBe(2 * MIB);
  memory.giveBack(large);
  expect(memory.take(MIB).byteLength).toBe(MIB);
});

test('after many uploads at once only two pieces of memory stay', () => {
  const memory = new PartMemory(MIB);
  const pieces = [1, 2, 3, 4].map(() => memory.take(MIB));
  for (const piece of pieces) memory.giveBack(piece);
  const again = new Set([1, 2, 3].map(() => pieces.indexOf(memory.take(MIB))));
  expect(again).toEqual(new Set([0, 1, -1]));
});

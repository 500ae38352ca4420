import { expect, test } from 'vitest';
import { PartMemory } from './part-memory.js';

const MIB = 1_024 * 1_024;

test('memory that was given back is used again, by one upload at a time and for parts of the same size', () => {
  const memory = new PartMemory();
  const [first, second] = [memory.take(MIB), memory.take(MIB)];
  expect(second).not.toBe(first);
  memory.giveBack(first);
  expect(memory.take(2 * MIB)).not.toBe(first);
  expect(memory.take(MIB)).toBe(first);
  expect(memory.take(MIB)).not.toBe(first);
});

test('after many uploads at once only two pieces of memory stay', () => {
  const memory = new PartMemory();
  const pieces = [1, 2, 3, 4].map(() => memory.take(MIB));
  for (const piece of pieces) memory.giveBack(piece);
  const again = [1, 2, 3].map(() => memory.take(MIB));
  expect(again.map((piece) => pieces.indexOf(piece))).toEqual([2, 3, -1]);
});

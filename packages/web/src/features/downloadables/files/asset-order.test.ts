import { expect, it } from 'vitest';
import { moveFile, type Move } from './asset-order';

const groups = [
  { main: { id: 'a' }, sideFiles: [{ id: 'a.sig' }] },
  { main: { id: 'b' }, sideFiles: [] },
  { main: { id: 'c' }, sideFiles: [] },
];
const all = ['a', 'a.sig', 'b', 'c', 'coming'].map((id) => ({ id }));

it.each<[id: string, to: Move, order: readonly string[] | null]>([
  ['b', 'UP', ['b', 'a', 'a.sig', 'c', 'coming']],
  ['a', 'DOWN', ['b', 'a', 'a.sig', 'c', 'coming']],
  ['b', 'DOWN', ['a', 'a.sig', 'c', 'b', 'coming']],
  ['a', 'UP', null],
  ['c', 'DOWN', null],
  ['unknown', 'UP', null],
])('%s moves %s', (id, to, order) => {
  expect(moveFile(groups, all, { id, to })).toEqual(order);
});

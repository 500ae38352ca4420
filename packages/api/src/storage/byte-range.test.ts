import { expect, test } from 'vitest';
import { parseRange } from './byte-range.js';

const part = (first: number, last: number) => ({ kind: 'PART', span: { first, last } });
const parts = (...spans: [number, number][]) => ({ kind: 'PARTS', spans: spans.map(([first, last]) => ({ first, last })) });
const ALL = { kind: 'ALL' };
const UNSATISFIABLE = { kind: 'UNSATISFIABLE' };

test.each([
  [undefined, ALL],
  ['', ALL],
  ['bytes=', ALL],
  ['bytes=-', ALL],
  ['bytes=a-b', ALL],
  ['bytes=5-2', ALL],
  ['bytes=0-1,3-4', parts([0, 1], [3, 4])],
  ['bytes=3-4, 0-1 ,-2', parts([3, 4], [0, 1], [8, 9])],
  ['bytes=0-1,20-30', part(0, 1)],
  ['bytes=20-30,40-', UNSATISFIABLE],
  ['bytes=0-1,5-2', ALL],
  ['bytes=0-1,', ALL],
  ['bytes=0-,0-,0-', ALL],
  [`bytes=${Array.from({ length: 17 }, () => '0-0').join(',')}`, ALL],
  ['items=0-1', ALL],
  ['bytes=0-0', part(0, 0)],
  ['BYTES=2-4', part(2, 4)],
  ['bytes=2-', part(2, 9)],
  ['bytes=2-10', part(2, 9)],
  ['bytes=-3', part(7, 9)],
  ['bytes=-30', part(0, 9)],
  [`bytes=2-${'9'.repeat(17)}`, part(2, 9)],
  [`bytes=2-${'9'.repeat(400)}`, part(2, 9)],
  [`bytes=-${'9'.repeat(17)}`, part(0, 9)],
  [`bytes=${'9'.repeat(17)}-`, UNSATISFIABLE],
  ['bytes=9-9', part(9, 9)],
  ['bytes=-0', UNSATISFIABLE],
  ['bytes=10-', UNSATISFIABLE],
  ['bytes=10-12', UNSATISFIABLE],
])('of 10 bytes, the Range header %s asks for %o', (header, verdict) => {
  expect(parseRange(header, 10)).toEqual(verdict);
});

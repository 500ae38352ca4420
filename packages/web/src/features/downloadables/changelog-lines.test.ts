import { describe, expect, it } from 'vitest';
import { diffChangelogs } from './changelog-lines';

const LENGTH = 64_000;
const lines = (line: (index: number) => string): string =>
  Array.from({ length: LENGTH / 4 }, (_, index) => line(index))
    .join('\n')
    .slice(0, LENGTH);

describe('two changelogs line by line', () => {
  it('show what was added, removed and kept', () => {
    expect(diffChangelogs('a\nb\nc\n', 'a\nB\nc\n').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'SAME a',
      'REMOVED b',
      'ADDED B',
      'SAME c',
    ]);
  });

  it.each([
    ['nothing in common', lines((index) => `a${index}`), lines((index) => `b${index}`)],
    ['every other line in common', lines((index) => `${index % 2 ? 'x' : index}`), lines((index) => `${index % 2 ? 'x' : -index}`)],
    ['the same few lines in another order', lines((index) => `${index % 7}`), lines((index) => `${index % 11}`)],
    ['nothing but line breaks', '\n'.repeat(LENGTH), ' \n'.repeat(LENGTH / 2)],
    ['nothing on one side', '', lines((index) => `${index}`)],
  ])('are compared in bounded work at full length with %s', (_what, before, after) => {
    let compared = 0;
    const shown = diffChangelogs(before, after, (a, b) => {
      compared += 1;
      return a === b;
    });
    expect(compared).toBeLessThan(2_000_000);
    const kept = (dropped: string): string[] => shown.filter(({ kind }) => kind !== dropped).map(({ text }) => text);
    expect(kept('ADDED').filter(Boolean)).toEqual(before.split('\n').filter(Boolean));
    expect(kept('REMOVED').filter(Boolean)).toEqual(after.split('\n').filter(Boolean));
  });
});

import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatSpeed } from './units.js';

describe('units', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_500, '1.5 kB'],
    [9_960, '10 kB'],
    [148_000_000, '148 MB'],
    [999_600, '1 MB'],
    [2_147_483_648, '2.1 GB'],
    [5e12, '5 TB'],
    [5e18, '5000 PB'],
    [-1, '0 B'],
  ])('%d bytes are %s', (sizeBytes, text) => {
    expect(formatBytes(sizeBytes)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [2.1, '3 s'],
    [59, '59 s'],
    [60, '1 min'],
    [150, '3 min'],
    [3_599, '1 h'],
    [3_900, '1 h 5 min'],
    [7_200, '2 h'],
    [-5, '0 s'],
    [Number.POSITIVE_INFINITY, 'unknown'],
    [Number.NaN, 'unknown'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('a speed is a size per second', () => {
    expect(formatSpeed(12_000_000)).toBe('12 MB/s');
  });
});

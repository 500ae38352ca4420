import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFileSize, DEFAULT_FILE_LIMIT_BYTES, PART_MIN_BYTES, partRange, PARTS_MAX_COUNT, planUpload } from './upload-plan.js';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

describe('planUpload', () => {
  it.each([
    [1, 8, 1],
    [8 * MIB, 8, 1],
    [8 * MIB + 1, 8, 2],
    [100 * MIB, 8, 13],
    [GIB, 16, 64],
    [2 * GIB, 32, 64],
    [10 * GIB, 64, 160],
    [1024 * GIB, 105, 9987],
  ])('cuts %d bytes into parts of %d MiB, %d of them', (sizeBytes, partMib, partCount) => {
    expect(planUpload(sizeBytes)).toEqual({ partSizeBytes: partMib * MIB, partCount });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a size of %d', (sizeBytes) => {
    expect(() => planUpload(sizeBytes)).toThrow(RangeError);
  });

  it('covers every byte exactly once with parts that S3 takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 * 1024 * GIB }), (sizeBytes) => {
        const plan = planUpload(sizeBytes);
        expect(plan.partCount).toBeLessThanOrEqual(PARTS_MAX_COUNT);
        expect(plan.partSizeBytes).toBeGreaterThanOrEqual(PART_MIN_BYTES);
        let nextByte = 0;
        for (let part = 1; part <= plan.partCount; part += 1) {
          const { start, end } = partRange(plan, sizeBytes, part);
          if (start !== nextByte || end <= start) expect.fail(`part ${String(part)} is ${String(start)} to ${String(end)}`);
          nextByte = end;
        }
        expect(nextByte).toBe(sizeBytes);
      }),
      { seed: 42 },
    );
  });

  it.each([0, 3, 1.5])('has no part %d of two', (partNumber) => {
    expect(() => partRange({ partSizeBytes: 8 * MIB, partCount: 2 }, 9 * MIB, partNumber)).toThrow(RangeError);
  });
});

describe('checkFileSize', () => {
  it.each([
    [1, null],
    [DEFAULT_FILE_LIMIT_BYTES, null],
    [0, 'FILE_EMPTY'],
    [DEFAULT_FILE_LIMIT_BYTES + 1, 'FILE_TOO_LARGE'],
    [-1, 'VALUE_INVALID'],
    [Number.NaN, 'VALUE_INVALID'],
  ])('%d bytes: %s', (sizeBytes, code) => {
    expect(checkFileSize(sizeBytes, DEFAULT_FILE_LIMIT_BYTES)?.code ?? null).toBe(code);
  });
});

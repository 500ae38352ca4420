/** How a file is cut into parts for a multipart upload. Browser, server and tests compute the same plan from the size. */
import { type Problem } from '../problem.js';
import { formatBytes, formatLimit } from '../text/units.js';

const MIB = 1024 * 1024;

/** Smallest planned part, in bytes (chosen; S3 demands 5 MiB for every part but the last). */
export const PART_MIN_BYTES = 8 * MIB;

/** Largest part while the count allows it, in bytes (chosen: a lost connection repeats at most this much). */
export const PART_MAX_BYTES = 64 * MIB;

/** Most parts in one upload. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const PARTS_MAX_COUNT = 10_000;

/** Parts aimed for between the two sizes, so that progress moves in steps of about 1.5 % (2 GiB: 64 of 32 MiB). */
const PARTS_AIM_COUNT = 64;

/** Size limit per file until the settings say otherwise, in bytes (DESIGN.md, section 5). */
export const DEFAULT_FILE_LIMIT_BYTES = 2048 * MIB;

/** The range of that setting, in bytes: S3 stores at most 5 TiB as one object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const FILE_LIMIT_MIN_BYTES = MIB;
export const FILE_LIMIT_MAX_BYTES = 5 * MIB * MIB;

export interface UploadPlan {
  /** Bytes of every part but the last, which has the rest. */
  readonly partSizeBytes: number;
  readonly partCount: number;
}

/**
 * Plans the parts of a file. Up to 8 MiB it is one part; parts pass 64 MiB only when 10,000 of those are too few.
 * @throws RangeError when the size is not a whole number of at least 1.
 */
export function planUpload(sizeBytes: number): UploadPlan {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1)
    throw new RangeError(`sizeBytes: expected a whole number from 1, got ${String(sizeBytes)}`);
  const aimed = Math.min(Math.max(roundUpToMib(sizeBytes / PARTS_AIM_COUNT), PART_MIN_BYTES), PART_MAX_BYTES);
  const partSizeBytes = Math.max(aimed, roundUpToMib(sizeBytes / PARTS_MAX_COUNT));
  return { partSizeBytes, partCount: Math.ceil(sizeBytes / partSizeBytes) };
}

/**
 * The bytes of one part as `slice(start, end)` takes them: `start` included, `end` not.
 * @param partNumber 1 to `plan.partCount`, as S3 counts.
 * @throws RangeError outside that.
 */
export function partRange(plan: UploadPlan, sizeBytes: number, partNumber: number): { readonly start: number; readonly end: number } {
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > plan.partCount) {
    throw new RangeError(`partNumber: expected 1 to ${String(plan.partCount)}, got ${String(partNumber)}`);
  }
  const start = (partNumber - 1) * plan.partSizeBytes;
  return { start, end: Math.min(start + plan.partSizeBytes, sizeBytes) };
}

/** FILE_EMPTY or FILE_TOO_LARGE, or null. @param limitBytes the limit from the settings. */
export function checkFileSize(sizeBytes: number, limitBytes: number): Problem | null {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    return { code: 'VALUE_INVALID', message: 'The file size must be a whole number of bytes, for example 1048576.' };
  }
  if (sizeBytes === 0) return { code: 'FILE_EMPTY', message: 'This file is empty (0 bytes): choose the file again, or build it again.' };
  if (sizeBytes <= limitBytes) return null;
  return {
    code: 'FILE_TOO_LARGE',
    message: `This file has ${formatBytes(sizeBytes)}, and the limit is ${formatLimit(limitBytes)}: make it smaller, or raise the limit in Settings.`,
    params: { sizeBytes, limitBytes },
  };
}

function roundUpToMib(bytes: number): number {
  return Math.ceil(bytes / MIB) * MIB;
}

import { StorageFault, type StorageFaultReason } from '../storage-fault.js';

const REASONS: Readonly<Record<string, StorageFaultReason>> = {
  ENOSPC: 'FULL',
  EDQUOT: 'FULL',
  EACCES: 'DENIED',
  EPERM: 'DENIED',
  EROFS: 'DENIED',
  ENOENT: 'UNREACHABLE',
  ENOTDIR: 'UNREACHABLE',
  ESTALE: 'UNREACHABLE',
};

/** The sender stopped in the middle of a body. Nobody's fault here, and nothing was stored. */
export class BodyCut extends Error {
  constructor(cause: unknown) {
    super('The body ended early.', { cause });
    this.name = 'BodyCut';
  }
}

/** Whether a file operation failed with this errno code, for example `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Operations on the data folder that failed, by reason, since the start: a process has one embedded store. */
export const DISK_FAULTS = new Map<StorageFaultReason, number>();

/** What a failed file operation means for the store. What is merely absent is handled before this is asked. */
export function diskFaultOf(error: unknown): StorageFault | BodyCut {
  if (error instanceof StorageFault || error instanceof BodyCut) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const reason = REASONS[code] ?? 'FAILED';
  DISK_FAULTS.set(reason, (DISK_FAULTS.get(reason) ?? 0) + 1);
  return new StorageFault(reason, `DATA_DIR: the data folder failed: ${message}`, { cause: error, code });
}

/** Runs a file operation; `absent` is the answer when the file or folder is not there. @throws StorageFault otherwise */
export async function orAbsent<T, A>(absent: A, operation: () => Promise<T>): Promise<T | A> {
  try {
    return await operation();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return absent;
    throw diskFaultOf(error);
  }
}

import { storeFull, unavailable } from '../../../kernel/problem/faults.js';
import { StorageFault } from '../../../storage/storage-fault.js';

/** A fault of the store as clients see it; anything else stays what it is. */
export function asUnavailable(error: unknown): unknown {
  if (!(error instanceof StorageFault)) return error;
  return Object.assign(error.reason === 'FULL' ? storeFull() : unavailable('file store'), { cause: error });
}

/** Runs an operation of the store; its faults become a public UNAVAILABLE. */
export async function fromStore<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw asUnavailable(error);
  }
}

import type { Transaction } from '../../database/transaction.js';
import { LimitLock } from './limit-lock.entity.js';

/** Limits that belong to nobody in particular, so that no row of theirs could be locked; the migration made a row for each. */
export const HELD_LIMITS = ['licenseImports', 'licenseTasks'] as const;

/** Keeps others from taking a place under the same limit until the transaction ends: then they count what this one took. */
export async function holdLimit(tx: Transaction, name: (typeof HELD_LIMITS)[number]): Promise<void> {
  if (!(await tx.lock(LimitLock, { name }))) throw new Error(`The row ${name} of limit_lock is missing.`);
}

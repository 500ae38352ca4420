import { STATUS_LABELS } from '@slipway/shared';
import { isUniqueViolation } from '../../database/errors.js';
import type { Transaction } from '../../database/transaction.js';
import { refuseWith } from '../../kernel/refusal.js';
import { Downloadable } from './downloadable.entity.js';

type Version = Pick<Downloadable, 'productId' | 'version' | 'versionKey'>;

/** Writes a row with a version that may turn out to be taken. @throws Refusal VERSION_TAKEN, which says what has it */
export async function takeVersion(tx: Transaction, version: Version, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await refuseTaken(tx, version);
  }
}

/** Only who may write releases of the product comes here, and they see its drafts. */
async function refuseTaken(tx: Transaction, { productId, version, versionKey }: Version): Promise<never> {
  const holder = await tx.manager.findOneBy(Downloadable, { productId, versionKey });
  const status = holder ? ` (${STATUS_LABELS[holder.status].toLowerCase()})` : '';
  return refuseWith({
    code: 'VERSION_TAKEN',
    message: `This product already has version ${holder?.version ?? version}${status}; a leading v, +build and trailing zeros do not count: go on with that one, or use a higher number.`,
    field: 'version',
    params: holder && { downloadableId: holder.id, version: holder.version, status: holder.status },
  });
}

import type { Transaction } from '../../database/transaction.js';
import { lockHead } from './audit-head.js';
import type { AuditKeys } from './audit-keys.js';
import { splitLegacy } from './audit-rows.js';

/** Owners that one statement names. */
const BATCH = 200;

/** Splits the rows about or by somebody that an older Slipway wrote whole, so that what identifies them can be erased. Keeps the sealer away until the transaction ends. */
export async function splitLegacyOf(tx: Transaction, ids: readonly string[], keys: AuditKeys): Promise<void> {
  await lockHead(tx, keys);
  for (const column of ['subject_id', 'actor_id'])
    for (const some of inBatches(ids)) {
      const rows = await tx.query<{ id: string }>(
        `SELECT id FROM audit_event WHERE sequence IS NULL AND stamp IS NULL AND ${column} IN (${some.map(() => '?').join(', ')})`,
        some,
      );
      for (const { id } of rows) await splitLegacy(tx, id, keys);
    }
}

/** Erases the personal values of owners from the audit trail. @param eventId the event that says so @returns how many */
export async function erasePersonal(tx: Transaction, ownerIds: readonly string[], eventId: string): Promise<number> {
  let count = 0;
  for (const some of inBatches(ownerIds))
    count += await tx.execute(
      `UPDATE audit_personal SET value = NULL, salt = NULL, erased_by = ? WHERE erased_by IS NULL AND owner_id IN (${some.map(() => '?').join(', ')})`,
      [eventId, ...some],
    );
  return count;
}

const inBatches = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH));

import { In, LessThanOrEqual } from 'typeorm';
import type { Database } from '../../database/database.js';
import { AuditPersonal, AuditSeal } from './audit-chain.entities.js';
import { AuditEvent } from './audit-event.entity.js';
import { lockHead, writeHead } from './audit-head.js';
import type { AuditKeys } from './audit-keys.js';

/**
 * Lets the oldest sealed events go when their time is over. The head says, signed, after which one the chain begins now, so that any
 * other way to delete rows is found by verifying.
 * @param limit events at most; a small batch holds nobody up
 * @returns how many went
 */
export async function letAuditGo(
  database: Database,
  keys: AuditKeys,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<number> {
  return database.transaction(async (tx) => {
    const head = await lockHead(tx, keys);
    const oldest = await tx.manager.find(AuditSeal, {
      where: { sequence: LessThanOrEqual(head.baseSequence + limit) },
      order: { sequence: 'ASC' },
    });
    const firstKept = oldest.findIndex(({ at }) => at >= before);
    const gone = firstKept < 0 ? oldest : oldest.slice(0, firstKept);
    const last = gone.at(-1);
    if (!last) return 0;
    const eventId = In(gone.map((seal) => seal.eventId));
    await tx.manager.delete(AuditPersonal, { eventId });
    await tx.manager.delete(AuditEvent, { id: eventId });
    await tx.manager.delete(AuditSeal, { sequence: LessThanOrEqual(last.sequence) });
    await writeHead(tx, keys, { ...head, baseSequence: last.sequence, baseSeal: last.seal });
    return gone.length;
  });
}

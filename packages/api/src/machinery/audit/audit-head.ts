import type { Transaction } from '../../database/transaction.js';
import { databaseNow } from '../jobs/job-queue.js';
import { toSqlInstant } from '../../database/instants.js';
import { AUDIT_CHAIN, AuditHead } from './audit-chain.entities.js';
import type { AuditKeys } from './audit-keys.js';

/** The one row. */
export const HEAD = { name: AUDIT_CHAIN } as const;

/** For so long after an upgrade replicas of the older Slipway may still write rows without a stamp. */
const LEGACY_HOURS = 24;

/** The head is gone, though there is a chain: somebody took it away, and a new one would cover that up. */
export class AuditHeadMissing extends Error {
  constructor() {
    super('The head of the audit chain is missing, so nothing is sealed: "slipway verify-audit" tells what is left.');
  }
}

/** Locks the head, made where nothing was sealed yet: whoever has it is the only one who seals, splits or erases. @throws AuditHeadMissing */
export async function lockHead(tx: Transaction, keys: AuditKeys): Promise<AuditHead> {
  const present = await tx.lock(AuditHead, HEAD);
  if (present) return present;
  await makeHead(tx, keys);
  const made = await tx.lock(AuditHead, HEAD);
  if (!made) throw new AuditHeadMissing();
  return made;
}

async function makeHead(tx: Transaction, keys: AuditKeys): Promise<void> {
  const [sealed] = await tx.query('SELECT sequence FROM audit_seal LIMIT 1');
  if (sealed) throw new AuditHeadMissing();
  const [legacy] = await tx.query('SELECT id FROM audit_event WHERE stamp IS NULL LIMIT 1');
  const until = legacy ? new Date((await databaseNow(tx)).getTime() + LEGACY_HOURS * 3_600_000) : null;
  const empty = { sequence: 0, seal: '', baseSequence: 0, baseSeal: '', legacyUntil: until };
  await tx.insertIfAbsent('audit_head', {
    ...HEAD,
    sequence: 0,
    seal: '',
    base_sequence: 0,
    base_seal: '',
    legacy_until: until && toSqlInstant(until),
    signature: keys.signatureOf(empty),
  });
}

/** Writes how far the chain reaches now, signed. */
export async function writeHead(tx: Transaction, keys: AuditKeys, head: Parameters<AuditKeys['signatureOf']>[0]): Promise<void> {
  const { sequence, seal, baseSequence, baseSeal, legacyUntil } = head;
  const content = { sequence, seal, baseSequence, baseSeal, legacyUntil };
  await tx.manager.update(AuditHead, HEAD, { ...content, signature: keys.signatureOf(content) });
}

import { In, IsNull } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { newId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { databaseNow } from '../jobs/job-queue.js';
import { AuditHead, AuditSeal } from './audit-chain.entities.js';
import { AuditEvent } from './audit-event.entity.js';
import { HEAD, lockHead, writeHead } from './audit-head.js';
import { AuditKeys } from './audit-keys.js';
import { splitLegacy } from './audit-rows.js';

/** Rows that one transaction seals. */
const BATCH = 200;
/** A process that dies with the lease is followed by another after this long. */
const LEASE_SECONDS = 60;

export interface SealerUse {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly log: Log;
}

/**
 * Gives the rows of the audit trail their places in the chain (DESIGN.md, section 8.7). Of all processes one does it at a time,
 * by a lease with the database's time; the locked head makes sure of it even where a lease was lost. A row is taken because
 * it has no place yet, never because its ID is higher than the last one's: a transaction that commits late is sealed when it has
 * become visible, after those that were visible before it, and is neither missed nor put between rows that are sealed.
 */
export class AuditSealer {
  readonly #keys: AuditKeys;
  #working: Promise<number> | null = null;

  constructor(private readonly use: SealerUse) {
    this.#keys = new AuditKeys(use.secrets);
  }

  /** Seals what is visible and has no place, unless another process is at it. @returns how many rows were sealed */
  async seal(): Promise<number> {
    this.#working ??= this.#sealAll().finally(() => (this.#working = null));
    return this.#working;
  }

  async #sealAll(): Promise<number> {
    const [waiting] = await this.use.database.query('SELECT id FROM audit_event WHERE sequence IS NULL LIMIT 1');
    const lease = waiting ? await this.#lease() : null;
    if (lease === null) return 0;
    let count = 0;
    try {
      for (let sealed = BATCH; sealed === BATCH; count += sealed) sealed = await this.#sealBatch(lease);
    } finally {
      await this.use.database.transaction((tx) =>
        tx.manager.update(AuditHead, { ...HEAD, leaseToken: lease }, { leaseToken: null, leaseUntil: null }),
      );
    }
    if (count > 0) await this.#tellHead(count);
    return count;
  }

  async #lease(): Promise<string | null> {
    return this.use.database.transaction(async (tx) => {
      const head = await lockHead(tx, this.#keys);
      const now = await databaseNow(tx);
      if (head.leaseUntil !== null && head.leaseUntil > now) return null;
      const leaseToken = newId();
      await tx.manager.update(AuditHead, HEAD, { leaseToken, leaseUntil: new Date(now.getTime() + LEASE_SECONDS * 1_000) });
      return leaseToken;
    });
  }

  /** @returns how many rows were sealed; 0 also where somebody else has the lease by now */
  async #sealBatch(lease: string): Promise<number> {
    return this.use.database.transaction(async (tx) => {
      const head = await lockHead(tx, this.#keys);
      if (head.leaseToken !== lease) return 0;
      const rows = await listUnsealed(tx);
      if (rows.length === 0) return 0;
      const now = await databaseNow(tx);
      const takesLegacy = head.legacyUntil !== null && head.legacyUntil > now;
      const seals = await this.#chain(takesLegacy ? tx : null, head, rows);
      await tx.manager.insert(AuditSeal, seals);
      await placeRows(tx, seals);
      const last = seals.at(-1) ?? head;
      await writeHead(tx, this.#keys, { ...head, sequence: last.sequence, seal: last.seal });
      await tx.manager.update(AuditHead, HEAD, { leaseUntil: new Date(now.getTime() + LEASE_SECONDS * 1_000) });
      return rows.length;
    });
  }

  /** @param splitting splits what an older Slipway wrote; null once none may be left */
  async #chain(splitting: Transaction | null, head: AuditHead, rows: readonly UnsealedRow[]): Promise<AuditSeal[]> {
    const seals: AuditSeal[] = [];
    for (const row of rows) {
      // One without a stamp that no older Slipway can have written is sealed as it is: verifying names it for ever.
      const stamp = row.stamp === null && splitting ? await splitLegacy(splitting, row.id, this.#keys) : row.stamp;
      const { sequence, seal: previous } = seals.at(-1) ?? head;
      const link = { sequence: sequence + 1, eventId: row.id, at: row.at, previous };
      seals.push({ ...link, seal: this.#keys.sealOf(link, stamp) });
    }
    return seals;
  }

  /** Where the log is kept elsewhere, this line shows a chain that was cut off and signed anew with an older head. */
  async #tellHead(sealed: number): Promise<void> {
    const head = await this.use.database.read.findOneBy(AuditHead, HEAD);
    this.use.log.info({ sealed, sequence: head?.sequence, seal: head?.seal }, 'the audit trail was sealed');
  }
}

type UnsealedRow = Pick<AuditEvent, 'id' | 'at' | 'stamp'>;

/** Rows that have no place, and never had one: a place that somebody took away is not given again. */
async function listUnsealed(tx: Transaction): Promise<UnsealedRow[]> {
  const ids = await tx.query<{ id: string }>(
    `SELECT e.id FROM audit_event e WHERE e.sequence IS NULL AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
     ORDER BY e.id LIMIT ${BATCH}`,
  );
  const where = { id: In(ids.map(({ id }) => id)), sequence: IsNull() };
  const rows = await tx.manager.find(AuditEvent, { select: { id: true, at: true, stamp: true }, where });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function placeRows(tx: Transaction, seals: readonly AuditSeal[]): Promise<void> {
  const cases = seals.map(() => 'WHEN ? THEN ?').join(' ');
  const marks = seals.map(() => '?').join(', ');
  await tx.execute(`UPDATE audit_event SET sequence = CASE id ${cases} END WHERE id IN (${marks})`, [
    ...seals.flatMap(({ eventId, sequence }) => [eventId, sequence]),
    ...seals.map(({ eventId }) => eventId),
  ]);
}

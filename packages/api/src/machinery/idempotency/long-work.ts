import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { Idempotency } from './idempotency.entity.js';
import { checkKey, hashOf, KEPT_HOURS, refuseReused, refuseRunning } from './idempotency.service.js';

/** Work that died without a word frees its key after this long. */
const LEASE_MINUTES = 10;

/** The work under one key, which outlives a single transaction. */
export interface LongCall {
  readonly operation: string;
  readonly key: string;
  /** What is known of the input when the work begins. */
  readonly input: object;
}

/** The first one's to do, or done before: what it made, and the hash that tells whether this is the same request. */
export type KeyClaim = { readonly isDone: false } | { readonly isDone: true; readonly resultId: string; readonly inputHash: string };

/** Idempotency keys of uploads: the bytes are part of the input, and known only when all of them have come. */
export class LongIdempotency {
  constructor(private readonly clock: Clock) {}

  /** Claims the key, in the transaction that begins the work. @throws Refusal IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED */
  async claim(tx: Transaction, context: RequestContext, call: LongCall): Promise<KeyClaim> {
    checkKey(call.key);
    const row = keyOf(context, call.key);
    await tx.execute('DELETE FROM idempotency WHERE actor_id = ? AND key_hash = ? AND expires_at <= ?', [
      row.actorId,
      row.keyHash,
      toSqlInstant(this.clock.now()),
    ]);
    const isFirst = await tx.insertIfAbsent('idempotency', {
      actor_id: row.actorId,
      key_hash: row.keyHash,
      operation: call.operation,
      input_hash: hashOf(call.input),
      expires_at: toSqlInstant(this.#in(LEASE_MINUTES)),
    });
    if (isFirst) return { isDone: false };
    const known = await tx.lock(Idempotency, row);
    if (known?.operation !== call.operation) refuseReused();
    if (known.resultId !== null) return { isDone: true, resultId: known.resultId, inputHash: known.inputHash };
    return known.inputHash === hashOf(call.input) ? refuseRunning() : refuseReused();
  }

  /** The work goes on: its key stays claimed. */
  async keep(tx: Transaction, context: RequestContext, key: string): Promise<void> {
    await tx.manager.update(Idempotency, keyOf(context, key), { expiresAt: this.#in(LEASE_MINUTES) });
  }

  /** Remembers the result, in the transaction of the effect. @param input the whole of it */
  async finish(tx: Transaction, context: RequestContext, done: { key: string; input: object; resultId: string }): Promise<void> {
    const { key, input, resultId } = done;
    await tx.manager.update(Idempotency, keyOf(context, key), {
      resultId,
      inputHash: hashOf(input),
      expiresAt: this.#in(KEPT_HOURS * 60),
    });
  }

  /** The work failed and left nothing: the key may be used again. */
  async release(tx: Transaction, context: RequestContext, key: string): Promise<void> {
    await tx.manager.delete(Idempotency, keyOf(context, key));
  }

  #in(minutes: number): Date {
    return new Date(this.clock.now().getTime() + minutes * 60_000);
  }
}

/** Refuses a repetition whose input is not the first one's. */
export function requireSameInput(claim: { readonly inputHash: string }, input: object): void {
  if (claim.inputHash !== hashOf(input)) refuseReused();
}

const keyOf = (context: RequestContext, key: string): { actorId: string; keyHash: string } => ({
  actorId: actorId(context.actor),
  keyHash: hashOf(key),
});

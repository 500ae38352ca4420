import { createHash } from 'node:crypto';
import type { EntityTarget } from 'typeorm';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { refuse } from '../../kernel/problem/refusal.js';
import { Idempotency } from './idempotency.entity.js';

/** How long a key is remembered (DESIGN.md, section 6). */
export const KEPT_HOURS = 24;
const KEY_MAX_LENGTH = 255;

/** One call that may be repeated. */
export interface IdempotentCall {
  readonly operation: string;
  readonly key: string | null | undefined;
  readonly input: object;
  /** What the call makes or changes, and how sentences name it. */
  readonly made: { readonly entity: EntityTarget<{ id: string }>; readonly noun: string };
}

/** Same key, same effect: the second call answers with the object that the first one made or changed, as it is by now. */
export class IdempotencyKeys {
  constructor(private readonly clock: Clock) {}

  /**
   * Makes an object once per key, in the caller's transaction. A second call under way waits for the first one's row.
   * @param make makes the object and returns its id
   * @returns the object's id, and whether this call made it
   * @throws Refusal also IDEMPOTENCY_RESULT_DELETED, when what the first call made is gone
   */
  async once(
    tx: Transaction,
    context: RequestContext,
    call: IdempotentCall,
    make: () => Promise<string>,
  ): Promise<{ id: string; isNew: boolean }> {
    if (call.key == null) return { id: await make(), isNew: true };
    checkKey(call.key);
    const row = { actorId: actorId(context.actor), keyHash: hashOf(call.key) };
    const known = await this.#claim(tx, row, call);
    if (known !== null) {
      if (!(await tx.manager.existsBy(call.made.entity, { id: known }))) refuseDeleted(call.made.noun);
      return { id: known, isNew: false };
    }
    const id = await make();
    await tx.manager.update(Idempotency, row, { resultId: id });
    return { id, isNew: true };
  }

  async #claim(tx: Transaction, row: { actorId: string; keyHash: string }, call: IdempotentCall): Promise<string | null> {
    const now = this.clock.now();
    const inputHash = hashOf(withoutLock(call.input));
    await tx.execute('DELETE FROM idempotency WHERE actor_id = ? AND key_hash = ? AND expires_at <= ?', [
      row.actorId,
      row.keyHash,
      toSqlInstant(now),
    ]);
    const isFirst = await tx.insertIfAbsent('idempotency', {
      actor_id: row.actorId,
      key_hash: row.keyHash,
      operation: call.operation,
      input_hash: inputHash,
      expires_at: toSqlInstant(new Date(now.getTime() + KEPT_HOURS * 3_600_000)),
    });
    if (isFirst) return null;
    const known = await tx.lock(Idempotency, row);
    if (known?.operation !== call.operation || known.inputHash !== inputHash) refuseReused();
    return known.resultId ?? refuseRunning();
  }
}

/** What a caller saw is no part of what it asks for: a job that runs again reads the lock anew, and means the same. */
function withoutLock(input: object): object {
  return { ...input, lockVersion: undefined };
}

/** @throws Refusal IDEMPOTENCY_KEY_INVALID */
export function checkKey(key: string): void {
  if (key !== '' && key.length <= KEY_MAX_LENGTH) return;
  refuse(
    'IDEMPOTENCY_KEY_INVALID',
    `The idempotency key must have 1 to ${KEY_MAX_LENGTH} characters: a fresh UUID is a good one.`,
    'idempotencyKey',
  );
}

export function refuseReused(): never {
  refuse(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used for something else: use a fresh key for a new request.',
    'idempotencyKey',
  );
}

export function refuseRunning(): never {
  refuse(
    'IDEMPOTENCY_IN_PROGRESS',
    'The first request with this idempotency key is still running: try again in a moment.',
    'idempotencyKey',
  );
}

function refuseDeleted(noun: string): never {
  refuse(
    'IDEMPOTENCY_RESULT_DELETED',
    `The ${noun} of the first request with this idempotency key has been deleted since: use a fresh key to make another.`,
    'idempotencyKey',
  );
}

/** The form in which keys and inputs are kept. */
export function hashOf(value: string | object): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex');
}

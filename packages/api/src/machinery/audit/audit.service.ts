import type { Transaction } from '../../database/transaction.js';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { AuditAction, AuditSubject } from './audit-actions.js';
import type { AuditEvent } from './audit-event.entity.js';
import { AuditKeys } from './audit-keys.js';
import { appendEvent } from './audit-rows.js';

/** One thing somebody did. `before` and `after` hold what changed, without secrets; what is alike in both is not kept. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly subjectType: AuditSubject;
  readonly subjectId: string;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Appends to the audit trail, always in the transaction of what it tells. */
export class Audit {
  readonly #keys: AuditKeys;

  constructor(
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.#keys = new AuditKeys(secrets);
  }

  /** @returns the ID of the event */
  async record(tx: Transaction, context: RequestContext, entry: AuditEntry): Promise<string> {
    return this.#append(tx, entry, {
      actorKind: context.actor.kind,
      actorId: actorId(context.actor),
      address: context.origin.address,
      requestId: context.requestId,
    });
  }

  /** What the program did by itself: a job, or the first start. */
  async recordBySystem(tx: Transaction, entry: AuditEntry): Promise<void> {
    await this.#append(tx, entry, { actorKind: 'SYSTEM', actorId: 'system', address: '', requestId: '' });
  }

  async #append(
    tx: Transaction,
    { before = null, after = null, ...entry }: AuditEntry,
    who: Pick<AuditEvent, 'actorKind' | 'actorId' | 'address' | 'requestId'>,
  ): Promise<string> {
    const event = { id: newId(), at: this.clock.now(), ...who, ...entry, before, after };
    await appendEvent(tx, event, this.#keys);
    return event.id;
  }
}

import type { Transaction } from '../../database/transaction.js';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import type { AuditAction, AuditSubject } from './audit-actions.js';
import { AuditEvent } from './audit-event.entity.js';

/** One thing somebody did. `before` and `after` hold what changed, without secrets. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly subjectType: AuditSubject;
  readonly subjectId: string;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Appends to the audit trail, always in the transaction of what it tells. */
export class Audit {
  constructor(private readonly clock: Clock) {}

  async record(tx: Transaction, context: RequestContext, entry: AuditEntry): Promise<void> {
    await this.#append(tx, entry, {
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
    entry: AuditEntry,
    who: Pick<AuditEvent, 'actorKind' | 'actorId' | 'address' | 'requestId'>,
  ): Promise<void> {
    await tx.manager.insert(AuditEvent, {
      id: newId(),
      at: this.clock.now(),
      ...who,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      beforeJson: entry.before ? JSON.stringify(entry.before) : null,
      afterJson: entry.after ? JSON.stringify(entry.after) : null,
    });
  }
}

import type { Database } from '../../database/database.js';
import { readEventList, type EventQuery } from '../../database/event-list.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection, ForwardPageArgs, PageArgs } from '../../kernel/pagination.js';
import { badInput } from '../../kernel/problem/faults.js';
import { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import type { AuditEventFilter } from './audit-event.schema.js';
import { OTHER } from './audit.enums.js';
import type { AuditMeanings } from './audit-meanings.js';
import { planQuery, type Condition, type LogTable } from './log-table.js';

export const AUDIT: LogTable<AuditEvent> = {
  table: 'audit_event',
  entity: AuditEvent,
  indexes: {
    id: null,
    subject_id: 'ix_audit_event_subject_id',
    actor_id: 'ix_audit_event_actor',
    action: 'ix_audit_event_action',
    request_id: 'ix_audit_event_request',
  },
};

/** Lists the audit trail, newest first, along the index of what is asked for. Who may see it is the caller's to decide. */
export class AuditList {
  readonly #histories: LoaderDefinition<OwnerPage, Connection<AuditEvent>>;

  constructor(
    private readonly database: Database,
    private readonly meanings: AuditMeanings,
  ) {
    this.#histories = ownerPages(database, { name: 'audit', table: AUDIT.table, entity: AuditEvent });
  }

  /** The events about one thing, read with those about all others that a request asks for. */
  history(
    context: RequestContext,
    { type, id }: { readonly type: string; readonly id: string },
    args: ForwardPageArgs,
  ): Promise<Connection<AuditEvent>> {
    return context.loader(this.#histories).load({ where: 'subject_type = ? AND subject_id = ?', parameters: [type, id], args });
  }

  async list(filter: AuditEventFilter, args: PageArgs): Promise<Connection<AuditEvent>> {
    return readEventList(this.database, AUDIT, { args, query: await this.plan(filter) });
  }

  /** @throws PublicFault BAD_USER_INPUT for a filter that contradicts itself */
  async plan(filter: AuditEventFilter): Promise<EventQuery> {
    requireSense(filter);
    const { since = null, until = null, subjectId, actorId, actions, productId, customerId } = filter;
    const isOne = (column: string, value: string | null | undefined): Condition => ({
      columns: [column],
      values: value == null ? [] : [value],
    });
    const conditions: Condition[] = [
      isOne('subject_id', subjectId),
      isOne('actor_id', actorId),
      ...(customerId == null ? [] : [await this.meanings.ofCustomers([customerId])]),
      ...(productId == null ? [] : [await this.meanings.ofProducts([productId])]),
      { columns: ['action'], values: actions ?? [] },
    ];
    return planQuery(AUDIT, { meanings: await this.meanings.read(filter.search), conditions, since, until });
  }
}

function requireSense({ subjectType, subjectId, actorId, since, until }: AuditEventFilter): void {
  if ((subjectType == null) !== (subjectId == null)) throw badInput('Give subjectType and subjectId together.');
  if (subjectType === OTHER) throw badInput('OTHER names no kind of object: give another subjectType.');
  if (subjectId != null && actorId != null) throw badInput('Give subjectId or actorId, not both.');
  if (since && until && since >= until) throw badInput('Give a since that is before until.');
}

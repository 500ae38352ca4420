import type { Database } from '../../database/database.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import { readKeysetList, type KeysetList } from '../../database/keyset-list.js';
import { EVERYTHING, type SqlPart } from '../../database/transaction.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { AuditEvent } from '../../machinery/audit/audit-event.entity.js';

/** Whose events, or about what: one of the two, because each has an index of its own. */
export interface AuditScope {
  readonly subject?: { readonly type: string; readonly id: string };
  readonly actorId?: string;
}

const NEWEST_FIRST: KeysetList<AuditEvent> = {
  name: 'audit',
  table: 'audit_event',
  entity: AuditEvent,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};

/** Lists the audit trail, newest first, along the index of what is asked for. Who may see it is the caller's to decide. */
export class AuditList {
  readonly #histories: LoaderDefinition<OwnerPage, Connection<AuditEvent>>;

  constructor(private readonly database: Database) {
    this.#histories = ownerPages(database, { name: NEWEST_FIRST.name, table: NEWEST_FIRST.table, entity: AuditEvent });
  }

  /** The events about one thing, read with those about all others that a request asks for. */
  history(
    context: RequestContext,
    subject: { readonly type: string; readonly id: string },
    args: ForwardPageArgs,
  ): Promise<Connection<AuditEvent>> {
    const { sql: where, parameters } = conditionOf({ subject });
    return context.loader(this.#histories).load({ where, parameters, args });
  }

  async list(scope: AuditScope, args: ForwardPageArgs): Promise<Connection<AuditEvent>> {
    return readKeysetList(this.database, NEWEST_FIRST, { args, where: conditionOf(scope) });
  }
}

function conditionOf({ subject, actorId }: AuditScope): SqlPart {
  if (subject) return { sql: 'subject_type = ? AND subject_id = ?', parameters: [subject.type, subject.id] };
  return actorId === undefined ? EVERYTHING : { sql: 'actor_id = ?', parameters: [actorId] };
}

import type { Database } from '../../database/database.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import type { SqlValue } from '../../database/transaction.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { AuditEvent } from '../../machinery/audit/audit-event.entity.js';

/** Whose events, or about what: one of the two, because each has an index of its own. */
export interface AuditScope {
  readonly subject?: { readonly type: string; readonly id: string };
  readonly actorId?: string;
}

const ORDER = { name: 'audit', width: 1 } as const;

/** Lists the audit trail, newest first, along the index of what is asked for. Who may see it is the caller's to decide. */
export class AuditList {
  readonly #histories: LoaderDefinition<OwnerPage, Connection<AuditEvent>>;

  constructor(private readonly database: Database) {
    this.#histories = ownerPages(database, { name: ORDER.name, table: 'audit_event', entity: AuditEvent });
  }

  /** The events about one thing, read with those about all others that a request asks for. */
  history(
    context: RequestContext,
    subject: { readonly type: string; readonly id: string },
    args: ForwardPageArgs,
  ): Promise<Connection<AuditEvent>> {
    const page = { where: 'subject_type = ? AND subject_id = ?', parameters: [subject.type, subject.id], args };
    return context.loader(this.#histories).load(page);
  }

  async list(scope: AuditScope, args: ForwardPageArgs): Promise<Connection<AuditEvent>> {
    const page = readPage(args, ORDER);
    const { where, parameters } = conditionOf(scope);
    const [cursor] = page.cursor ?? [];
    const query = this.database.read.createQueryBuilder(AuditEvent, 'event').where(where, parameters);
    if (cursor !== undefined) query.andWhere('event.id < :cursor', { cursor });
    const rows = await query
      .orderBy('event.id', 'DESC')
      .limit(page.size + 1)
      .getMany();
    return connectionOf(page, rows, (row) => [row.id], capCount(await this.#count(scope)));
  }

  async #count(scope: AuditScope): Promise<number> {
    const { where, parameters } = conditionOf(scope);
    const counted = this.database.read.createQueryBuilder(AuditEvent, 'event').select('event.id').where(where, parameters);
    const [sql, values] = counted.limit(COUNT_CAP + 1).getQueryAndParameters();
    // The builder's parameters are the strings given just above.
    const [row] = await this.database.query<{ total: number }>(`SELECT COUNT(*) AS total FROM (${sql}) AS counted`, values as SqlValue[]);
    return Number(row?.total ?? 0);
  }
}

function conditionOf({ subject, actorId }: AuditScope): { where: string; parameters: Record<string, string> } {
  if (subject) return { where: 'event.subjectType = :type AND event.subjectId = :id', parameters: { ...subject } };
  return actorId === undefined ? { where: '1 = 1', parameters: {} } : { where: 'event.actorId = :actorId', parameters: { actorId } };
}

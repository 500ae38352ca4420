import type { Database } from '../../../database/database.js';
import { readEventList, type EventQuery } from '../../../database/event-list.js';
import type { Connection } from '../../../kernel/pagination.js';
import { RefusalEvent } from '../../../machinery/refusals/refusal.entity.js';
import type { RefusalLog } from '../../../machinery/refusals/refusal-log.js';
import { questionOf } from '../log-filter.js';
import type { LogSearch } from '../log-search.js';
import { planQuery, type LogTable } from '../log-table.js';
import type { RefusalArgs, RefusalFilter } from './refusal.schema.js';

export const REFUSALS: LogTable<RefusalEvent> = {
  table: 'refusal',
  entity: RefusalEvent,
  indexes: {
    license_id: 'ix_refusal_license',
    customer_id: 'ix_refusal_customer',
    user_id: 'ix_refusal_user',
    token_id: 'ix_refusal_token',
    machine_key_id: 'ix_refusal_machine_key',
    downloadable_id: 'ix_refusal_downloadable',
    product_id: 'ix_refusal_product',
    code: 'ix_refusal_code',
    request_id: 'ix_refusal_request',
    address: 'ix_refusal_address',
  },
};

/** Lists what was refused, newest first. Who may see it is the caller's to decide. */
export class RefusalList {
  constructor(
    private readonly database: Database,
    private readonly search: LogSearch,
    private readonly log: RefusalLog,
  ) {}

  async list({ filter, ...args }: RefusalArgs): Promise<Connection<RefusalEvent>> {
    return readEventList(this.database, REFUSALS, { args, query: await this.plan(filter ?? {}) });
  }

  async plan(filter: RefusalFilter): Promise<EventQuery> {
    const { code } = filter;
    // Whoever pastes the id of an error that is a moment old finds it.
    await this.log.flush();
    return planQuery(REFUSALS, await questionOf(this.search, filter, [{ columns: ['code'], values: code == null ? [] : [code] }]));
  }
}

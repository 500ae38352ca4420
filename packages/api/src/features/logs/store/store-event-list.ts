import type { Database } from '../../../database/database.js';
import { readEventList, type EventQuery } from '../../../database/event-list.js';
import type { Connection } from '../../../kernel/pagination.js';
import { StoreEvent } from '../../../machinery/store-events/store-event.entity.js';
import { questionOf } from '../log-filter.js';
import type { LogSearch } from '../log-search.js';
import { planQuery, type LogTable } from '../log-table.js';
import type { StoreEventArgs, StoreEventFilter } from './store-event.schema.js';

export const STORE_EVENTS: LogTable<StoreEvent> = {
  table: 'store_event',
  entity: StoreEvent,
  indexes: {
    downloadable_id: 'ix_store_event_downloadable',
    product_id: 'ix_store_event_product',
    kind: 'ix_store_event_kind',
    request_id: 'ix_store_event_request',
  },
};

/** Lists what happened to the object store, newest first. Who may see it is the caller's to decide. */
export class StoreEventList {
  constructor(
    private readonly database: Database,
    private readonly search: LogSearch,
  ) {}

  async list({ filter, ...args }: StoreEventArgs): Promise<Connection<StoreEvent>> {
    return readEventList(this.database, STORE_EVENTS, { args, query: await this.plan(filter ?? {}) });
  }

  async plan(filter: StoreEventFilter): Promise<EventQuery> {
    const { kind } = filter;
    return planQuery(STORE_EVENTS, await questionOf(this.search, filter, [{ columns: ['kind'], values: kind == null ? [] : [kind] }]));
  }
}

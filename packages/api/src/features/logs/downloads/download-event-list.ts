import type { Database } from '../../../database/database.js';
import { readEventList, type EventQuery } from '../../../database/event-list.js';
import type { Connection } from '../../../kernel/pagination.js';
import { DownloadEvent } from '../../downloads/download.entities.js';
import { questionOf } from '../log-filter.js';
import type { LogSearch } from '../log-search.js';
import { planQuery, type LogTable } from '../log-table.js';
import type { DownloadEventArgs, DownloadEventFilter } from './download-event.schema.js';

export const DOWNLOADS: LogTable<DownloadEvent> = {
  table: 'download_event',
  entity: DownloadEvent,
  indexes: {
    license_id: 'ix_download_event_license',
    customer_id: 'ix_download_event_customer',
    user_id: 'ix_download_event_user',
    token_id: 'ix_download_event_token',
    machine_key_id: 'ix_download_event_machine_key',
    downloadable_id: 'ix_download_event_downloadable',
    product_id: 'ix_download_event_product',
    request_id: 'ix_download_event_request',
    address: 'ix_download_event_address',
  },
};

/** Lists single downloads, newest first. Who may see them is the caller's to decide. */
export class DownloadEventList {
  constructor(
    private readonly database: Database,
    private readonly search: LogSearch,
  ) {}

  async list({ filter, ...args }: DownloadEventArgs): Promise<Connection<DownloadEvent>> {
    return readEventList(this.database, DOWNLOADS, { args, query: await this.plan(filter ?? {}) });
  }

  async plan(filter: DownloadEventFilter): Promise<EventQuery> {
    const query = planQuery(DOWNLOADS, await questionOf(this.search, filter));
    if (filter.source == null) return query;
    // Of the few ways to a file each is common: no index of its own.
    const { sql, parameters } = query.also ?? { sql: '1 = 1', parameters: [] };
    return { ...query, also: { sql: `${sql} AND source = ?`, parameters: [...parameters, filter.source] } };
  }
}

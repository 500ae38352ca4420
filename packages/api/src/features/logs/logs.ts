import type { Database } from '../../database/database.js';
import type { RefusalLog } from '../../machinery/refusals/refusal-log.js';
import type { LicenseKeys } from '../licenses/license-keys.js';
import { AuditList } from './audit-list.js';
import { AuditMeanings } from './audit-meanings.js';
import { DownloadEventList } from './downloads/download-event-list.js';
import { LogSearch } from './log-search.js';
import { MailList } from './mails/mail-list.js';
import { RefusalList } from './refusals/refusal-list.js';
import { StoreEventList } from './store/store-event-list.js';

/** The logs of single events, each with one way to search them. */
export type Logs = ReturnType<typeof composeLogs>;

export function composeLogs(use: { readonly database: Database; readonly licenseKeys: LicenseKeys; readonly refusals: RefusalLog }) {
  const { database } = use;
  const search = new LogSearch(database, use.licenseKeys);
  return {
    auditEvents: new AuditList(database, new AuditMeanings(database, search)),
    downloadEvents: new DownloadEventList(database, search),
    refusals: new RefusalList(database, search, use.refusals),
    storeEvents: new StoreEventList(database, search),
    mails: new MailList(database),
  };
}

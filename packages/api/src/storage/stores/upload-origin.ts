import type { Database } from '../../database/database.js';
import type { Log } from '../../kernel/log.js';
import type { UploadPermission } from '../object-store.js';
import type { FileStores } from './file-stores.js';
import { StorageFault } from '../storage-fault.js';
import type { Audit, AuditEntry } from '../../machinery/audit/audit.service.js';

export interface UploadOriginUse {
  readonly database: Database;
  readonly stores: Pick<FileStores, 'current'>;
  readonly audit: Audit;
  readonly log: Log;
}

/** Lets the console's pages send files straight to the store (DESIGN.md, section 5). */
export class UploadOrigin {
  constructor(private readonly use: UploadOriginUse) {}

  /** Adds the rule that the store needs, if it needs one; written down where it was added. @returns null when the store did not answer */
  async allow(origin: string): Promise<UploadPermission | null> {
    const { stores, log } = this.use;
    try {
      const { store } = await stores.current();
      const permission = await store.allowUploadsFrom(origin);
      if (permission === 'ADDED') await this.#remember(origin);
      return permission;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.warn({ err: error }, 'whether browsers may upload to the file store could not be found out');
      return null;
    }
  }

  async #remember(origin: string): Promise<void> {
    const { database, audit, log } = this.use;
    const entry: AuditEntry = { action: 'store.allowUploads', subjectType: 'store', subjectId: 'store', after: { origin, method: 'PUT' } };
    await database.transaction((tx) => audit.recordBySystem(tx, entry));
    log.info({ origin }, 'a CORS rule was added to the bucket, so that browsers may upload to it');
  }
}

import type { RequestContext } from '../../../kernel/context.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Secrets } from '../../../kernel/secret/secrets.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { BASE_STORE } from '../../../storage/ownership/object-rows.js';
import type { S3StoreSettings } from '../../../storage/s3/s3-connection.js';
import type { UploadOrigin } from '../../../storage/stores/upload-origin.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import { SavedStore } from '../../../storage/stores/saved-store.entity.js';
import { columnsOfSettings, isSamePlace, lockStores, newStoreId } from '../../../storage/stores/saved-stores.js';
import { askForMove } from './move-step.js';

export interface StoreChoiceUse {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly stores: FileStores;
  readonly uploadOrigin: UploadOrigin;
  /** Whose pages send files to the store. */
  readonly publicUrl: string;
}

/** The store to use from now on. */
export interface ChosenStore {
  /** Null: one that was never used before. */
  readonly id: string | null;
  /** Null: it is reached as before. */
  readonly settings: S3StoreSettings | null;
  /** What the caller last read; null: the caller does not say. */
  readonly lockVersion: number | null;
}

/** Makes a store the current one: new files go there at once, and those that are there follow in the background. */
export class StoreChoice {
  constructor(private readonly use: StoreChoiceUse) {}

  /** @throws Refusal EDIT_CONFLICT; STORAGE_REFUSED where its files are being deleted */
  async choose(context: RequestContext, chosen: ChosenStore): Promise<void> {
    const { database, stores, jobs } = this.use;
    const id = await database.transaction(async (tx) => {
      const { lockVersion: version } = await lockStores(tx);
      if (chosen.lockVersion !== null && chosen.lockVersion !== version)
        refuse('EDIT_CONFLICT', 'The store was changed by somebody else meanwhile: reload the page, then make your change again.');
      return this.#save(tx, context, { chosen, version: version + 1 });
    });
    await stores.refresh();
    // Marked as ours right away; one that does not answer now is asked again.
    await (await stores.find(id))?.guard.open();
    await this.use.uploadOrigin.allow(this.use.publicUrl);
    jobs.nudge();
  }

  /** @returns its id */
  async #save(tx: Transaction, context: RequestContext, { chosen, version }: { chosen: ChosenStore; version: number }): Promise<string> {
    const rows = await tx.manager.find(SavedStore);
    const current = rows.find(({ isCurrent }) => isCurrent);
    // Of two who choose the same new bucket at once, the second finds what the first has saved.
    const known = rows.find((row) => (chosen.id === null ? isNamedBy(row, chosen.settings) : row.id === chosen.id));
    if (known?.leftAt != null)
      refuse('STORAGE_REFUSED', 'What a move left in that store is being deleted: choose it again when that has ended.', 'storeId');
    const id = known?.id ?? newStoreId();
    const access = chosen.settings === null ? {} : columnsOfSettings(id, chosen.settings, this.use.secrets);
    const cameFrom = current?.id === id ? (known?.cameFrom ?? null) : (current?.id ?? BASE_STORE);
    const row = { ...access, isCurrent: true, cameFrom, problem: null, failures: 0, lockVersion: (known?.lockVersion ?? 0) + 1 };
    await tx.execute('UPDATE object_store SET is_current = 0 WHERE id <> ?', [id]);
    if (known) await tx.manager.update(SavedStore, { id }, row);
    else await tx.manager.insert(SavedStore, { ...row, id });
    await tx.manager.update(SavedStore, { id: BASE_STORE }, { lockVersion: version });
    await askForMove(tx, version);
    const shown = (one: Partial<SavedStore> | undefined): object | null => (one?.bucket ? shownOf(one) : { embedded: true });
    const after = {
      ...shown(id === BASE_STORE ? undefined : { ...known, ...row }),
      ...(chosen.settings?.secretAccessKey ? { secret: 'saved' } : {}),
    };
    const entry = { action: 'store.change', subjectType: 'store', subjectId: 'store' } as const;
    await this.use.audit.record(tx, context, { ...entry, before: shown(current), after });
    return id;
  }
}

const isNamedBy = (row: SavedStore, settings: S3StoreSettings | null): boolean =>
  row.id !== BASE_STORE && settings !== null && isSamePlace(row, settings);

/** What the audit trail keeps: how a store is reached, without its secret. */
function shownOf({ endpoint, publicEndpoint, region, bucket, accessKeyId, forcePathStyle }: Partial<SavedStore>): object {
  return { endpoint, publicEndpoint, region, bucket, accessKeyId, forcePathStyle };
}

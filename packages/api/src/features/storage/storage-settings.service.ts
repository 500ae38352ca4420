import { STORAGE_FIELD_NAMES } from '@slipway/shared';
import { formatBytes } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { RequestContext } from '../../kernel/context.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { databaseNow } from '../../machinery/jobs/job-queue.js';
import { BASE_STORE, hasObjects } from '../../storage/ownership/object-rows.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import { SavedStore } from '../../storage/stores/saved-store.entity.js';
import { lockStores } from '../../storage/stores/saved-stores.js';
import { StorageFault } from '../../storage/storage-fault.js';
import type { SettingsService } from '../settings/settings.service.js';
import { askToLeave } from './moving/left-copies.job.js';
import { askForMove, findStoreVersion } from './moving/move-step.js';
import { measureLeft, measureReady } from './moving/moved-rows.js';
import { diskConcern, fullConcern } from './concern-texts.js';
import type { StoreChoice } from './moving/store-choice.js';
import { recognizeStore, requireOwn } from './moving/store-recognition.js';
import type { StorageChoiceInput, StorageSettingsView } from './storage-settings.schema.js';
import type { FormerStore, StorageMove } from './store-moves.schema.js';
import { requireAdmin, type StoreTrials, type TypedStore } from './store-trials.js';

/** A process that has not seen yet which store is current may open an upload in the one before for this long. */
const LATE_UPLOADS_SECONDS = 10;
/** The check of a store that may fail: uploads then go through this server. */
const DISPENSABLE = 'CORS';

export interface StorageSettingsUse {
  readonly database: Database;
  readonly audit: Audit;
  readonly stores: FileStores;
  readonly settings: SettingsService;
  readonly storeTrials: StoreTrials;
  readonly storeChoice: StoreChoice;
}

/** Shows where files are kept, changes it, and gives up what was left behind. */
export class StorageSettingsService {
  constructor(private readonly use: StorageSettingsUse) {}

  /** @throws PublicFault FORBIDDEN */
  async show(context: RequestContext): Promise<StorageSettingsView> {
    requireAdmin(context);
    const { stores, database } = this.use;
    const s3 = await stores.currentSettings();
    const { place } = await stores.current();
    return {
      lockVersion: await findStoreVersion(database),
      place,
      isEmbedded: s3 === null,
      isFixed: stores.isFixed,
      hasSecret: s3?.secretAccessKey != null,
      forcePathStyle: s3?.forcePathStyle ?? true,
      endpoint: s3?.endpoint ?? null,
      publicEndpoint: s3?.publicEndpoint ?? null,
      region: s3?.region ?? null,
      bucket: s3?.bucket ?? null,
      accessKeyId: s3?.accessKeyId ?? null,
    };
  }

  /** Chooses a store after trying it out. @throws Refusal SETTING_FIXED, STORAGE_REFUSED, EDIT_CONFLICT, or a rule's code at each field */
  async update(context: RequestContext, input: StorageChoiceInput): Promise<StorageSettingsView> {
    requireAdmin(context);
    this.#requireChangeable();
    const { storeId = null, lockVersion = null } = input;
    if (storeId !== null && [...STORAGE_FIELD_NAMES, 'forcePathStyle' as const].some((name) => input[name] != null))
      refuse('VALUE_INVALID', 'Send either the ID of a store or how another one is reached, not both.', 'storeId');
    const chosen = storeId === null ? await this.#typed(input) : { id: await this.#known(storeId), settings: null };
    await this.use.storeChoice.choose(context, { ...chosen, lockVersion });
    return this.show(context);
  }

  #requireChangeable(): void {
    if (this.use.stores.isFixed)
      refuse('SETTING_FIXED', 'The store is set by S3_BUCKET: change the variables there, then restart Slipway.', 'bucket');
  }

  async #known(storeId: string): Promise<string> {
    const open = await this.use.stores.find(storeId);
    if (!open) refuse('NOT_FOUND', 'There is no such store: choose one of those that are shown.', 'storeId');
    // It was used before; whether it still takes files is tried again.
    await open.store.tryOut().catch((error: unknown) => refuseStore(error));
    await requireOwn(this.use.database, open).catch((error: unknown) => refuseStore(error));
    return open.id;
  }

  async #typed(input: StorageChoiceInput): Promise<Pick<Parameters<StoreChoice['choose']>[1], 'id' | 'settings'>> {
    const { storeTrials, database } = this.use;
    const typed: TypedStore = await storeTrials.read(input);
    const { checks } = await storeTrials.try(typed);
    const failed = checks.find(({ kind, verdict }) => verdict === 'FAILED' && kind !== DISPENSABLE);
    if (failed) refuse('STORAGE_REFUSED', failed.message, failed.field ?? undefined);
    try {
      const id = await storeTrials.ask(typed, (store) => recognizeStore(database, store, typed.settings));
      return { id, settings: typed.settings };
    } catch (error) {
      return refuseStore(error);
    }
  }

  /** What is still in other stores than the current one, and how much of it has come; null: nothing. */
  async findMove(): Promise<StorageMove | null> {
    const { stores, database } = this.use;
    const [target, ...others] = await stores.inUse();
    if (!target || others.length === 0) return null;
    const left = await Promise.all(others.map(({ id }) => measureReady(database, id)));
    const moved = await Promise.all(others.map(({ id }) => measureLeft(database, id)));
    const sum = (amounts: readonly { files: number; bytes: number }[], what: 'files' | 'bytes'): number =>
      amounts.reduce((total, amount) => total + amount[what], 0);
    return {
      from: others.map(({ id, place }) => ({ id, place })),
      leftFiles: sum(left, 'files'),
      leftBytes: sum(left, 'bytes'),
      movedFiles: sum(moved, 'files'),
      movedBytes: sum(moved, 'bytes'),
    };
  }

  /** How much room there is, in a sentence; null: nobody knows an end. */
  async findRoom(): Promise<string | null> {
    const { store, guard } = await this.use.stores.current();
    // A store that does not answer is told elsewhere.
    const room = await store.room().catch(() => null);
    const concern = fullConcern(guard.room.isFull) ?? diskConcern(room);
    if (concern) return concern.message;
    return room ? `${formatBytes(room.freeBytes)} of ${formatBytes(room.totalBytes)} are free on the disk.` : null;
  }

  /** What the last move met; null while all is well. */
  async findProblem(): Promise<string | null> {
    const { id } = await this.use.stores.current();
    return (await this.use.database.read.findOneBy(SavedStore, { id }))?.problem ?? null;
  }

  /** Stores in which only copies are left that nothing reads any more. */
  async listFormer(): Promise<readonly FormerStore[]> {
    const { stores, database } = this.use;
    const used = new Set((await stores.inUse()).map(({ id }) => id));
    const former: FormerStore[] = [];
    for (const row of await database.read.find(SavedStore)) {
      const open = used.has(row.id) ? null : await stores.find(row.id);
      const amount = open ? await measureLeft(database, row.id) : null;
      if (!open || !amount || (amount.files === 0 && row.secretSealed === null)) continue;
      former.push({ id: row.id, place: open.place, isLeaving: row.leftAt !== null, ...amount });
    }
    return former;
  }

  /** Moves again what was not moved. */
  async moveFiles(context: RequestContext): Promise<StorageSettingsView> {
    requireAdmin(context);
    await this.use.database.transaction(async (tx) => {
      const { lockVersion } = await lockStores(tx);
      await tx.manager.update(SavedStore, { id: BASE_STORE }, { lockVersion: lockVersion + 1 });
      await askForMove(tx, lockVersion + 1);
    });
    return this.show(context);
  }

  /** Gives up a store that files were moved from. @throws Refusal NOT_FOUND, STORAGE_REFUSED */
  async leave(context: RequestContext, { storeId, deleteFiles }: { storeId: string; deleteFiles: boolean }): Promise<StorageSettingsView> {
    requireAdmin(context);
    const { database, audit, stores, settings } = this.use;
    const open = await stores.find(storeId);
    if (!open) refuse('NOT_FOUND', 'There is no such store: choose one of those that are shown.', 'storeId');
    const { downloadUrlSeconds } = await settings.read();
    await database.transaction(async (tx) => {
      await lockStores(tx);
      await requireUnused(tx.manager.findOneBy(SavedStore, { id: storeId }), hasObjects(tx, storeId));
      const now = await databaseNow(tx);
      await tx.execute('UPDATE object_store SET left_at = ? WHERE id = ?', [toSqlInstant(now), storeId]);
      // No move that fails goes back there.
      await tx.execute('UPDATE object_store SET came_from = NULL WHERE came_from = ?', [storeId]);
      // Links that were given out before the last file was moved have ended by then.
      const seconds = deleteFiles ? Math.max(downloadUrlSeconds, LATE_UPLOADS_SECONDS) : LATE_UPLOADS_SECONDS;
      await askToLeave(tx, { storeId, deleteFiles }, new Date(now.getTime() + seconds * 1_000));
      const entry = { action: 'store.leave', subjectType: 'store', subjectId: 'store' } as const;
      await audit.record(tx, context, { ...entry, after: { store: open.place, deleteFiles } });
    });
    return this.show(context);
  }
}

async function requireUnused(row: Promise<SavedStore | null>, isFilled: Promise<boolean>): Promise<void> {
  const isCurrent = (await row)?.isCurrent ?? false;
  if (isCurrent || (await isFilled))
    refuse('STORAGE_REFUSED', 'Files are still kept in that store: wait until they are moved, then give it up.', 'storeId');
}

/** @throws Refusal in place of a fault */
function refuseStore(error: unknown): never {
  if (!(error instanceof StorageFault)) throw error;
  refuse('STORAGE_REFUSED', `The store cannot be used: ${error.summary.replace(/\.$/, '')}; test it to see more.`);
}

import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { ObjectStore } from '../object-store.js';
import { GuardedStore } from '../ownership/guarded-store.js';
import { StoreGuard, type StoreGuarding } from '../ownership/store-guard.js';
import type { StoreRefused } from '../ownership/store-refusal.js';
import type { S3Patience, S3StoreSettings } from '../s3/s3-connection.js';
import { StorageFault, type StorageFaultReason } from '../storage-fault.js';
import { BASE_STORE, hasObjects, storeIdOf } from '../ownership/object-rows.js';
import type { SavedStore } from './saved-store.entity.js';
import { findFixedRow, listSavedStores, settingsOfSaved } from './saved-stores.js';

/** How old a process's view of the saved stores may be; another replica's change is seen after that. */
const CACHE_MS = 2_000;
/** How often it is looked which stores are in use. */
const LOOK_EVERY_MS = 10_000;

export interface FileStoresUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  /** The store that needs no saving. */
  readonly store: ObjectStore;
  readonly guarding: StoreGuarding;
  /** The store that the environment gives: it wins. */
  readonly fixed: S3StoreSettings | null;
  /** What settings may name of the private network. */
  readonly allowedPrivateHosts: readonly string[];
  /** How long a saved store is waited for; another time only in tests. */
  readonly patience?: S3Patience;
}

/** A store that can be used, in the form in which the program uses it. */
export interface OpenStore {
  readonly id: string;
  readonly store: ObjectStore;
  /** Without its guard, for commands that look whose it is. */
  readonly bare: ObjectStore;
  readonly guard: StoreGuard;
  /** How it is called in a sentence, for example `the bucket releases`. */
  readonly place: string;
}

interface OpenSaved {
  readonly row: SavedStore;
  readonly open: OpenStore;
}

/**
 * The stores of this installation: new files go to the current one, each object is in the one that its row names. There is more
 * than one only while files move from one to another, or where some were left.
 */
export class FileStores {
  readonly base: OpenStore;
  #saved: ReadonlyMap<string, OpenSaved> = new Map();
  #currentId = BASE_STORE;
  #reading: Promise<void> | null = null;
  /** When what is known was asked for, or when the database last did not answer, which is its fault. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #fault: unknown = null;
  #origins: readonly string[] = [];
  readonly #watches = new Map<OpenStore, () => void>();

  constructor(private readonly use: FileStoresUse) {
    const { places } = use.guarding;
    const guard = new StoreGuard({ ...use, ...use.guarding });
    this.base = {
      id: BASE_STORE,
      store: new GuardedStore(use.store, guard),
      bare: use.store,
      guard,
      place: places.plainStore ?? places.store,
    };
  }

  /** Looks whose the stores in use are. Those that cannot be asked leave everything waiting. @throws StoreRefused */
  async open(): Promise<void> {
    await this.refresh();
    for (const { guard } of await this.inUse()) await guard.open();
  }

  /** Where new files go. */
  async current(): Promise<OpenStore> {
    await this.#recent();
    return this.#find(this.#currentId) ?? this.base;
  }

  /** How the current store is reached; null: it is the embedded one. */
  async currentSettings(): Promise<S3StoreSettings | null> {
    const { id } = await this.current();
    const saved = this.#saved.get(id);
    // Where the environment gives a store that was never saved, that one is the base store.
    return this.use.fixed ?? (saved ? this.#settingsOf(saved.row) : null);
  }

  /** Whether the environment gives the store. */
  get isFixed(): boolean {
    return this.use.fixed !== null;
  }

  /** A store by its id; null: there is none, or no more. */
  async find(id: string): Promise<OpenStore | null> {
    await this.#recent();
    return this.#find(id);
  }

  /** The store that has the bytes of a row of `stored_object`. @throws StorageFault when nobody knows it any more */
  async of(row: { readonly storeId: string | null }): Promise<OpenStore> {
    const id = storeIdOf(row);
    await this.#recent();
    if (!this.#find(id)) await this.refresh();
    return this.#find(id) ?? Promise.reject(new StorageFault('FAILED', `There is no saved store ${id} any more.`));
  }

  /** The current store first, then those that still have files. @throws Error where there may be others and the database is away */
  async inUse(): Promise<readonly OpenStore[]> {
    const current = await this.current();
    const others = this.#all.filter((one) => one.id !== current.id);
    if (others.length > 0 && this.#fault !== null) throw new Error('The database does not answer.', { cause: this.#fault });
    const filled: OpenStore[] = [];
    for (const other of others) if (await hasObjects(this.use.database, other.id)) filled.push(other);
    return [current, ...filled];
  }

  /** Where browsers PUT parts and GET files besides here, for the CSP of pages. */
  get browserOrigins(): readonly string[] {
    return this.#origins;
  }

  /** Requests that failed in any of them, by reason, since the start. */
  get faults(): ReadonlyMap<StorageFaultReason, number> {
    const sums = new Map<StorageFaultReason, number>();
    for (const { store } of this.#all) for (const [reason, count] of store.faults) sums.set(reason, (sums.get(reason) ?? 0) + count);
    return sums;
  }

  /** Whether objects may be deleted from any of them at present. */
  get mayDiscard(): boolean {
    return this.#all.some(({ guard }) => guard.mayDiscard);
  }

  /** Looks again and again whose the stores in use are. @param onRefused what a process does that must end @returns stops looking */
  async watch(onRefused: (refusal: StoreRefused) => void): Promise<() => void> {
    await this.#watchThoseInUse(onRefused);
    const timer = setInterval(() => {
      this.#watchThoseInUse(onRefused).catch((error: unknown) =>
        this.use.log.warn({ err: error }, 'which file stores are in use could not be found out'),
      );
    }, LOOK_EVERY_MS).unref();
    return () => {
      clearInterval(timer);
      for (const stop of this.#watches.values()) stop();
      this.#watches.clear();
    };
  }

  async #watchThoseInUse(onRefused: (refusal: StoreRefused) => void): Promise<void> {
    const used = new Set(await this.inUse());
    for (const [open, stop] of this.#watches) {
      if (used.has(open)) continue;
      stop();
      this.#watches.delete(open);
    }
    for (const open of used) if (!this.#watches.has(open)) this.#watches.set(open, open.guard.watch(onRefused));
  }

  /** What was read a moment ago will do; where the database is away, so will what was read last. */
  async #recent(): Promise<void> {
    if (performance.now() - this.#lookedAt < CACHE_MS) return;
    await (this.#reading ?? this.refresh()).catch((error: unknown) => {
      if (this.#lookedAt === Number.NEGATIVE_INFINITY) throw error;
      // Whoever asks next does not wait for it, too.
      [this.#lookedAt, this.#fault] = [performance.now(), error];
      this.use.log.warn({ err: error }, 'which file stores are saved could not be read');
    });
  }

  /** Reads which stores there are now; one reading after the other, so that none brings back what an earlier one saw. */
  async refresh(): Promise<void> {
    const before = this.#reading?.catch(() => undefined); // its own callers are told
    const reading = Promise.resolve(before).then(() => this.#read());
    this.#reading = reading;
    try {
      await reading;
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  async #read(): Promise<void> {
    const { database, fixed } = this.use;
    const begunAt = performance.now();
    const rows = await listSavedStores(database);
    const fixedRow = findFixedRow(rows, fixed);
    const saved = new Map<string, OpenSaved>();
    for (const row of rows.filter(({ id }) => id !== BASE_STORE)) {
      const known = this.#saved.get(row.id);
      const isSame = known?.row.lockVersion === row.lockVersion;
      saved.set(row.id, isSame ? known : { row, open: await this.#openSaved(row, row === fixedRow ? fixed : null) });
    }
    this.#saved = saved;
    const chosen = rows.find(({ isCurrent }) => isCurrent)?.id ?? BASE_STORE;
    this.#currentId = fixed === null ? chosen : (fixedRow?.id ?? BASE_STORE);
    [this.#lookedAt, this.#fault] = [begunAt, null];
    await this.#learnOrigins();
  }

  /** Of stores that can be used; one that cannot gives no address. */
  async #learnOrigins(): Promise<void> {
    const origins = await Promise.all(this.#all.map(({ store }) => store.browserOrigin().catch(() => null)));
    this.#origins = [...new Set(origins.filter((origin) => origin !== null))];
  }

  async #openSaved(row: SavedStore, fixed: S3StoreSettings | null): Promise<OpenStore> {
    const { guarding, clock, allowedPrivateHosts, patience } = this.use;
    // Loaded only when needed: the AWS SDK takes longer to load than everything else together.
    const { S3Store } = await import('../s3/s3-store.js');
    const filter = new OutgoingFilter(fixed ? 'ANY' : allowedPrivateHosts);
    const store = new S3Store(fixed ?? this.#settingsOf(row), { clock, filter, ...(patience ? { patience } : {}) });
    const place = `the bucket ${row.bucket}`;
    const places = { database: guarding.places.database, store: `${place} (${fixed ? 'S3_BUCKET' : 'Settings > Storage'})` };
    const guard = new StoreGuard({ ...this.use, ...guarding, store, places, storeId: row.id });
    return { id: row.id, store: new GuardedStore(store, guard), bare: store, guard, place };
  }

  #settingsOf(row: SavedStore): S3StoreSettings {
    try {
      return settingsOfSaved(row, this.use.secrets);
    } catch (error) {
      // The store refuses it, which the page tells and mends.
      this.use.log.error(
        { err: error, bucket: row.bucket },
        'the secret of a saved store cannot be read: enter it anew under Settings > Storage',
      );
      return { ...settingsOfSaved({ ...row, secretSealed: null }, this.use.secrets), secretAccessKey: 'unreadable' };
    }
  }

  get #all(): readonly OpenStore[] {
    return [this.base, ...[...this.#saved.values()].map(({ open }) => open)];
  }

  #find(id: string): OpenStore | null {
    return id === BASE_STORE ? this.base : (this.#saved.get(id)?.open ?? null);
  }
}

import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import type { StoreEvents } from '../../../machinery/store-events/store-events.js';
import type { StoredAsset } from '../stored-asset.js';
import { StoredObject } from '../stored-object.entity.js';
import { findObjectSubject } from './object-subject.js';

/** A file that was seen in the store is looked for again after this time, at the next download. */
const SEEN_FOR_MS = 24 * 3_600_000;
/** Looks under way at the same time; more wait for another download. */
const LOOKS_MAX_COUNT = 32;
/** However many ask for files that are missing, one look in this time: anybody may ask. */
const MISSING_LOOK_EVERY_MS = 1_000;

/** How a file's presence changed; null: it did not. */
export type PresenceChange = 'missing' | 'healed' | null;

export interface FilePresenceUse {
  readonly database: Database;
  readonly stores: FileStores;
  readonly clock: Clock;
  readonly log: Log;
  /** Where changes are written down; nowhere when absent. */
  readonly events?: StoreEvents;
}

/** Knows which files the store has lost: finds it out, writes it down, and takes it back when they return. */
export class FilePresence {
  readonly #looks = new Map<string, Promise<unknown>>();
  /** When this process last looked for a file that is known to be missing. */
  #missedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly use: FilePresenceUse) {}

  /** Asks the store for one READY object and writes down what it says. @throws StorageFault when it cannot be asked */
  async check(storedObjectId: string): Promise<PresenceChange> {
    const { database, clock, log } = this.use;
    const { row, change } = await this.#look(storedObjectId);
    // Known to be missing and missing still: nothing is news.
    if (!row || (change === 'missing' && row.missingSince !== null)) return change;
    const isWhole = change !== 'missing';
    const now = toSqlInstant(clock.now());
    const subject = change === null ? null : await findObjectSubject(database, row.id);
    const changed = await database.transaction(async (tx) => {
      const count = isWhole
        ? await tx.execute(`UPDATE stored_object SET seen_at = ?, missing_since = NULL WHERE id = ? AND state = 'READY'`, [now, row.id])
        : await tx.execute(`UPDATE stored_object SET missing_since = COALESCE(missing_since, ?) WHERE id = ? AND state = 'READY'`, [
            now,
            row.id,
          ]);
      const kind = isWhole ? 'FILE_BACK' : 'FILE_MISSING';
      const { objectKey, size } = row;
      if (count > 0 && change !== null) await this.use.events?.record(tx, { kind, objectKey, size, ...subject });
      return count;
    });
    if (changed === 0) return null;
    if (!isWhole)
      log.error({ objectKey: row.objectKey, size: row.size }, 'the file store has lost a file; its downloads answer FILE_MISSING');
    else if (change === 'healed') log.info({ objectKey: row.objectKey }, 'a missing file is back in the file store');
    return change;
  }

  /** As `check`, writing nothing down. */
  async peek(storedObjectId: string): Promise<PresenceChange> {
    return (await this.#look(storedObjectId)).change;
  }

  async #look(storedObjectId: string): Promise<{ row: StoredObject | null; change: PresenceChange }> {
    const row = await this.use.database.read.findOneBy(StoredObject, { id: storedObjectId });
    if (row?.state !== 'READY') return { row: null, change: null };
    const isWhole = (await (await this.use.stores.of(row)).store.findSize(row.objectKey)) === row.size;
    return { row, change: isWhole ? (row.missingSince === null ? null : 'healed') : 'missing' };
  }

  /** Looks for a file in the background after somebody wanted it, when it is missing or was not seen for a day. */
  noteWanted({ storedObjectId, missingSince, seenAt }: StoredAsset): void {
    const now = this.use.clock.now().getTime();
    if (storedObjectId === null || this.#looks.has(storedObjectId) || this.#looks.size >= LOOKS_MAX_COUNT) return;
    if (missingSince !== null && now - this.#missedAt < MISSING_LOOK_EVERY_MS) return;
    const isFresh = seenAt !== null && now - seenAt.getTime() < SEEN_FOR_MS;
    if (isFresh && missingSince === null) return;
    if (missingSince !== null) this.#missedAt = now;
    const look = this.check(storedObjectId)
      .catch((error: unknown) => this.use.log.warn({ err: error }, 'whether the store has a file could not be found out'))
      .finally(() => this.#looks.delete(storedObjectId));
    this.#looks.set(storedObjectId, look);
  }

  /** Waits for the looks under way: before the database is closed, and in tests. */
  async settle(): Promise<void> {
    await Promise.all(this.#looks.values());
  }

  /** How many files the store has lost. */
  async countMissing(): Promise<number> {
    const [row] = await this.use.database.query<{ total: number | string }>(
      'SELECT COUNT(*) AS total FROM stored_object WHERE missing_since IS NOT NULL',
    );
    return Number(row?.total ?? 0);
  }
}

import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { newEventId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import { firstCharacters } from '../../kernel/text/first-characters.js';
import { StoreEvent } from './store-event.entity.js';

/** One thing that happened; what is left out is not known. */
export type StoreEntry = Pick<StoreEvent, 'kind'> & Partial<Omit<StoreEvent, 'id' | 'at' | 'kind'>>;

/** The same fault is written down once in this time by each process: an outage meets every request. */
const FAULT_EVERY_MS = 60_000;
const DETAIL_LENGTH = 500;

/** Writes down what the object store did or failed to do. */
export class StoreEvents {
  readonly #toldAt = new Map<string, number>();

  constructor(private readonly use: { readonly database: Database; readonly clock: Clock; readonly log: Log }) {}

  /** In the transaction of what it tells. */
  async record(tx: Transaction, entry: StoreEntry): Promise<void> {
    const at = this.use.clock.now();
    const detail = entry.detail == null ? null : firstCharacters(entry.detail, DETAIL_LENGTH);
    await tx.manager.insert(StoreEvent, { ...entry, detail, id: newEventId(at), at });
  }

  /** In the background, from where something has failed already: it never fails again because of this. */
  note(entry: StoreEntry): void {
    const name = `${entry.kind} ${entry.detail ?? ''}`;
    const now = this.use.clock.now().getTime();
    if (now - (this.#toldAt.get(name) ?? Number.NEGATIVE_INFINITY) < FAULT_EVERY_MS) return;
    if (this.#toldAt.size > 100) this.#toldAt.clear();
    this.#toldAt.set(name, now);
    this.use.database
      .transaction((tx) => this.record(tx, entry))
      .catch((error: unknown) => this.use.log.warn({ err: error }, 'what the store did could not be written down'));
  }
}

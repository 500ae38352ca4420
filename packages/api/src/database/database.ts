import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isDatabaseUnreachable, isRetryable } from './errors.js';
import { underMigrationLock } from './migration-lock.js';
import { changeRowsOf, readRowsOf, type ChangeRows, type ReadRows, type Sending } from './rows.js';
import { Transaction, type Dialect, type SqlValue } from './transaction.js';
import { WriteQueue } from './write-queue.js';

/** The longest wait before a transaction that lost a race for locks is tried again. */
const MAX_BACKOFF_MS = 40;
const AWAY = 'unreachable';

/** One for all databases: Node 20 hands each storage on with every promise that is made. */
const openTransaction = new AsyncLocalStorage<OpenTransaction>();

/**
 * The database: reads outside transactions, and transactions. On SQLite reads and writes have a connection each over one
 * WAL file, and writes queue; otherwise one request's insert would be undone by another's rollback.
 */
export class Database {
  readonly #queue = new WriteQueue();
  readonly #faults = new Map([[AWAY, 0]]);
  readonly #rehearsal = new AsyncLocalStorage<true>();
  readonly #rows: ReadRows;
  readonly #change: ChangeRows;

  constructor(
    readonly dialect: Dialect,
    readonly reader: DataSource,
    readonly writer: DataSource,
  ) {
    this.#rows = readRowsOf(reader);
    this.#change = changeRowsOf(writer);
  }

  /** Entities, for reading only. */
  get read(): EntityManager {
    return this.#transactionRunner?.manager ?? this.reader.manager;
  }

  /** Rows of a SELECT; of work within a transaction they are read in it. */
  query<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#read(sql, parameters, 'PLAIN');
  }

  /**
   * The same by a statement that stays prepared on the connection: for what nearly every request asks, with few spellings. Every parameter
   * is a text or null, since a number is sent as a float: limits stand in the statement.
   */
  queryPrepared<Row>(sql: string, parameters: readonly (string | null)[]): Promise<Row[]> {
    return this.#read(sql, parameters, 'PREPARED');
  }

  /** Statements and transactions that failed because the database was away, by reason, since the start. */
  get faults(): ReadonlyMap<string, number> {
    return this.#faults;
  }

  /** Connections of the pool and what waits for one; on SQLite, which has one writer, the writes that run or wait. */
  figures(): Readonly<Record<string, number>> {
    return this.dialect === 'sqlite' ? { writing: this.#queue.length } : poolFigures(this.writer);
  }

  /** Runs `work` in one transaction; any error undoes it. Deadlocks are retried, so `work` must have no other effects. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#retried(() => this.#attempt(work));
  }

  /** One statement that changes rows, a transaction of its own without the two statements that begin and end it. @returns how many */
  execute(sql: string, parameters: readonly SqlValue[]): Promise<number> {
    if (this.isRehearsing) return this.transaction((tx) => tx.execute(sql, parameters));
    return this.#retried(() => this.#change(sql, parameters).catch((error: unknown) => this.#noteFault(error)));
  }

  /** Runs work that writes: on SQLite in turn, elsewhere again where it lost a race for locks. @throws Error within a transaction: it would wait for itself */
  async #retried<T>(work: () => Promise<T>): Promise<T> {
    if (this.isWithinTransaction) throw new Error('A transaction is open: write in it.');
    if (this.dialect === 'sqlite') return this.#queue.run(work);
    const begunAt = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isRetryable(error, { attempt, elapsedMs: performance.now() - begunAt })) throw error;
        await delay(Math.random() * MAX_BACKOFF_MS);
      }
    }
  }

  /** Runs what of replicas that start at once only one may do, while the others wait and then find it done. SQLite has one process. */
  oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    return this.dialect === 'sqlite' ? work() : underMigrationLock(this.writer, work);
  }

  /** Runs `work` with every transaction in it undone at its end: a dry run goes through the real code, not a copy of its rules. */
  rehearse<T>(work: () => Promise<T>): Promise<T> {
    return this.#rehearsal.run(true, work);
  }

  /** Whether this is a dry run: what is written now will be gone, so nobody may act on it. */
  get isRehearsing(): boolean {
    return this.#rehearsal.getStore() === true;
  }

  /** Whether this is part of the work of a transaction that is open. */
  get isWithinTransaction(): boolean {
    return this.#transactionRunner !== null;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#queue.run(async () => {
      await this.reader.destroy();
      if (this.writer !== this.reader) await this.writer.destroy();
    });
  }

  /**
   * The connection of the transaction that this work is part of; null outside of any. Who holds one connection never waits for another:
   * a pool whose connections all wait for a lock would have none left for its holder, until the wait for the lock is given up.
   */
  get #transactionRunner(): QueryRunner | null {
    const open = openTransaction.getStore();
    // What began in one may outlive it.
    return open?.database === this && open.isOpen ? open.runner : null;
  }

  async #read<Row>(sql: string, parameters: readonly SqlValue[], sending: Sending): Promise<Row[]> {
    const runner = this.#transactionRunner;
    try {
      if (runner) return (await runner.query(sql, [...parameters])) as Row[]; // as below
      return (await this.#rows(sql, parameters, sending)) as Row[]; // the rows are those that the statement names
    } catch (error) {
      return this.#noteFault(error);
    }
  }

  /** @throws the same error */
  #noteFault(error: unknown): never {
    if (isDatabaseUnreachable(error)) this.#faults.set(AWAY, (this.#faults.get(AWAY) ?? 0) + 1);
    throw error;
  }

  async #attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.writer.createQueryRunner();
    const open = { database: this, runner, isOpen: true };
    const bounds = this.dialect === 'sqlite' ? immediate(runner) : plain(runner);
    try {
      await bounds.begin();
      const result = await openTransaction.run(open, () => work(new Transaction(this.dialect, runner.manager)));
      await (this.isRehearsing ? bounds.rollback() : bounds.commit());
      return result;
    } catch (error) {
      // The first error is the one to tell; a connection that is gone has rolled back by itself.
      await bounds.rollback().catch(() => undefined);
      return this.#noteFault(error);
    } finally {
      open.isOpen = false;
      await runner.release();
    }
  }
}

interface OpenTransaction {
  readonly database: Database;
  readonly runner: QueryRunner;
  isOpen: boolean;
}

/** What mysql2 keeps of its pool; it has no other way to ask. `metrics.test.ts` notices when it changes. */
interface PoolInside {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

function poolFigures({ driver }: DataSource): Readonly<Record<string, number>> {
  const { pool } = driver as unknown as { readonly pool: PoolInside }; // TypeORM's MySQL driver has it
  const free = pool['_freeConnections'].length;
  return { used: pool['_allConnections'].length - free, free, waiting: pool['_connectionQueue'].length };
}

interface Bounds {
  begin(): Promise<unknown>;
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
}

/** The write lock is taken at once, so that a later statement cannot find it gone (DESIGN.md, section 8.3). */
const immediate = (runner: QueryRunner): Bounds => ({
  begin: () => runner.query('BEGIN IMMEDIATE'),
  commit: () => runner.query('COMMIT'),
  rollback: () => runner.query('ROLLBACK'),
});

/** At the level of isolation that every connection has. */
const plain = (runner: QueryRunner): Bounds => ({
  begin: () => runner.startTransaction(),
  commit: () => runner.commitTransaction(),
  rollback: () => runner.rollbackTransaction(),
});

import type { Database } from './database.js';
import { isDatabaseUnreachable, isUniqueViolation } from './errors.js';
import type { SqlValue } from './transaction.js';

/** A row that can be inserted again without harm: its id is its own. */
export type NewRow = Readonly<Record<string, SqlValue>> & { readonly id: string };

/** Rows of one statement at most. */
const MOST_AT_ONCE = 100;

interface Waiting {
  readonly row: NewRow;
  /** Tells who added the row what becomes of it. */
  readonly settle: (outcome: Promise<unknown>) => void;
}

/**
 * Group commit: rows that arrive while an insert runs share the next one, and each waits until its own is committed. Sixteen downloads at
 * once write their records by two or three statements instead of 48 (bench/RESULTS.md, W4). A caller of one row at a time waits for nobody.
 */
export class GatheredInserts {
  #waiting: Waiting[] = [];
  #isRunning = false;

  /** @param columns of the table, which every row has */
  constructor(
    private readonly database: Database,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {}

  /** Resolves once the row is committed. @throws what its insert failed with; then it is not there, unless the database was lost meanwhile */
  async add(row: NewRow): Promise<void> {
    // Others may share its insert, which is theirs too.
    const { isRehearsing, isWithinTransaction } = this.database;
    if (isRehearsing || isWithinTransaction) throw new Error('What may be undone is inserted in its own transaction.');
    const committed = new Promise<unknown>((settle) => this.#waiting.push({ row, settle }));
    if (!this.#isRunning) void this.#run();
    await committed;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#insert(this.#waiting.splice(0, MOST_AT_ONCE));
    this.#isRunning = false;
  }

  /** Never throws: each row has its own outcome. One that cannot be stored does not take the others with it. */
  async #insert(group: readonly Waiting[]): Promise<void> {
    const together = this.#write(group.map(({ row }) => row));
    const [outcome] = await Promise.allSettled([together]);
    const isTogether = outcome.status === 'fulfilled' || group.length === 1 || isDatabaseUnreachable(outcome.reason);
    const outcomes = group.map(({ row, settle }) => {
      const own = isTogether ? together : this.#insertAlone(row);
      settle(own);
      return own;
    });
    await Promise.allSettled(outcomes);
  }

  /** After a group failed: whatever came of it, the row is there once. */
  async #insertAlone(row: NewRow): Promise<void> {
    await this.#write([row]).catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
    });
  }

  #write(rows: readonly NewRow[]): Promise<number> {
    const marks = `(${this.columns.map(() => '?').join(', ')})`;
    return this.database.execute(
      `INSERT INTO ${this.table} (${this.columns.join(', ')}) VALUES ${rows.map(() => marks).join(', ')}`,
      rows.flatMap((row) => this.columns.map((column) => row[column] ?? null)),
    );
  }
}

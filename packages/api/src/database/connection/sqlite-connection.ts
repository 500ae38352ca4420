import { DatabaseSync } from '@photostructure/sqlite';
import { UnstorableText } from '../errors.js';
import type { SqlValue } from '../transaction.js';

interface OpenOptions {
  readonly readonly?: boolean;
  readonly timeout?: number;
}

/** A prepared statement in the shape that TypeORM's better-sqlite3 driver calls. */
interface PreparedStatement {
  readonly reader: boolean;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): unknown;
}

/** Statements that are kept; lists ask about a hundred kinds. */
const PREPARED_MOST = 300;

type Database = InstanceType<typeof DatabaseSync>;
/** The values that SQLite can bind. */
type Bindable = Parameters<ReturnType<Database['prepare']>['all']>[number];

/**
 * Lets TypeORM's better-sqlite3 driver run on @photostructure/sqlite, whose prebuilt binary ships inside its package.
 */
export class SqliteConnection {
  readonly #database: Database;
  readonly #prepared = new Map<string, ReturnType<Database['prepare']>>();

  constructor(path: string, options: OpenOptions = {}) {
    this.#database = new DatabaseSync(path, { readOnly: options.readonly ?? false, timeout: options.timeout ?? 5_000 });
  }

  prepare(sql: string): PreparedStatement {
    const statement = this.#database.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (...parameters) => statement.all(...bindable(parameters)),
      run: (...parameters) => statement.run(...bindable(parameters)),
    };
  }

  /** Rows of a SELECT, by a statement that is prepared once. */
  rows(sql: string, parameters: readonly SqlValue[]): unknown[] {
    return this.#keep(sql).all(...bindable(parameters.map(asNumber)));
  }

  /** Changes rows, likewise. @returns how many */
  change(sql: string, parameters: readonly SqlValue[]): number {
    return Number(this.#keep(sql).run(...bindable(parameters.map(asNumber))).changes);
  }

  #keep(sql: string): ReturnType<Database['prepare']> {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    // The newest stays longest.
    this.#prepared.delete(sql);
    this.#prepared.set(sql, known);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > PREPARED_MOST && oldest !== undefined) this.#prepared.delete(oldest);
    return known;
  }

  pragma(text: string): unknown[] {
    return this.#database.prepare(`PRAGMA ${text}`).all();
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#database.close();
  }
}

/** SQLite has no truth values. */
const asNumber = (value: SqlValue): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

/** The driver binds a text up to its first NUL only; what would be cut is refused. @throws UnstorableText */
function bindable(parameters: readonly unknown[]): Bindable[] {
  for (const parameter of parameters) if (typeof parameter === 'string' && parameter.includes('\0')) throw new UnstorableText();
  // TypeORM has converted every parameter to what SQLite can bind.
  return parameters as Bindable[];
}

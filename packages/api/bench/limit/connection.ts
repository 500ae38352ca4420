import { DatabaseSync } from '@photostructure/sqlite';
import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';

export type Value = string | number | null;
type Statement = ReturnType<InstanceType<typeof DatabaseSync>['prepare']>;

/** Statements of one transaction, or outside of any. */
export interface Statements {
  rows<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
}

/** The driver as it is, with no layer of the product: what a hand-written server would use. */
export interface LimitDatabase extends Statements {
  readonly isMysql: boolean;
  /** Undone when `work` throws. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
}

const POOL_SIZE = 16;

/** @param url mysql://... with a database */
export function openMysql(url: string): LimitDatabase {
  const pool = createPool({ uri: url, connectionLimit: POOL_SIZE, timezone: 'Z', dateStrings: true, charset: 'utf8mb4_bin' });
  pool.pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));
  const statementsOf = (connection: Pick<PoolConnection, 'execute'>): Statements => ({
    // Prepared once per connection and SQL. mysql2 answers rows for a SELECT; what it answers for a write is not read.
    rows: async <Row>(sql: string, values: readonly Value[]) => (await connection.execute<RowDataPacket[]>(sql, [...values]))[0] as Row[],
  });
  return {
    isMysql: true,
    ...statementsOf(pool),
    transaction: async (work) => {
      const connection = await pool.getConnection();
      try {
        await connection.query('START TRANSACTION');
        const result = await work(statementsOf(connection));
        await connection.query('COMMIT');
        return result;
      } catch (error) {
        await connection.query('ROLLBACK');
        throw error;
      } finally {
        connection.release();
      }
    },
  };
}

/** One connection, statements prepared once, durable like the product's. @param path of the database file */
export function openSqlite(path: string): LimitDatabase {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  // A SELECT has columns; the rows are those that its SQL names.
  const rowsOf = <Row>(sql: string, values: readonly Value[]): Row[] => statement(sql).all(...values) as Row[];
  const statements: Statements = { rows: async (sql, values) => rowsOf(sql, values) };
  let tail: Promise<unknown> = Promise.resolve();
  const run = async <T>(work: (use: Statements) => Promise<T>): Promise<T> => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = await work(statements);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    isMysql: false,
    ...statements,
    transaction: (work) => {
      const result = tail.then(() => run(work));
      tail = result.catch(() => undefined);
      return result;
    },
  };
}

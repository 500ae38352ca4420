import { QueryFailedError, type DataSource } from 'typeorm';
import type { SqliteConnection } from './connection/sqlite-connection.js';
import type { SqlValue } from './transaction.js';

/** How a statement is sent: PREPARED keeps it on the connection, for the few that nearly every request asks. */
export type Sending = 'PLAIN' | 'PREPARED';

/** Reads rows outside of a transaction. @throws QueryFailedError as TypeORM does */
export type ReadRows = (sql: string, parameters: readonly SqlValue[], sending: Sending) => Promise<unknown[]>;

/** Changes rows by one statement, outside of any transaction. @returns how many @throws as `ReadRows` */
export type ChangeRows = (sql: string, parameters: readonly SqlValue[]) => Promise<number>;

type Callback = (error: Error | null, rows: unknown) => void;

/** What mysql2's pool does, of which TypeORM's driver shows no type. */
interface MysqlPool {
  query(sql: string, values: readonly unknown[], done: Callback): void;
  execute(sql: string, values: readonly unknown[], done: Callback): void;
}

/**
 * Reads by the driver's own pool. TypeORM makes a QueryRunner for each statement and takes a connection by hand, a tenth of a millisecond
 * that says nothing (bench/RESULTS.md). What it logs is logged all the same: tests count statements by it.
 */
export function readRowsOf(source: DataSource): ReadRows {
  return source.options.type === 'better-sqlite3' ? sqliteRows(source) : mysqlRows(source);
}

/** Changes them by the same way. */
export function changeRowsOf(source: DataSource): ChangeRows {
  if (source.options.type === 'better-sqlite3') return sqliteChanges(source);
  const run = mysqlRows(source);
  return async (sql, parameters) => {
    const answer: unknown = await run(sql, parameters, 'PLAIN');
    return (answer as { readonly affectedRows: number }).affectedRows; // of a statement that changes rows
  };
}

function mysqlRows(source: DataSource): ReadRows {
  const { pool } = source.driver as unknown as { readonly pool: MysqlPool }; // TypeORM's MySQL driver has it once it is connected
  return (sql, parameters, sending) => {
    void source.logger.logQuery(sql, [...parameters]);
    return new Promise((resolve, reject) => {
      const done: Callback = (error, rows) =>
        error === null ? resolve(rows as unknown[]) : reject(new QueryFailedError(sql, [...parameters], error)); // a SELECT has rows
      if (sending === 'PREPARED') pool.execute(sql, parameters, done);
      else pool.query(sql, parameters, done);
    });
  };
}

const sqliteRows = (source: DataSource): ReadRows => bySqlite(source, (connection, sql, parameters) => connection.rows(sql, parameters));
const sqliteChanges = (source: DataSource): ChangeRows =>
  bySqlite(source, (connection, sql, parameters) => connection.change(sql, parameters));

function bySqlite<T>(
  source: DataSource,
  work: (connection: SqliteConnection, sql: string, parameters: readonly SqlValue[]) => T,
): (sql: string, parameters: readonly SqlValue[]) => Promise<T> {
  const { databaseConnection } = source.driver as unknown as { readonly databaseConnection: SqliteConnection }; // as above
  return async (sql, parameters) => {
    void source.logger.logQuery(sql, [...parameters]);
    try {
      return work(databaseConnection, sql, parameters);
    } catch (error) {
      throw error instanceof Error ? new QueryFailedError(sql, [...parameters], error) : error;
    }
  };
}

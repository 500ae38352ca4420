import { QueryFailedError, type DataSource } from 'typeorm';
import type { SqliteConnection } from './connection/sqlite-connection.js';
import type { SqlValue } from './transaction.js';

/** How a statement is sent: PREPARED keeps it on the connection, for the few that nearly every request asks. */
export type Sending = 'PLAIN' | 'PREPARED';

/** Reads rows outside of a transaction. @throws QueryFailedError as TypeORM does */
export type ReadRows = (sql: string, parameters: readonly SqlValue[], sending: Sending) => Promise<unknown[]>;

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

function sqliteRows(source: DataSource): ReadRows {
  const { databaseConnection } = source.driver as unknown as { readonly databaseConnection: SqliteConnection }; // as above
  return async (sql, parameters) => {
    void source.logger.logQuery(sql, [...parameters]);
    try {
      return databaseConnection.rows(sql, parameters);
    } catch (error) {
      throw error instanceof Error ? new QueryFailedError(sql, [...parameters], error) : error;
    }
  };
}

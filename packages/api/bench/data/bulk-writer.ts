import { DatabaseSync } from '@photostructure/sqlite';
import { createConnection, type Connection } from 'mysql2/promise';

export type Value = string | number | null;
export type Row = readonly Value[];

/** Writes many rows fast, past the product, into tables that the product's migrations made. */
export interface BulkWriter {
  insert(table: string, columns: readonly string[], rows: readonly Row[]): Promise<void>;
  execute(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Rows per statement on MariaDB: some hundred kilobytes. */
const ROWS_PER_STATEMENT = 2_000;

/** @param url mysql://... with a database */
export async function openMysqlWriter(url: string): Promise<BulkWriter> {
  const connection: Connection = await createConnection(url);
  // The rows are consistent by construction, and the check afterwards reads them back through the product.
  await connection.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
  return {
    insert: async (table, columns, rows) => {
      for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
        const batch = rows.slice(at, at + ROWS_PER_STATEMENT);
        await connection.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [batch]);
      }
    },
    execute: async (sql) => void (await connection.query(sql)),
    close: () => connection.end(),
  };
}

/** @param path of the database file */
export async function openSqliteWriter(path: string): Promise<BulkWriter> {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -500000');
  return {
    insert: async (table, columns, rows) => {
      const statement = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
      database.exec('BEGIN');
      for (const row of rows) statement.run(...row);
      database.exec('COMMIT');
    },
    execute: async (sql) => database.exec(sql),
    close: async () => database.close(),
  };
}

import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

const serverUrl = process.env['TEST_DATABASE_URL'];

/** Values as SQL writes them, so that none changes on its way. */
const AS_WRITTEN = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, jsonStrings: true };

async function onServer<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: serverUrl ?? '', multipleStatements: true, ...AS_WRITTEN });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** @param statements what the new database is filled with, in the same round trip */
export async function makeMysql(name: string, statements = 'DO 0'): Promise<void> {
  const make = `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE ${name}`;
  await onServer((connection) => connection.query(`${make};\n${statements}`));
}

export const dropMysql = (name: string): Promise<void> =>
  onServer(async (connection) => void (await connection.query(`DROP DATABASE ${name}`)));

/** The statements that make a copy of a database in an empty one: as `mariadb-dump`, in one round trip. */
export function dumpMysql(name: string): Promise<string> {
  return onServer(async (connection) => {
    await connection.query(`USE ${name}`);
    const [tables] = await connection.query<RowDataPacket[]>(`SHOW TABLES`);
    const statements = ['SET foreign_key_checks = 0'];
    for (const table of tables.map((row) => String(Object.values(row)[0]))) {
      const [[shown]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table]);
      statements.push(String(shown?.['Create Table']));
      const [rows] = await connection.query<RowDataPacket[]>({ sql: `SELECT * FROM ${table}`, rowsAsArray: true });
      if (rows.length > 0) statements.push(connection.format('INSERT INTO ?? VALUES ?', [table, rows]));
    }
    return statements.join(';\n');
  });
}

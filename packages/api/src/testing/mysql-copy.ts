import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

const serverUrl = process.env['TEST_DATABASE_URL'];

/** Values as SQL writes them, so that none changes on its way. */
const AS_WRITTEN = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, jsonStrings: true };

const ROWS_PER_STATEMENT = 1_000;
/** Well below the 16 MB that MariaDB takes by default, whatever a letter needs. */
const PACKET_LENGTH = 4_000_000;

async function onServer<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: serverUrl ?? '', multipleStatements: true, ...AS_WRITTEN });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** @param packets what the new database is filled with: the first in the same round trip, each of the others in one of its own */
export async function makeMysql(name: string, packets: readonly string[] = []): Promise<void> {
  const make = `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE ${name}`;
  const [first = 'DO 0', ...others] = packets;
  await onServer(async (connection) => {
    await connection.query(`${make};\n${first}`);
    for (const packet of others) await connection.query(packet);
  });
}

export const dropMysql = (name: string): Promise<void> =>
  onServer(async (connection) => void (await connection.query(`DROP DATABASE ${name}`)));

/** What makes a copy of a database in an empty one, as `mariadb-dump`: one packet, or several where a server would not take it. */
export function dumpMysql(name: string): Promise<readonly string[]> {
  return onServer(async (connection) => {
    await connection.query(`USE ${name}`);
    const [tables] = await connection.query<RowDataPacket[]>(`SHOW TABLES`);
    const statements = ['SET foreign_key_checks = 0'];
    for (const table of tables.map((row) => String(Object.values(row)[0]))) {
      const [[shown]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table]);
      statements.push(String(shown?.['Create Table']));
      const [rows] = await connection.query<RowDataPacket[]>({ sql: `SELECT * FROM ${table}`, rowsAsArray: true });
      for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
        statements.push(connection.format('INSERT INTO ?? VALUES ?', [table, rows.slice(from, from + ROWS_PER_STATEMENT)]));
    }
    return packetsOf(statements);
  });
}

function packetsOf(statements: readonly string[]): readonly string[] {
  const packets: string[] = [];
  for (const statement of statements) {
    const last = packets.at(-1);
    const isFitting = last !== undefined && last.length + statement.length < PACKET_LENGTH;
    if (isFitting) packets[packets.length - 1] = `${last};\n${statement}`;
    else packets.push(statement);
  }
  return packets;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { ENTITIES } from '../app/entities.js';
import { openMysql, openSqlite } from '../database/connection/data-sources.js';
import type { Database } from '../database/database.js';
import { newId } from '../kernel/ids.js';

/** A fresh, empty database of the program, and how to be rid of it. */
export interface TestDatabase {
  readonly database: Database;
  /** What a process of its own needs in its environment to use the same data. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens the same data again, as a second process would. */
  reopen(): Promise<Database>;
  /** A copy of the data as it is now, as a backup that is restored elsewhere. */
  clone(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

export interface TestDialect {
  readonly name: string;
  readonly isAvailable: boolean;
  /** @param poolSize connections at most, where there is a pool */
  create(poolSize?: number): Promise<TestDatabase>;
}

const serverUrl = process.env['TEST_DATABASE_URL'];

const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'slipway-test-'));

async function createSqlite(folder?: string): Promise<TestDatabase> {
  folder ??= await makeFolder();
  return sqliteIn(folder, await openSqlite(folder, ENTITIES));
}

function sqliteIn(folder: string, database: Database): TestDatabase {
  return {
    database,
    environment: { DATA_DIR: folder },
    reopen: () => openSqlite(folder, ENTITIES),
    clone: async () => {
      const copy = await makeFolder();
      await database.writer.query(`VACUUM INTO '${join(copy, 'slipway.sqlite')}'`);
      return createSqlite(copy);
    },
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(...statements: readonly string[]): Promise<void> {
  const connection = await createConnection(serverUrl ?? '');
  for (const sql of statements) await connection.query(sql);
  await connection.end();
}

async function makeName(): Promise<string> {
  const name = `slipway_${newId().toLowerCase()}`;
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return name;
}

/** A database on the server without any table, for a start that finds nothing. */
export async function makeEmptyMysql(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = await makeName();
  return { url: `${serverUrl}/${name}`, drop: () => onServer(`DROP DATABASE ${name}`) };
}

async function createMysql(poolSize?: number): Promise<TestDatabase> {
  return mysqlNamed(await makeName(), poolSize);
}

async function copyMysql(from: string, database: Database): Promise<TestDatabase> {
  const to = await makeName();
  const tables = await database.query<{ name: string }>('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?', [
    from,
  ]);
  await onServer(
    ...tables.flatMap(({ name }) => [
      `CREATE TABLE ${to}.${name} LIKE ${from}.${name}`,
      `INSERT INTO ${to}.${name} SELECT * FROM ${from}.${name}`,
    ]),
  );
  return mysqlNamed(to);
}

async function mysqlNamed(name: string, poolSize?: number): Promise<TestDatabase> {
  const url = `${serverUrl}/${name}`;
  const database = await openMysql(url, ENTITIES, poolSize === undefined ? {} : { poolSize });
  return {
    database,
    environment: { DATABASE_URL: url },
    reopen: () => openMysql(url, ENTITIES),
    clone: () => copyMysql(name, database),
    drop: async () => {
      await database.close();
      await onServer(`DROP DATABASE ${name}`);
    },
  };
}

/** The databases that every suite runs on; MariaDB where TEST_DATABASE_URL names a server. */
export const TEST_DIALECTS: readonly TestDialect[] = [
  { name: 'SQLite', isAvailable: true, create: () => createSqlite() },
  { name: 'MariaDB', isAvailable: serverUrl !== undefined, create: createMysql },
];

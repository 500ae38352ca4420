import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { ENTITIES } from '../app/entities.js';
import { openMysql, openSqlite } from '../database/data-sources.js';
import type { Database } from '../database/database.js';
import { newId } from '../kernel/ids.js';

/** A fresh, empty database of the program, and how to be rid of it. */
export interface TestDatabase {
  readonly database: Database;
  /** What a process of its own needs in its environment to use the same data. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens the same data again, as a second process would. */
  reopen(): Promise<Database>;
  drop(): Promise<void>;
}

export interface TestDialect {
  readonly name: string;
  readonly isAvailable: boolean;
  /** @param poolSize connections at most, where there is a pool */
  create(poolSize?: number): Promise<TestDatabase>;
}

const serverUrl = process.env['TEST_DATABASE_URL'];

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const database = await openSqlite(folder, ENTITIES);
  return {
    database,
    environment: { DATA_DIR: folder },
    reopen: () => openSqlite(folder, ENTITIES),
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection(serverUrl ?? '');
  await connection.query(sql);
  await connection.end();
}

async function createMysql(poolSize?: number): Promise<TestDatabase> {
  const name = `slipway_${newId().toLowerCase()}`;
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = `${serverUrl}/${name}`;
  const database = await openMysql(url, ENTITIES, poolSize);
  return {
    database,
    environment: { DATABASE_URL: url },
    reopen: () => openMysql(url, ENTITIES),
    drop: async () => {
      await database.close();
      await onServer(`DROP DATABASE ${name}`);
    },
  };
}

/** The databases that every suite runs on; MariaDB where TEST_DATABASE_URL names a server. */
export const TEST_DIALECTS: readonly TestDialect[] = [
  { name: 'SQLite', isAvailable: true, create: createSqlite },
  { name: 'MariaDB', isAvailable: serverUrl !== undefined, create: createMysql },
];

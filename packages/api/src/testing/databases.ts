import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../app/foundation/entities.js';
import { openMysql, openSqlite } from '../database/connection/data-sources.js';
import type { Database } from '../database/database.js';
import { newId } from '../kernel/ids.js';
import { dropMysql, dumpMysql, makeMysql } from './mysql-copy.js';
import { hasTemplates, templateFile, templateText } from './templates.js';

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
  /** One that every migration has run over itself: `create` copies what they made of another one, where it can. */
  migrate(): Promise<TestDatabase>;
}

const serverUrl = process.env['TEST_DATABASE_URL'];

const SQLITE_FILE = 'slipway.sqlite';

const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'slipway-test-'));

/** Power cuts end no test: what waits for the disk in the program need not wait here. */
async function openIn(folder: string): Promise<Database> {
  const database = await openSqlite(folder, ENTITIES);
  await database.writer.query('PRAGMA synchronous = OFF');
  return database;
}

async function migrateSqlite(): Promise<TestDatabase> {
  const folder = await makeFolder();
  return sqliteIn(folder, await openIn(folder));
}

async function createSqlite(): Promise<TestDatabase> {
  if (!hasTemplates) return migrateSqlite();
  const template = await templateFile(SQLITE_FILE, async (path) => {
    const migrated = await migrateSqlite();
    await migrated.database.writer.query(`VACUUM INTO '${path}'`);
    await migrated.drop();
  });
  const folder = await makeFolder();
  await copyFile(template, join(folder, SQLITE_FILE));
  return sqliteIn(folder, await openIn(folder));
}

function sqliteIn(folder: string, database: Database): TestDatabase {
  return {
    database,
    environment: { DATA_DIR: folder },
    reopen: () => openIn(folder),
    clone: async () => {
      const copy = await makeFolder();
      await database.writer.query(`VACUUM INTO '${join(copy, SQLITE_FILE)}'`);
      return sqliteIn(copy, await openIn(copy));
    },
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param packets what is in it from the start */
async function makeNamed(packets?: readonly string[]): Promise<string> {
  const name = `slipway_${newId().toLowerCase()}`;
  await makeMysql(name, packets);
  return name;
}

/** A database on the server without any table, for a start that finds nothing. */
export async function makeEmptyMysql(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = await makeNamed();
  return { url: `${serverUrl}/${name}`, drop: () => dropMysql(name) };
}

const migrateMysql = async (): Promise<TestDatabase> => mysqlNamed(await makeNamed());

async function createMysql(poolSize?: number): Promise<TestDatabase> {
  if (!hasTemplates) return mysqlNamed(await makeNamed(), poolSize);
  const template = await templateText('mysql.sql', async () => {
    const name = await makeNamed();
    const migrated = await mysqlNamed(name);
    const packets = await dumpMysql(name);
    await migrated.drop();
    // Without rows it is one.
    return packets.join(';\n');
  });
  return mysqlNamed(await makeNamed([template]), poolSize);
}

async function mysqlNamed(name: string, poolSize?: number): Promise<TestDatabase> {
  const url = `${serverUrl}/${name}`;
  const database = await openMysql(url, ENTITIES, poolSize === undefined ? {} : { poolSize });
  return {
    database,
    environment: { DATABASE_URL: url },
    reopen: () => openMysql(url, ENTITIES),
    clone: async () => mysqlNamed(await makeNamed(await dumpMysql(name))),
    drop: async () => {
      await database.close();
      await dropMysql(name);
    },
  };
}

/** The databases that every suite runs on; MariaDB where TEST_DATABASE_URL names a server. */
export const TEST_DIALECTS: readonly TestDialect[] = [
  { name: 'SQLite', isAvailable: true, create: () => createSqlite(), migrate: migrateSqlite },
  { name: 'MariaDB', isAvailable: serverUrl !== undefined, create: createMysql, migrate: migrateMysql },
];

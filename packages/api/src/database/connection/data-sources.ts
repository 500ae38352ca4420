import { existsSync } from 'node:fs';
import { join } from 'node:path';
import mysql2 from 'mysql2';
import { DataSource, MigrationExecutor, type EntitySchema, type MixedList } from 'typeorm';
import { makeFolder } from '../../kernel/make-folder.js';
import { StartFault } from '../../kernel/problem/start-fault.js';
import { Database } from '../database.js';
import { tlsOptionsOf } from './database-tls.js';
import { readDatabaseUrl } from './database-url.js';
import { underMigrationLock } from '../migration-lock.js';
import { stampEarlier } from '../migrations/earlier.js';
import { migrations } from '../migrations/index.js';
import type { Migration } from '../migrations/migration.js';
import { SqliteConnection } from './sqlite-connection.js';

/** How long a request waits for the database before it fails (PROMISES.md, row 23). */
const CONNECT_TIMEOUT_MS = 1_500;
const MYSQL_POOL_SIZE = 16;
/** Statements that a connection keeps prepared; a server holds 16,382 of all connections of all replicas. */
const MYSQL_PREPARED_MOST = 60;
/** A request that waits in this queue longer than the pool can serve is refused instead. */
const MYSQL_QUEUE_LIMIT = 512;

export type Entities = MixedList<(new () => object) | EntitySchema>;

function createSqliteSource(path: string, entities: Entities, steps: Opening['steps']): DataSource {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: path,
    driver: SqliteConnection,
    enableWAL: true,
    entities,
    migrations: [...(steps ?? [])],
    migrationsTransactionMode: 'each',
    prepareDatabase: (connection: SqliteConnection) => {
      // FULL: an acknowledged write survives a power cut (PROMISES.md, row 1).
      connection.pragma('synchronous = FULL');
      connection.pragma('busy_timeout = 5000');
    },
  });
  // SQLite takes any type name and goes by its affinity; TypeORM keeps a list.
  source.driver.supportedDataTypes.push('mediumtext');
  return source;
}

/** How a database is opened. */
export interface Opening {
  /** `AS_IS`: nothing is made or migrated, and one that is behind is a `StartFault`; `MIGRATED` where nothing is said. */
  readonly state?: 'MIGRATED' | 'AS_IS';
  /** Connections at most, where there is a pool. */
  readonly poolSize?: number;
  /** What it is migrated by; a test of one stops before it. */
  readonly steps?: readonly (new () => Migration)[];
}

/** Opens the embedded database. @param folder the data folder */
export async function openSqlite(
  folder: string,
  entities: Entities,
  { state = 'MIGRATED', steps = migrations }: Opening = {},
): Promise<Database> {
  const path = join(folder, 'slipway.sqlite');
  if (state === 'MIGRATED') await makeFolder(folder);
  else if (!existsSync(path))
    throw new StartFault(`DATA_DIR: there is no database in ${folder}; name the folder of one, or start Slipway once to make it.`);
  const writer = await createSqliteSource(path, entities, steps).initialize();
  try {
    await (state === 'MIGRATED' ? migrateSqlite(writer) : requireMigrated(writer));
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  const reader = await createSqliteSource(path, entities, []).initialize();
  return new Database('sqlite', reader, writer);
}

/** Opens a MySQL or MariaDB database, migrated under a lock that replicas respect. @param url as `readDatabaseUrl` reads it */
export async function openMysql(
  url: string,
  entities: Entities,
  { state = 'MIGRATED', poolSize = MYSQL_POOL_SIZE, steps = migrations }: Opening = {},
): Promise<Database> {
  const source = await createMysqlSource(url, entities, { poolSize, steps }).initialize();
  try {
    await (state === 'MIGRATED' ? migrateMysql(source) : requireMigrated(source));
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return new Database('mysql', source, source);
}

/**
 * Said once on each connection, before anything else is sent on it. Locks are taken row by row, and a lock sees the newest version
 * (DESIGN.md, section 8.3). What GROUP_CONCAT puts together is bounded by its rows: MySQL would cut it after 1,024 bytes. What does not
 * fit is refused and not cut, and a backslash escapes, whatever the server is set to: the driver writes texts so.
 */
const OPENING = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  'SET SESSION group_concat_max_len = 4194304',
  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

const driver = {
  ...mysql2,
  createPool: (options: mysql2.PoolOptions) => {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const sql of OPENING) connection.query(sql);
    });
    return pool;
  },
};

function createMysqlSource(
  url: string,
  entities: Entities,
  { poolSize, steps }: Required<Pick<Opening, 'poolSize' | 'steps'>>,
): DataSource {
  const { host, port, user, password, name, tls } = readDatabaseUrl(url);
  return new DataSource({
    type: 'mariadb',
    driver,
    // Not as a URL: TypeORM would drop what stands after its `?`, and go on without TLS.
    host,
    port,
    username: user,
    password,
    database: name,
    ...(tls === null ? {} : { ssl: tlsOptionsOf(tls) }),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    entities,
    migrations: [...steps],
    migrationsTransactionMode: 'each',
    poolSize,
    connectTimeout: CONNECT_TIMEOUT_MS,
    extra: { queueLimit: MYSQL_QUEUE_LIMIT, maxPreparedStatements: MYSQL_PREPARED_MOST },
  });
}

async function migrateSqlite(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await stampEarlier(runner, 'DATA_DIR');
  } finally {
    await runner.release();
  }
  await source.runMigrations();
}

function migrateMysql(source: DataSource): Promise<void> {
  return underMigrationLock(source, async (runner) => {
    await stampEarlier(runner, 'DATABASE_URL');
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  });
}

/** TypeORM itself makes its table when it is asked. @throws StartFault when migrations are left to do */
async function requireMigrated(source: DataSource): Promise<void> {
  const done = await source.query<{ name: string }[]>('SELECT name FROM migrations').catch(() => []);
  const names = new Set(done.map(({ name }) => name));
  if (source.migrations.every(({ name = '' }) => names.has(name))) return;
  const variable = source.options.type === 'mariadb' ? 'DATABASE_URL' : 'DATA_DIR';
  throw new StartFault(
    `${variable}: this database is of an older Slipway, or empty; start Slipway once to migrate it, then run this again.`,
  );
}

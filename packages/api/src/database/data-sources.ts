import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, MigrationExecutor, type EntitySchema, type MixedList } from 'typeorm';
import { Database } from './database.js';
import { migrations } from './migrations/index.js';
import { SqliteConnection } from './sqlite-connection.js';

/** How long a request waits for the database before it is told so (PROMISES.md, row 23). */
const CONNECT_TIMEOUT_MS = 1_500;
const MYSQL_POOL_SIZE = 16;
/** How long a replica waits while another one migrates. */
const MIGRATION_LOCK_SECONDS = 120;
/** A request that waits in this queue longer than the pool can serve is refused instead. */
const MYSQL_QUEUE_LIMIT = 512;

export type Entities = MixedList<(new () => object) | EntitySchema>;

function createSqliteSource(path: string, entities: Entities, isReader: boolean): DataSource {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: path,
    driver: SqliteConnection,
    enableWAL: true,
    entities,
    migrations: isReader ? [] : migrations,
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

/** Opens the embedded database, made and migrated when needed. @param folder the data folder */
export async function openSqlite(folder: string, entities: Entities): Promise<Database> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'slipway.sqlite');
  const writer = await createSqliteSource(path, entities, false).initialize();
  await writer.runMigrations();
  const reader = await createSqliteSource(path, entities, true).initialize();
  return new Database('sqlite', reader, writer);
}

/** Opens a MySQL or MariaDB database and migrates it under a lock that replicas respect. @param url mysql://user:password@host:port/name @param poolSize connections at most */
export async function openMysql(url: string, entities: Entities, poolSize = MYSQL_POOL_SIZE): Promise<Database> {
  const source = new DataSource({
    type: 'mariadb',
    url: url.replace(/^mysql:/, 'mariadb:'),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    poolSize,
    connectTimeout: CONNECT_TIMEOUT_MS,
    extra: { queueLimit: MYSQL_QUEUE_LIMIT },
  });
  await source.initialize();
  await migrateUnderLock(source);
  return new Database('mysql', source, source);
}

async function migrateUnderLock(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    const [row] = await runner.query(`SELECT GET_LOCK(CONCAT('slipway:', DATABASE()), ${MIGRATION_LOCK_SECONDS}) AS got`);
    if (Number(row?.got) !== 1)
      throw new Error('Another process has been migrating the database for two minutes. Look at its log, then start again.');
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await runner.query(`SELECT RELEASE_LOCK(CONCAT('slipway:', DATABASE()))`).catch(() => undefined);
    await runner.release();
  }
}

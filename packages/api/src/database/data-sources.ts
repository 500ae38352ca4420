import { join } from 'node:path';
import { DataSource, MigrationExecutor, type EntitySchema, type MixedList } from 'typeorm';
import { makeFolder } from '../kernel/make-folder.js';
import { Database } from './database.js';
import { tlsOptionsOf } from './database-tls.js';
import { readDatabaseUrl } from './database-url.js';
import { underMigrationLock } from './migration-lock.js';
import { migrations } from './migrations/index.js';
import { SqliteConnection } from './sqlite-connection.js';

/** How long a request waits for the database before it is told so (PROMISES.md, row 23). */
const CONNECT_TIMEOUT_MS = 1_500;
const MYSQL_POOL_SIZE = 16;
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
  await makeFolder(folder);
  const path = join(folder, 'slipway.sqlite');
  const writer = await createSqliteSource(path, entities, false).initialize();
  await writer.runMigrations();
  const reader = await createSqliteSource(path, entities, true).initialize();
  return new Database('sqlite', reader, writer);
}

/** Opens a MySQL or MariaDB database and migrates it under a lock that replicas respect. @param url as `readDatabaseUrl` reads it @param poolSize connections at most */
export async function openMysql(url: string, entities: Entities, poolSize = MYSQL_POOL_SIZE): Promise<Database> {
  const { host, port, user, password, name, tls } = readDatabaseUrl(url);
  const source = new DataSource({
    type: 'mariadb',
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
    migrations,
    migrationsTransactionMode: 'each',
    poolSize,
    connectTimeout: CONNECT_TIMEOUT_MS,
    extra: { queueLimit: MYSQL_QUEUE_LIMIT },
  });
  await source.initialize();
  try {
    await underMigrationLock(source, async (runner) => {
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'each';
      await executor.executePendingMigrations();
    });
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return new Database('mysql', source, source);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ENTITIES } from './entities.js';
import { readAppSecret } from './secret.js';
import type { Config } from '../config.js';
import { openMysql, openSqlite } from '../database/data-sources.js';
import type { Database } from '../database/database.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { StoreGuarding } from '../features/installation/store-guard.js';
import { createLog, type Log } from '../kernel/log.js';
import { Secrets } from '../kernel/secrets.js';
import type { StorePlaces } from '../features/installation/store-refusal.js';
import { DiskStore } from '../storage/disk-store.js';
import type { ObjectStore } from '../storage/object-store.js';

/** What the program stands on; made by `main.ts`, or by the tests. */
export interface Foundation {
  readonly config: Pick<Config, 'publicUrl' | 'trustedProxies' | 's3'>;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Folder of the built web app. */
  readonly webFolder: string;
  readonly guarding: StoreGuarding;
}

/** Opens everything that the program stands on, as the configuration says. @param webFolder of the built web app @throws Error in plain words when a part cannot be reached */
export async function layFoundation(config: Config, webFolder: string): Promise<Foundation> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const secrets = new Secrets(readAppSecret(config.appSecret, config.dataDir));
  const [database, store] = await Promise.all([openDatabase(config), openStore(config, secrets)]);
  return {
    config,
    database,
    store,
    clock: systemClock,
    secrets,
    log: createLog(config.logLevel),
    webFolder,
    guarding: { places: placesOf(config), settleSeconds: config.storeSettleSeconds },
  };
}

/** Database and store, each with the variable that names it. */
function placesOf({ databaseUrl, dataDir, s3 }: Config): StorePlaces {
  const url = databaseUrl === null ? null : new URL(databaseUrl);
  return {
    database: url ? `the database ${url.pathname.slice(1)} at ${url.host} (DATABASE_URL)` : `the database in ${dataDir} (DATA_DIR)`,
    store: s3 ? `the bucket ${s3.bucket} (S3_BUCKET)` : `the folder ${join(dataDir, 'objects')} (DATA_DIR)`,
  };
}

async function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === null) return openSqlite(dataDir, ENTITIES);
  try {
    return await openMysql(databaseUrl, ENTITIES);
  } catch (error) {
    const { hostname, port } = new URL(databaseUrl);
    throw new Error(
      `DATABASE_URL: the database at ${hostname}:${port || 3306} cannot be used (${reasonOf(error)}). Check address, name, user and password.`,
      { cause: error },
    );
  }
}

async function openStore({ s3, dataDir, publicUrl }: Config, secrets: Secrets): Promise<ObjectStore> {
  if (s3 !== null) {
    // Loaded only when needed: the AWS SDK takes longer to load than everything else together.
    const { S3Store } = await import('../storage/s3-store.js');
    return new S3Store(s3);
  }
  const store = new DiskStore({ directory: join(dataDir, 'objects'), publicUrl, secrets, clock: systemClock });
  await store.prepare();
  return store;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

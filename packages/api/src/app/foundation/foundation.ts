import { join } from 'node:path';
import { ENTITIES } from './entities.js';
import { readAppSecret, requireSameSecret, type Purpose } from './secret.js';
import { dataFolderFault, databaseFault } from './start-faults.js';
import type { Config } from '../../config.js';
import { openMysql, openSqlite } from '../../database/connection/data-sources.js';
import type { Database } from '../../database/database.js';
import { readDatabaseUrl } from '../../database/connection/database-url.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { StoreGuarding } from '../../storage/ownership/store-guard.js';
import { createLog, type Log } from '../../kernel/log.js';
import { makeFolder } from '../../kernel/make-folder.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { StartFault } from '../../kernel/problem/start-fault.js';
import type { StorePlaces } from '../../storage/ownership/store-refusal.js';
import { DiskStore } from '../../storage/disk/disk-store.js';
import { findFixedRow, listSavedStores } from '../../storage/stores/saved-stores.js';
import type { ObjectStore } from '../../storage/object-store.js';

/** What the program stands on; made by `main.ts`, or by the tests. */
export interface Foundation {
  readonly config: Pick<Config, 'publicUrl' | 'trustedProxies' | 's3'> &
    Partial<Pick<Config, 'fixedSettings' | 'allowedPrivateHosts' | 'hasAccessLog' | 'metricsAllowedFrom'>>;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Folder of the built web app. */
  readonly webFolder: string;
  readonly guarding: StoreGuarding;
}

/** Opens everything that the program stands on, as the configuration says. @throws StartFault when a part cannot be used */
export const openFoundation = (config: Config, webFolder: string): Promise<Foundation> => openParts(config, webFolder, 'START');

/** As `openFoundation` for what may change nothing: nothing is made or migrated. @throws StartFault also when the database must be migrated first */
export const viewFoundation = (config: Config, webFolder: string): Promise<Foundation> => openParts(config, webFolder, 'LOOK');

/** @param webFolder of the built web app */
async function openParts(config: Config, webFolder: string, purpose: Purpose): Promise<Foundation> {
  const state = purpose === 'START' ? 'MIGRATED' : 'AS_IS';
  // A database on a server comes first: when it refuses, nothing was made on this machine.
  const remote = config.databaseUrl === null ? null : await openServer(config.databaseUrl, state);
  let database = remote;
  try {
    const secret = await inDataFolder(config, purpose, async () => {
      const appSecret = readAppSecret(config, purpose);
      database ??= await openSqlite(config.dataDir, ENTITIES, { state });
      return appSecret;
    });
    if (!database) throw new Error('No database was opened.');
    await requireSameSecret(database, secret, purpose);
    const base = baseOf(config, findFixedRow(await listSavedStores(database), config.s3) !== null);
    return {
      config,
      database,
      store: await inDataFolder(config, purpose, () => openStore(base, secret.secrets, purpose)),
      clock: systemClock,
      secrets: secret.secrets,
      log: createLog(config.logLevel),
      webFolder,
      guarding: { places: placesOf(base), settleSeconds: config.storeSettleSeconds },
    };
  } catch (error) {
    await database?.close();
    throw error;
  }
}

/** A bucket of the environment that was saved in the console before is no base store: the embedded one stays that. */
const baseOf = (config: Config, isSaved: boolean): Config => (isSaved ? { ...config, s3: null } : config);

/** Database and store, each with the variable that names it. */
function placesOf({ databaseUrl, dataDir, s3 }: Config): StorePlaces {
  const address = databaseUrl === null ? null : readDatabaseUrl(databaseUrl);
  return {
    database: address
      ? `the database ${address.name} at ${address.host}:${address.port} (DATABASE_URL)`
      : `the database in ${dataDir} (DATA_DIR)`,
    store: s3 ? `the bucket ${s3.bucket} (S3_BUCKET)` : `the folder ${join(dataDir, 'objects')} (DATA_DIR)`,
    plainStore: s3 ? `the bucket ${s3.bucket}` : 'the folder of this server',
  };
}

async function openServer(databaseUrl: string, state: 'MIGRATED' | 'AS_IS'): Promise<Database> {
  return openMysql(databaseUrl, ENTITIES, { state }).catch((error: unknown) => {
    throw databaseFault(databaseUrl, error);
  });
}

/** Does what may need the data folder, which is made only where something is kept in it. @throws StartFault */
async function inDataFolder<T>(config: Config, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  try {
    if (purpose === 'START' && (config.databaseUrl === null || config.s3 === null)) await makeFolder(config.dataDir);
    return await work();
  } catch (error) {
    throw error instanceof StartFault ? error : dataFolderFault(config.dataDir, error);
  }
}

async function openStore({ s3, dataDir, publicUrl }: Config, secrets: Secrets, purpose: Purpose): Promise<ObjectStore> {
  if (s3 !== null) {
    // Loaded only when needed: the AWS SDK takes longer to load than everything else together.
    const { S3Store } = await import('../../storage/s3/s3-store.js');
    return new S3Store(s3);
  }
  const store = new DiskStore({ directory: join(dataDir, 'objects'), publicUrl, secrets, clock: systemClock });
  if (purpose === 'START') await store.prepare();
  return store;
}

import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { newId } from '../../kernel/ids.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { S3StoreSettings } from '../s3/s3-connection.js';
import { BASE_STORE, STORE_ID_LENGTH } from '../ownership/object-rows.js';
import { SavedStore } from './saved-store.entity.js';

const PURPOSE = 'object-store';

/** The random half of a ULID. */
export const newStoreId = (): string => newId().slice(-STORE_ID_LENGTH);

/** Every saved store, the row of the base store among them where there is one. */
export const listSavedStores = (database: Pick<Database, 'read'>): Promise<readonly SavedStore[]> => database.read.find(SavedStore);

/** The row that serialises saving, made when it is not there, and locked. */
export async function lockStores(tx: Transaction): Promise<SavedStore> {
  const row = { id: BASE_STORE, region: '', bucket: '', force_path_style: 0, is_current: 1, lock_version: 0, failures: 0 };
  await tx.insertIfAbsent('object_store', row);
  const locked = await tx.lock(SavedStore, { id: BASE_STORE });
  if (!locked) throw new Error('The row of the base store is gone.');
  return locked;
}

/** Keeps what a comparison with the database found in a store. @param count of objects and open uploads that no row wants */
export async function rememberUnknown(tx: Transaction, storeId: string, count: number): Promise<void> {
  await lockStores(tx);
  await tx.execute('UPDATE object_store SET unknown_objects = ? WHERE id = ?', [count, storeId]);
}

/** How to reach a saved store. @throws Error when its secret was sealed with another APP_SECRET */
export function settingsOfSaved(row: SavedStore, secrets: Secrets): S3StoreSettings {
  const { endpoint, publicEndpoint, region, bucket, accessKeyId, secretSealed, forcePathStyle } = row;
  const secretAccessKey = secretSealed === null ? null : secrets.decrypt(PURPOSE, row.id, secretSealed);
  return { endpoint, publicEndpoint, region, bucket, accessKeyId, secretAccessKey, forcePathStyle };
}

/** The columns of a row that say how to reach a store. */
export function columnsOfSettings(id: string, settings: S3StoreSettings, secrets: Secrets): Partial<SavedStore> {
  const { secretAccessKey, ...shown } = settings;
  return { ...shown, secretSealed: secretAccessKey === null ? null : secrets.encrypt(PURPOSE, id, secretAccessKey) };
}

type Place = Pick<S3StoreSettings, 'endpoint' | 'region' | 'bucket'>;
const placeOf = ({ endpoint, region, bucket }: Place): string => `${endpoint?.replace(/\/+$/, '').toLowerCase() ?? region}\n${bucket}`;

/** Whether two spellings name one bucket, as far as can be told without asking it. */
export const isSamePlace = (one: Place, other: Place): boolean => placeOf(one) === placeOf(other);

/** The saved store at the place that the environment names; null: it names another one, or none. */
export function findFixedRow(rows: readonly SavedStore[], fixed: S3StoreSettings | null): SavedStore | null {
  return rows.find((row) => row.id !== BASE_STORE && fixed !== null && isSamePlace(row, fixed)) ?? null;
}

import type { Database } from '../../../database/database.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import { findOwnClaim } from '../../../storage/ownership/claim-rows.js';
import { judgeClaim, readClaim } from '../../../storage/ownership/store-claim.js';
import { judgeStore } from '../../../storage/ownership/store-examination.js';
import { StoreRefused } from '../../../storage/ownership/store-refusal.js';
import { isFilled } from '../../../storage/ownership/store-files.js';
import type { S3StoreSettings } from '../../../storage/s3/s3-connection.js';
import type { OpenStore } from '../../../storage/stores/file-stores.js';
import { isSamePlace, listSavedStores } from '../../../storage/stores/saved-stores.js';

/**
 * Finds out whether a bucket is one that this database knows, whatever its address is called now. One that is somebody else's is
 * refused, and so is one with files of nobody.
 * @returns its id; null: it is empty and new
 * @throws Refusal STORAGE_REFUSED; StorageFault
 */
export async function recognizeStore(database: Database, store: ObjectStore, settings: S3StoreSettings): Promise<string | null> {
  const rows = await listSavedStores(database);
  const text = await store.readClaim();
  if (text === null) {
    const known = rows.find((row) => isSamePlace(row, settings));
    if (known) {
      await requireOwn(database, { id: known.id, bare: store, place: `the bucket ${settings.bucket}` });
      return known.id;
    }
    if (await isFilled(store))
      refuse('STORAGE_REFUSED', `There are files under objects/ in the bucket ${settings.bucket}: choose an empty one.`, 'bucket');
    return null;
  }
  const claim = readClaim(text);
  for (const { id } of rows) {
    const own = await findOwnClaim({ database, storeId: id });
    if (own && ['OURS', 'BEHIND'].includes(judgeClaim(own, claim))) return id;
  }
  refuse(
    'STORAGE_REFUSED',
    `The bucket ${settings.bucket} belongs to another installation, or to a copy of this one: choose an empty one.`,
    'bucket',
  );
}

/**
 * Makes sure that a store which was used before is still this installation's: once it is chosen, a process that finds another one's
 * there ends.
 * @throws Refusal STORAGE_REFUSED; StorageFault
 */
export async function requireOwn(database: Database, { id, bare, place }: Pick<OpenStore, 'id' | 'bare' | 'place'>): Promise<void> {
  await judgeStore({ database, storeId: id, store: bare, places: { database: 'the database', store: place } }).catch((error: unknown) => {
    if (!(error instanceof StoreRefused)) throw error;
    const what = ['OTHER_INSTALLATION', 'OTHER_CLAIM'].includes(error.reason)
      ? 'was used by another installation, or by a copy of this one, since'
      : 'does not have the files that were kept there';
    refuse('STORAGE_REFUSED', `${place.charAt(0).toUpperCase()}${place.slice(1)} ${what}: choose another store.`);
  });
}

import type { Database } from '../../../database/database.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { ObjectStore } from '../../../storage/object-store.js';
import { findOwnClaim } from '../../../storage/ownership/claim-rows.js';
import { judgeClaim, readClaim } from '../../../storage/ownership/store-claim.js';
import { isFilled } from '../../../storage/ownership/store-files.js';
import type { S3StoreSettings } from '../../../storage/s3/s3-connection.js';
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
    if (known) return known.id; // Its guard looks whether the files are there.
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

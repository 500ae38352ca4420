import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { LoaderDefinition } from '../../../kernel/context.js';
import type { StoredPart } from '../../../storage/object-store.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import { listAssetsById, type StoredAsset } from '../../assets/stored-asset.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import { fromStore } from './from-store.js';

/** Uploads that one request asks the store about at the same time. */
const STORE_CALLS_AT_ONCE = 8;

/** Loaders of uploads: one statement per request; the store is asked once per upload, whatever names its fields have. */
export class UploadLoaders {
  readonly asset: LoaderDefinition<string, StoredAsset | null>;
  /** The parts that are in the store; none when the upload is over. */
  readonly parts: LoaderDefinition<string, readonly StoredPart[]>;

  constructor(database: Database, stores: FileStores) {
    this.asset = {
      name: 'assetOfUpload',
      make: () =>
        new DataLoader(async (ids) => {
          const assets = new Map((await listAssetsById(database, ids)).map((asset) => [asset.id, asset]));
          return ids.map((id) => assets.get(id) ?? null);
        }),
    };
    this.parts = {
      name: 'partsOfUpload',
      make: () =>
        new DataLoader(async (ids) => {
          const objects = new Map((await database.read.findBy(StoredObject, { id: In([...ids]) })).map((object) => [object.id, object]));
          const parts: (readonly StoredPart[])[] = [];
          for (let start = 0; start < ids.length; start += STORE_CALLS_AT_ONCE) {
            const some = ids.slice(start, start + STORE_CALLS_AT_ONCE);
            parts.push(...(await Promise.all(some.map((id) => listParts(stores, objects.get(id))))));
          }
          return parts;
        }),
    };
  }
}

async function listParts(stores: FileStores, object: StoredObject | undefined): Promise<readonly StoredPart[]> {
  if (!object || object.uploadId === null || object.state !== 'UPLOADING') return [];
  const open = { objectKey: object.objectKey, uploadId: object.uploadId };
  return (await fromStore(async () => (await stores.of(object)).store.listParts(open))) ?? [];
}

import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { listAssetsById, listAssetsOfRevisions, type StoredAsset } from './stored-asset.js';
import { StoredObject } from './stored-object.entity.js';

/** Loaders of this feature: one statement per request, however many releases a list shows. */
export class AssetLoaders {
  readonly byRevision: LoaderDefinition<string, readonly StoredAsset[]>;
  readonly byId: LoaderDefinition<string, StoredAsset | null>;

  readonly storedObject: LoaderDefinition<string, StoredObject | null>;

  constructor(database: Database) {
    this.byRevision = {
      name: 'assetsByRevision',
      make: () =>
        new DataLoader(async (ids) => {
          const assets = await listAssetsOfRevisions(database, ids);
          return ids.map((id) => assets.filter((asset) => asset.revisionId === id));
        }),
    };
    this.byId = {
      name: 'assetById',
      make: () =>
        new DataLoader(async (ids) => {
          const assets = new Map((await listAssetsById(database, ids)).map((asset) => [asset.id, asset]));
          return ids.map((id) => assets.get(id) ?? null);
        }),
    };
    this.storedObject = {
      name: 'storedObjectById',
      make: () =>
        new DataLoader(async (ids) => {
          const objects = new Map((await database.read.findBy(StoredObject, { id: In([...ids]) })).map((object) => [object.id, object]));
          return ids.map((id) => objects.get(id) ?? null);
        }),
    };
  }
}

import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { listAssetsById, listAssetsOfRevisions, type StoredAsset } from './stored-asset.js';

/** Loaders of this feature: one statement per request, however many releases a list shows. */
export class AssetLoaders {
  readonly byRevision: LoaderDefinition<string, readonly StoredAsset[]>;
  readonly byId: LoaderDefinition<string, StoredAsset | null>;

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
  }
}

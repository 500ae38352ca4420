import { linkSideFiles, type SideFileLinks } from '@slipway/shared';
import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { listAssetsById, listAssetsOfRevisions, type StoredAsset } from './stored-asset.js';
import { StoredObject } from './stored-object.entity.js';

/** Loaders of this feature: one statement per request, however many releases a list shows. */
export class AssetLoaders {
  readonly byRevision: LoaderDefinition<string, readonly StoredAsset[]>;
  readonly byId: LoaderDefinition<string, StoredAsset | null>;
  /** Which files of a revision belong together: found once for all of its files. */
  readonly sideFiles: LoaderDefinition<string, SideFileLinks<StoredAsset>>;

  readonly storedObject: LoaderDefinition<string, StoredObject | null>;

  constructor(database: Database) {
    this.byRevision = {
      name: 'assetsByRevision',
      make: (context) =>
        new DataLoader(async (ids) => {
          const assets = await listAssetsOfRevisions(database, ids);
          for (const asset of assets) context.loader(this.byId).prime(asset.id, asset);
          return ids.map(groupBy(assets, (asset) => asset.revisionId));
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
    this.sideFiles = {
      name: 'sideFilesByRevision',
      make: (context) =>
        new DataLoader(async (ids) => {
          const files = await Promise.all(ids.map((id) => context.loader(this.byRevision).load(id)));
          return files.map((ofRevision) => linkSideFiles(ofRevision));
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

import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType } from '../../kernel/pagination.js';
import { AssetObject } from '../assets/asset.type.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';

/** A file that the store has lost, and where it belongs. */
export interface MissingFile {
  readonly asset: StoredAsset;
  readonly downloadable: Downloadable;
}

@ObjectType('MissingFile', { description: 'A file that is currently missing from the store.' })
@Access('release:read')
export class MissingFileType {
  @Field(() => AssetObject, { description: 'The file that is missing.' })
  asset!: StoredAsset;

  @Field(() => DownloadableType, { description: 'The release that the file belongs to, in its live revision or another one.' })
  downloadable!: Downloadable;
}

export const MissingFileConnection = connectionType('MissingFile', () => MissingFileType);

@ObjectType('StorageReport', { description: 'Problems with the file store that need attention.' })
@Access('release:read')
export class StorageReportType {
  @Field(() => String, {
    nullable: true,
    description: 'Why the store is not used or nothing is deleted from it, and what to do. Null if there is no problem.',
  })
  problem!: string | null;
}

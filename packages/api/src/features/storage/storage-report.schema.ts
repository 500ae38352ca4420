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

@ObjectType('MissingFile', { description: 'A file whose bytes the store does not have at present.' })
@Access('release:read')
export class MissingFileType {
  @Field(() => AssetObject, { description: 'The file.' })
  asset!: StoredAsset;

  @Field(() => DownloadableType, { description: 'The release it belongs to, in its live revision or another one.' })
  downloadable!: Downloadable;
}

export const MissingFileConnection = connectionType('MissingFile', () => MissingFileType);

@ObjectType('StorageReport', { description: 'What needs a person at the file store.' })
@Access('release:read')
export class StorageReportType {
  @Field(() => String, {
    nullable: true,
    description: 'Why nothing is deleted from the store, or why it is not used, and what to do; null while all is well.',
  })
  problem!: string | null;
}

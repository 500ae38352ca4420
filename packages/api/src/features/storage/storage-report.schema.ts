import { CONCERN_KINDS, type ConcernAction, type ConcernKind } from '@slipway/shared';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType } from '../../kernel/pagination.js';
import { AssetObject } from '../assets/asset.type.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { SystemConcern } from './system-concerns.js';
import { Weight } from '../../kernel/limits/weight.js';
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

export const ConcernKindEnum = Object.fromEntries(CONCERN_KINDS.map((kind) => [kind, kind])) as Record<ConcernKind, ConcernKind>; // the keys are exactly the kinds
registerEnumType(ConcernKindEnum, {
  name: 'SystemConcernKind',
  description: 'The kind of a concern about the running system.',
  valuesConfig: {
    STORE_UNUSED: { description: 'The file store is not used, or nothing is deleted from it.' },
    STORE_FULL: { description: 'The file store had no room for what was written last.' },
    MOVE_HELD_UP: { description: 'Moving files to another store met a problem.' },
    UNKNOWN_OBJECTS: { description: 'The file store has objects that belong to no release.' },
    CERTIFICATE: { description: 'The certificate of the file store ends within 14 days, or has ended.' },
    JOBS_LATE: { description: 'Jobs have waited for minutes.' },
    DISK_NEARLY_FULL: { description: 'The disk of the embedded file store is nearly full.' },
    CLOCK: { description: 'The clock of the server is not that of the file store.' },
    UNTRUSTED_PROXY: { description: 'Requests are forwarded by a proxy that `TRUSTED_PROXIES` does not name.' },
  },
});

@ObjectType('SystemConcernAction', { description: 'Where something can be done about a concern.' })
@Access('release:read')
export class SystemConcernActionType implements ConcernAction {
  @Weight({ bytes: 20 })
  @Field(() => String, { description: 'The words of a button, for example `Storage settings`.' })
  label!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'A page of the console, for example `/admin/settings/storage`.' })
  path!: string;
}

@ObjectType('SystemConcern', { description: 'Something about the running system that needs attention.' })
@Access('release:read')
export class SystemConcernType implements SystemConcern {
  @Field(() => ConcernKindEnum, { description: 'The kind of the concern.' })
  kind!: ConcernKind;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'One sentence that says what is wrong and what to do.' })
  message!: string;

  @Field(() => SystemConcernActionType, {
    nullable: true,
    description: 'The page where something can be done about it. Null if the viewer may open no page that helps.',
  })
  action!: ConcernAction | null;
}

@ObjectType('StorageReport', { description: 'Problems with the file store that need attention.' })
@Access('release:read')
export class StorageReportType {
  @Field(() => String, {
    nullable: true,
    description: 'Why the store is not used or nothing is deleted from it, and what to do. Null if there is no problem.',
  })
  problem!: string | null;
}

import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn } from '../../database/columns.js';

/** One file of a revision. Several assets (of several revisions) may stand on the same stored object. */
@Entity('asset')
@Index('ux_asset_file_name', ['revisionId', 'fileNameKey'], { unique: true })
@Index('ix_asset_stored_object', ['storedObjectId'])
export class Asset {
  @IdPrimary('asset') id!: string;
  @ForeignKey('revision', { name: 'fk_asset_revision_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('revision_id')
  revisionId!: string;
  @CodeColumn('file_name', 200) fileName!: string;
  @CodeColumn('file_name_key', 200) fileNameKey!: string;
  @CodeColumn('type', 16) type!: AssetType;
  @CodeColumn('platform', 16) platform!: Platform;
  @CodeColumn('architecture', 16, { nullable: true }) architecture!: Architecture | null;
  @ForeignKey('stored_object', { name: 'fk_asset_stored_object_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('stored_object_id')
  storedObjectId!: string;
  @InstantColumn('created_at') createdAt!: Date;
}

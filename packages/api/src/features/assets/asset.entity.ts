import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { BytesColumn, CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../../database/columns.js';

/**
 * One file of a revision: bytes in the store (several assets, of several revisions, may stand on the same stored object),
 * or a URL on the vendor's own server.
 */
@Entity('asset')
@Index('ux_asset_file_name', ['revisionId', 'fileNameKey'], { unique: true })
@Index('ix_asset_stored_object', ['storedObjectId'])
@Index('ix_asset_replacement_object', ['replacementObjectId'])
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
  @IdColumn('stored_object_id', { nullable: true })
  storedObjectId!: string | null;
  /** The bytes that take its place once they are READY. */
  @ForeignKey('stored_object', { name: 'fk_asset_replacement_object_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('replacement_object_id', { nullable: true })
  replacementObjectId!: string | null;
  @TextColumn('external_url', 2_048, { nullable: true }) externalUrl!: string | null;
  @BytesColumn('external_size', { nullable: true }) externalSize!: number | null;
  @CodeColumn('external_sha256', 64, { nullable: true }) externalSha256!: string | null;
  /** Its place among the files of its revision; null: after those that have one, in the order of adding. */
  @IntColumn('position', { nullable: true }) position!: number | null;
  @InstantColumn('created_at') createdAt!: Date;
}

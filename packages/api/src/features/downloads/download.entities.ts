import type { Platform } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, FlagColumn, IdColumn, IdPrimary, InstantColumn, TextPrimary } from '../../database/columns.js';

/** One granted download: who got which file, when, and how. */
@Entity('download_event')
@Index('ix_download_event_downloadable', ['downloadableId', 'id'])
@Index('ix_download_event_license', ['licenseId', 'id'])
@Index('ix_download_event_user', ['userId', 'id'])
export class DownloadEvent {
  @IdPrimary('download_event') id!: string;
  @InstantColumn('at') at!: Date;
  @IdColumn('product_id') productId!: string;
  @IdColumn('downloadable_id') downloadableId!: string;
  @IdColumn('asset_id') assetId!: string;
  @IdColumn('license_id', { nullable: true }) licenseId!: string | null;
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  @IdColumn('token_id', { nullable: true }) tokenId!: string | null;
  @FlagColumn('is_counted') isCounted!: boolean;
  @CodeColumn('source', 16) source!: string;
  /** The platform that the file was for; null for a side file, which is no download of its own. */
  @CodeColumn('platform', 16, { nullable: true }) platform!: Platform | null;
}

/** When a license's download of an asset was last counted; outlives the events. */
@Entity('license_download')
@Index('ix_license_download_asset', ['assetId', 'licenseId'])
export class LicenseDownload {
  @ForeignKey('license', { name: 'fk_license_download_license_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('license_download', 'license_id', 26)
  licenseId!: string;
  @TextPrimary('license_download', 'asset_id', 26) assetId!: string;
  @InstantColumn('counted_at') countedAt!: Date;
}

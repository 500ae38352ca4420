import type { Platform } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, FlagColumn, IdColumn, IdPrimary, InstantColumn, TextPrimary } from '../../database/columns.js';

/** One granted download: who got which file, when, and how. */
@Entity('download_event')
@Index('ix_download_event_downloadable', ['downloadableId', 'id'])
@Index('ix_download_event_license', ['licenseId', 'id'])
@Index('ix_download_event_product', ['productId', 'id'])
@Index('ix_download_event_customer', ['customerId', 'id'])
@Index('ix_download_event_customer_product', ['customerId', 'productId', 'id'])
@Index('ix_download_event_user', ['userId', 'id'])
@Index('ix_download_event_token', ['tokenId', 'id'])
@Index('ix_download_event_machine_key', ['machineKeyId', 'id'])
@Index('ix_download_event_address', ['address', 'id'])
@Index('ix_download_event_request', ['requestId', 'id'])
export class DownloadEvent {
  @IdPrimary('download_event') id!: string;
  @InstantColumn('at') at!: Date;
  @IdColumn('product_id') productId!: string;
  @IdColumn('downloadable_id') downloadableId!: string;
  @IdColumn('asset_id') assetId!: string;
  @IdColumn('license_id', { nullable: true }) licenseId!: string | null;
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  @IdColumn('token_id', { nullable: true }) tokenId!: string | null;
  /** The machine key by which a machine of the customer's downloaded. */
  @IdColumn('machine_key_id', { nullable: true }) machineKeyId!: string | null;
  @FlagColumn('is_counted') isCounted!: boolean;
  @CodeColumn('source', 16) source!: string;
  /** The platform that the file was for; null for a side file, which is no download of its own. */
  @CodeColumn('platform', 16, { nullable: true }) platform!: Platform | null;
  @IdColumn('customer_id', { nullable: true }) customerId!: string | null;
  @IdColumn('share_link_id', { nullable: true }) shareLinkId!: string | null;
  /** As they were then: release and file may be gone. Null for downloads from before this was written down, like what follows. */
  @CodeColumn('version', 100, { nullable: true }) version!: string | null;
  @CodeColumn('file_name', 200, { nullable: true }) fileName!: string | null;
  /** The kind of program that asked. */
  @CodeColumn('client', 24, { nullable: true }) client!: string | null;
  /** As much of it as the settings keep. */
  @CodeColumn('address', 49, { nullable: true }) address!: string | null;
  @CodeColumn('request_id', 40, { nullable: true }) requestId!: string | null;
}

/** When a license's download of an asset was last counted; outlives the events. */
@Entity('license_download')
@Index('ix_license_download_license', ['licenseId', 'countedAt'])
@Index('ix_license_download_asset', ['assetId', 'licenseId'])
export class LicenseDownload {
  @ForeignKey('license', { name: 'fk_license_download_license_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('license_download', 'license_id', 26)
  licenseId!: string;
  @TextPrimary('license_download', 'asset_id', 26) assetId!: string;
  @InstantColumn('counted_at') countedAt!: Date;
}

import type { ExpiryPolicy, LicenseStatus, Platform } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, DateColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, ListColumn, TextColumn } from '../../database/columns.js';

/** Whether we made a license's key, with 125 random bits, or the vendor, in whatever way; `WEAK`: the vendor, and so short that it could be guessed. */
export type KeyOrigin = 'GENERATED' | 'OWN' | 'WEAK';

/** What a customer may use. The key is kept as a keyed hash (to find it) and sealed (to show it to its owner). */
@Entity('license')
@Index('ix_license_customer_product', ['customerId', 'productId'])
@Index('ix_license_product', ['productId', 'id'])
@Index('ix_license_product_customer', ['productId', 'customerId'])
@Index('ix_license_customer', ['customerId', 'id'])
@Index('ix_license_status', ['status', 'id'])
@Index('ix_license_product_status', ['productId', 'status', 'id'])
@Index('ix_license_expires', ['expiresAt', 'id'])
@Index('ix_license_status_expires', ['status', 'expiresAt', 'id'])
@Index('ix_license_product_expires', ['productId', 'expiresAt', 'id'])
@Index('ix_license_product_status_expires', ['productId', 'status', 'expiresAt', 'id'])
@Index('ix_license_reference', ['externalReference', 'id'])
@Index('ix_license_last_download', ['lastDownloadAt', 'id'])
@Index('ix_license_updates', ['updatesUntil', 'id'])
@Index('ix_license_created', ['createdAt', 'id'])
@Index('ix_license_key_hint', ['keyHint', 'id'])
@Index('ux_license_key_hash', ['keyHash'], { unique: true })
export class License {
  @IdPrimary('license') id!: string;
  @ForeignKey('customer', { name: 'fk_license_customer_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('customer_id')
  customerId!: string;
  @ForeignKey('product', { name: 'fk_license_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('product_id')
  productId!: string;
  @CodeColumn('key_hash', 64) keyHash!: string;
  @CodeColumn('key_sealed', 512) keySealed!: string;
  @IntColumn('key_version') keyVersion!: number;
  @TextColumn('key_hint', 8) keyHint!: string;
  /** Who made the key; null for those from before this was written down. */
  @CodeColumn('key_origin', 16, { nullable: true }) keyOrigin!: KeyOrigin | null;
  @CodeColumn('status', 16) status!: LicenseStatus;
  /** Why it was suspended or revoked, for the vendor's eyes. */
  @TextColumn('status_reason', 200, { nullable: true }) statusReason!: string | null;
  /** Why, in words that the customer reads. */
  @TextColumn('customer_reason', 200, { nullable: true }) customerReason!: string | null;
  /** Null: it never changed, or before this was written down. */
  @InstantColumn('status_changed_at', { nullable: true }) statusChangedAt!: Date | null;
  @InstantColumn('starts_at', { nullable: true }) startsAt!: Date | null;
  @InstantColumn('expires_at', { nullable: true }) expiresAt!: Date | null;
  @CodeColumn('expiry_policy', 16) expiryPolicy!: ExpiryPolicy;
  @DateColumn('updates_until', { nullable: true }) updatesUntil!: string | null;
  @ListColumn('channels', 700) channels!: string[];
  @TextColumn('version_range', 200, { nullable: true }) versionRange!: string | null;
  @ListColumn('platforms', 80) platforms!: Platform[];
  @IntColumn('max_downloads', { nullable: true }) maxDownloads!: number | null;
  @IntColumn('downloads_used') downloadsUsed!: number;
  /** When one was last counted. */
  @InstantColumn('last_download_at', { nullable: true }) lastDownloadAt!: Date | null;
  @TextColumn('notes', 2_000, { nullable: true }) notes!: string | null;
  @TextColumn('external_reference', 200, { nullable: true }) externalReference!: string | null;
  /** As they were written; `license_tag` has them in the form in which they are found. */
  @ListColumn('tags', 900, { nullable: true }) tags!: string[];
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('updated_at') updatedAt!: Date;
}

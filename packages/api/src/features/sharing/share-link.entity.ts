import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, FlagColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../../database/columns.js';

/**
 * A link with which a tester downloads without an account; only its hash is kept. It opens one downloadable (which may be
 * gone by now: no reference), or the newest draft of a product's channel.
 */
@Entity('share_link')
@Index('ux_share_link_token_hash', ['tokenHash'], { unique: true })
@Index('ix_share_link_downloadable', ['downloadableId', 'id'])
@Index('ix_share_link_product', ['productId', 'id'])
@Index('ix_share_link_product_channel', ['productId', 'channel', 'id'])
export class ShareLink {
  @IdPrimary('share_link') id!: string;
  @CodeColumn('token_hash', 64) tokenHash!: string;
  @ForeignKey('product', { name: 'fk_share_link_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('product_id')
  productId!: string;
  @IdColumn('downloadable_id', { nullable: true }) downloadableId!: string | null;
  /** Of the one downloadable, when the link was made. */
  @CodeColumn('version', 100, { nullable: true }) version!: string | null;
  @CodeColumn('channel', 32, { nullable: true }) channel!: string | null;
  @TextColumn('label', 100, { nullable: true }) label!: string | null;
  @CodeColumn('created_by_kind', 24) createdByKind!: string;
  @CodeColumn('created_by', 32) createdBy!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('expires_at') expiresAt!: Date;
  @IntColumn('max_downloads', { nullable: true }) maxDownloads!: number | null;
  @IntColumn('downloads_used') downloadsUsed!: number;
  @InstantColumn('last_used_at', { nullable: true }) lastUsedAt!: Date | null;
  @InstantColumn('revoked_at', { nullable: true }) revokedAt!: Date | null;
}

/** One download by a link. It says in words what was downloaded, so that it outlives the downloadable; of the person, nothing. */
@Entity('share_link_use')
@Index('ix_share_link_use_link', ['shareLinkId', 'id'])
export class ShareLinkUse {
  @IdPrimary('share_link_use') id!: string;
  @ForeignKey('share_link', { name: 'fk_share_link_use_share_link_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('share_link_id')
  shareLinkId!: string;
  @InstantColumn('at') at!: Date;
  @IdColumn('downloadable_id') downloadableId!: string;
  @CodeColumn('version', 100) version!: string;
  @IdColumn('asset_id') assetId!: string;
  @CodeColumn('file_name', 200) fileName!: string;
  /** False for a side file, which takes none of the link's downloads. */
  @FlagColumn('is_counted') isCounted!: boolean;
}

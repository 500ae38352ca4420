import type { DownloadableStatus, Platform, WithdrawSeverity } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CodeColumn,
  DateColumn,
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  ListColumn,
  TextColumn,
} from '../../database/columns.js';

/**
 * One version of a product. The columns from `name` on are a flat copy of the live revision (else the draft), written by
 * `project` alone, so that lists read this row only.
 */
@Entity('downloadable')
@Index('ix_downloadable_date', ['sortDate', 'id'])
@Index('ix_downloadable_product_date', ['productId', 'sortDate', 'id'])
@Index('ix_downloadable_status_date', ['status', 'sortDate', 'id'])
@Index('ix_downloadable_product_status_date', ['productId', 'status', 'sortDate', 'id'])
@Index('ix_downloadable_product_status_channel_version', ['productId', 'status', 'channel', 'versionKey'])
@Index('ix_downloadable_version', ['versionKey', 'id'])
@Index('ix_downloadable_created', ['createdAt', 'id'])
@Index('ix_downloadable_replacement', ['replacementId'])
@Index('ux_downloadable_product_version', ['productId', 'versionKey'], { unique: true })
export class Downloadable {
  @IdPrimary('downloadable') id!: string;
  @ForeignKey('product', { name: 'fk_downloadable_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('product_id')
  productId!: string;
  @CodeColumn('version', 100) version!: string;
  @CodeColumn('version_key', 255) versionKey!: string;
  @CodeColumn('status', 16) status!: DownloadableStatus;
  @IntColumn('lock_version') lockVersion!: number;
  @IdColumn('live_revision_id', { nullable: true }) liveRevisionId!: string | null;
  @IdColumn('draft_revision_id', { nullable: true }) draftRevisionId!: string | null;
  @FlagColumn('publish_when_ready') publishWhenReady!: boolean;
  /** Set while SCHEDULED. */
  @InstantColumn('publish_at', { nullable: true }) publishAt!: Date | null;
  /** Why it failed to publish automatically, at the set time or with its last file; cleared by the next change. */
  @TextColumn('schedule_failure', 500, { nullable: true }) scheduleFailure!: string | null;
  @DateColumn('first_release_date', { nullable: true }) firstReleaseDate!: string | null;
  /** Of the first publish that counts: gone when it is undone before any customer got a file. */
  @InstantColumn('published_at', { nullable: true }) publishedAt!: Date | null;
  /** Of the first publish of all: from then on the version is fixed, and deleting takes the right to publish. */
  @InstantColumn('ever_published_at', { nullable: true }) everPublishedAt!: Date | null;
  /** Set, with the next three, once WITHDRAWN. */
  @InstantColumn('withdrawn_at', { nullable: true }) withdrawnAt!: Date | null;
  @TextColumn('withdraw_reason', 500, { nullable: true }) withdrawReason!: string | null;
  @CodeColumn('withdraw_severity', 16, { nullable: true }) withdrawSeverity!: WithdrawSeverity | null;
  @IdColumn('replacement_id', { nullable: true }) replacementId!: string | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('updated_at') updatedAt!: Date;

  @TextColumn('name', 200, { nullable: true }) name!: string | null;
  @TextColumn('summary', 140, { nullable: true }) summary!: string | null;
  @FlagColumn('is_security_fix', { nullable: true }) isSecurityFix!: boolean;
  @CodeColumn('channel', 32) channel!: string;
  @DateColumn('release_date', { nullable: true }) releaseDate!: string | null;
  /** The release date, or the day of creation while there is none: what lists sort by. */
  @DateColumn('sort_date') sortDate!: string;
  @TextColumn('changelog_excerpt', 300) changelogExcerpt!: string;
  @IntColumn('asset_count') assetCount!: number;
  @ListColumn('platforms', 80) platforms!: Platform[];
  /** The status under which the counters count this row now. */
  @CodeColumn('counted_status', 16, { nullable: true }) countedStatus!: DownloadableStatus | null;
}

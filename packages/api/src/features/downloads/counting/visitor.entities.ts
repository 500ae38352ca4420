import { Entity, Index } from 'typeorm';
import { CodeColumn, InstantColumn, IntColumn, TextPrimary } from '../../../database/columns.js';

/** The key of one day, by which visitors are told apart: with it goes the only way to know that two days' visitors were one. */
@Entity('visitor_key')
export class VisitorKey {
  @TextPrimary('visitor_key', 'day', 10) day!: string;
  @CodeColumn('secret', 64) secret!: string;
}

/** When a visitor without a license was last counted for a file, by a share link or (no scope) of an OPEN product. */
@Entity('visitor_download')
@Index('ix_visitor_download_counted_at', ['countedAt'])
export class VisitorDownload {
  @TextPrimary('visitor_download', 'scope_id', 26) scopeId!: string;
  /** The asset; for share links, whose drafts change, the stored object of its bytes. */
  @TextPrimary('visitor_download', 'asset_id', 26) fileId!: string;
  @TextPrimary('visitor_download', 'visitor_hash', 64) visitorHash!: string;
  @InstantColumn('counted_at') countedAt!: Date;
  /** How often a share link gave it again since; null: not yet. */
  @IntColumn('repetitions', { nullable: true }) repetitions!: number | null;
}

import { Entity, Index } from 'typeorm';
import { CodeColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

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
  @TextPrimary('visitor_download', 'asset_id', 26) assetId!: string;
  @TextPrimary('visitor_download', 'visitor_hash', 64) visitorHash!: string;
  @InstantColumn('counted_at') countedAt!: Date;
}

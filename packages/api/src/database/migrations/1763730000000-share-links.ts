import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndexes, code, createTable, flag, id, instant, int, nullable, text } from '../ddl.js';

/** Share links, the log of their uses, and the way to the newest draft of a channel. */
export class ShareLinks1763730000000 implements MigrationInterface {
  readonly name = 'ShareLinks1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'share_link', {
      columns: {
        id,
        token_hash: code(64),
        product_id: id,
        downloadable_id: nullable(id),
        version: nullable(code(100)),
        channel: nullable(code(32)),
        label: nullable(text(100)),
        created_by_kind: code(24),
        created_by: code(32),
        created_at: instant,
        expires_at: instant,
        max_downloads: nullable(int),
        downloads_used: int,
        last_used_at: nullable(instant),
        revoked_at: nullable(instant),
      },
      primary: ['id'],
      indexes: {
        ix_share_link_downloadable: ['downloadable_id', 'id'],
        ix_share_link_product: ['product_id', 'id'],
        ix_share_link_product_channel: ['product_id', 'channel', 'id'],
      },
      uniques: { ux_share_link_token_hash: ['token_hash'] },
      references: { product_id: 'product' },
    });
    await createTable(runner, 'share_link_use', {
      columns: {
        id,
        share_link_id: id,
        at: instant,
        downloadable_id: id,
        version: code(100),
        asset_id: id,
        file_name: code(200),
        is_counted: flag,
      },
      primary: ['id'],
      indexes: { ix_share_link_use_link: ['share_link_id', 'id'] },
      references: { share_link_id: 'share_link' },
    });
    await addIndexes(runner, 'downloadable', {
      ix_downloadable_product_status_channel_version: ['product_id', 'status', 'channel', 'version_key'],
    });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: links that people were sent would die. Restore a backup instead.');
  }
}

import type { QueryRunner } from 'typeorm';
import { code, createTable, date, flag, id, instant, int, nullable, text } from '../../ddl.js';

/** The record of downloads, what is counted from it, visitors without an account, and share links. */
export async function createDownloadTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'download_event', {
    columns: {
      id,
      at: instant,
      product_id: id,
      downloadable_id: id,
      asset_id: id,
      license_id: nullable(id),
      user_id: nullable(id),
      token_id: nullable(id),
      is_counted: flag,
      source: code(16),
      platform: nullable(code(16)),
    },
    primary: ['id'],
    indexes: { ix_download_event_license: ['license_id', 'id'], ix_download_event_downloadable: ['downloadable_id', 'id'] },
  });
  await createTable(runner, 'license_download', {
    columns: { license_id: id, asset_id: id, counted_at: instant },
    primary: ['license_id', 'asset_id'],
    indexes: { ix_license_download_asset: ['asset_id', 'license_id'] },
    references: { license_id: 'license' },
  });
  await createTable(runner, 'download_counter', {
    columns: { scope_id: id, dimension: code(8), day: date, member: code(26), total: int },
    primary: ['scope_id', 'dimension', 'day', 'member'],
  });
  await createTable(runner, 'visitor_key', { columns: { day: date, secret: code(64) }, primary: ['day'] });
  await createTable(runner, 'visitor_download', {
    columns: { scope_id: id, asset_id: id, visitor_hash: code(64), counted_at: instant, repetitions: nullable(int) },
    primary: ['scope_id', 'asset_id', 'visitor_hash'],
    indexes: { ix_visitor_download_counted_at: ['counted_at'] },
  });
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
      ix_share_link_product_channel: ['product_id', 'channel', 'id'],
      ix_share_link_product: ['product_id', 'id'],
      ix_share_link_downloadable: ['downloadable_id', 'id'],
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
}

import type { QueryRunner } from 'typeorm';
import { code, createTable, date, flag, id, instant, int, nullable, text } from '../../ddl.js';

/** Customers, their licenses, and what they downloaded. */
export async function createCustomerTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'customer', {
    columns: {
      id,
      name: text(100),
      email: text(254),
      email_key: text(508),
      company: nullable(text(100)),
      created_at: instant,
      updated_at: instant,
    },
    primary: ['id'],
    indexes: { ix_customer_created: ['created_at', 'id'] },
    uniques: { ux_customer_email: ['email_key'] },
  });
  await createTable(runner, 'license', {
    columns: {
      id,
      customer_id: id,
      product_id: id,
      key_hash: code(64),
      key_sealed: code(512),
      key_version: int,
      key_hint: text(8),
      status: code(16),
      starts_at: nullable(instant),
      expires_at: nullable(instant),
      expiry_policy: code(16),
      updates_until: nullable(date),
      channels: code(700),
      version_range: nullable(text(200)),
      platforms: code(80),
      max_downloads: nullable(int),
      downloads_used: int,
      created_at: instant,
      updated_at: instant,
    },
    primary: ['id'],
    indexes: {
      ix_license_customer_product: ['customer_id', 'product_id'],
      ix_license_product: ['product_id', 'id'],
    },
    uniques: { ux_license_key_hash: ['key_hash'] },
    references: { customer_id: 'customer', product_id: 'product' },
  });
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
    },
    primary: ['id'],
    indexes: { ix_download_event_downloadable: ['downloadable_id', 'id'], ix_download_event_license: ['license_id', 'id'] },
  });
  await createTable(runner, 'license_download', {
    columns: { license_id: id, asset_id: id, counted_at: instant },
    primary: ['license_id', 'asset_id'],
    references: { license_id: 'license' },
  });
}

import type { QueryRunner } from 'typeorm';
import { code, createTable, date, id, instant, int, nullable, text } from '../../ddl.js';

/** Customers and their licenses. */
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
      status_reason: nullable(text(200)),
      key_origin: nullable(code(16)),
    },
    primary: ['id'],
    indexes: {
      ix_license_key_hint: ['key_hint', 'id'],
      ix_license_product_status_expires: ['product_id', 'status', 'expires_at', 'id'],
      ix_license_product_expires: ['product_id', 'expires_at', 'id'],
      ix_license_status_expires: ['status', 'expires_at', 'id'],
      ix_license_expires: ['expires_at', 'id'],
      ix_license_product_status: ['product_id', 'status', 'id'],
      ix_license_status: ['status', 'id'],
      ix_license_customer: ['customer_id', 'id'],
      ix_license_product: ['product_id', 'id'],
      ix_license_customer_product: ['customer_id', 'product_id'],
    },
    uniques: { ux_license_key_hash: ['key_hash'] },
    references: { product_id: 'product', customer_id: 'customer' },
  });
}

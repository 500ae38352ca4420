import type { QueryRunner } from 'typeorm';
import { code, createTable, id, instant, int, nullable, text } from '../../ddl.js';

/** People, sessions, API tokens and failed sign-ins. */
export async function createAccountTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'user_account', {
    columns: {
      id,
      email: text(254),
      email_key: text(508),
      name: text(100),
      role: code(16),
      password_hash: code(200),
      customer_id: nullable(id),
      created_at: instant,
      disabled_at: nullable(instant),
    },
    primary: ['id'],
    indexes: { ix_user_account_customer: ['customer_id'] },
    uniques: { ux_user_account_email: ['email_key'] },
    references: { customer_id: 'customer' },
  });
  await createTable(runner, 'session', {
    columns: {
      id,
      token_hash: code(64),
      user_id: nullable(id),
      license_id: nullable(id),
      created_at: instant,
      last_seen_at: instant,
    },
    primary: ['id'],
    indexes: { ix_session_user: ['user_id'], ix_session_license: ['license_id'], ix_session_last_seen: ['last_seen_at'] },
    uniques: { ux_session_token: ['token_hash'] },
    references: { user_id: 'user_account', license_id: 'license' },
  });
  await createTable(runner, 'sign_in_failure', {
    columns: { bucket: code(80), failures: int, window_started_at: instant },
    primary: ['bucket'],
  });
  await createTable(runner, 'api_token', {
    columns: {
      id,
      name: text(100),
      token_hash: code(64),
      scopes: code(255),
      product_id: nullable(id),
      created_by: id,
      created_at: instant,
      expires_at: instant,
      last_used_at: nullable(instant),
      revoked_at: nullable(instant),
    },
    primary: ['id'],
    indexes: { ix_api_token_product: ['product_id'], ix_api_token_creator: ['created_by'] },
    uniques: { ux_api_token_hash: ['token_hash'] },
    references: { product_id: 'product', created_by: 'user_account' },
  });
}

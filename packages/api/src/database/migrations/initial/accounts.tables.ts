import type { QueryRunner } from 'typeorm';
import { code, createTable, flag, id, instant, int, nullable, text } from '../../ddl.js';

/** People, sessions, API tokens, saved filters, and what counts guesses and requests. */
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
    indexes: { ix_user_account_role: ['role', 'email_key'], ix_user_account_customer: ['customer_id'] },
    uniques: { ux_user_account_email: ['email_key'] },
    references: { customer_id: 'customer' },
  });
  await createTable(runner, 'session', {
    columns: { id, token_hash: code(64), user_id: nullable(id), license_id: nullable(id), created_at: instant, last_seen_at: instant },
    primary: ['id'],
    indexes: { ix_session_last_seen: ['last_seen_at'], ix_session_license: ['license_id'], ix_session_user: ['user_id'] },
    uniques: { ux_session_token: ['token_hash'] },
    references: { license_id: 'license', user_id: 'user_account' },
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
    indexes: { ix_api_token_creator: ['created_by'], ix_api_token_product: ['product_id'] },
    uniques: { ux_api_token_hash: ['token_hash'] },
    references: { created_by: 'user_account', product_id: 'product' },
  });
  await createTable(runner, 'saved_filter', {
    columns: { id, user_id: id, name: text(60), name_key: text(120), query: text(2000), created_at: instant },
    primary: ['id'],
    uniques: { ux_saved_filter_name: ['user_id', 'name_key'] },
    references: { user_id: 'user_account' },
  });
  await createTable(runner, 'sign_in_failure', {
    columns: { bucket: code(80), failures: int, window_started_at: instant },
    primary: ['bucket'],
  });
  await createTable(runner, 'wrong_guess', {
    columns: { bucket: code(80), guess_hash: code(64), is_wrong: flag, counted_at: instant },
    primary: ['bucket', 'guess_hash'],
  });
  await createTable(runner, 'accepted_key', {
    columns: { bucket: code(80), key_hash: code(64), accepted_at: instant },
    primary: ['bucket', 'key_hash'],
    indexes: { ix_accepted_key_accepted_at: ['accepted_at'] },
  });
  await createTable(runner, 'request_count', { columns: { bucket: code(80), minute: int, requests: int }, primary: ['bucket'] });
}

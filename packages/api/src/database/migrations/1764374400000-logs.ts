import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, bytes, code, createTable, id, instant, int, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Rows that one statement changes: a big table is not locked as a whole. */
const BATCH = 1_000;

/** Single downloads that can be found by what they were about, what was refused, and what the store did. */
export class Logs1764374400000 implements Migration {
  readonly name = 'Logs1764374400000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'download_event', {
      customer_id: id,
      share_link_id: id,
      version: code(100),
      file_name: code(200),
      client: code(24),
      address: code(49),
      request_id: code(40),
    });
    await nameCustomers(runner);
    await addIndexes(runner, 'download_event', {
      ix_download_event_product: ['product_id', 'id'],
      ix_download_event_customer: ['customer_id', 'id'],
      ix_download_event_token: ['token_id', 'id'],
      ix_download_event_address: ['address', 'id'],
      ix_download_event_request: ['request_id', 'id'],
    });
    await addIndexes(runner, 'audit_event', {
      ix_audit_event_subject_id: ['subject_id', 'id'],
      ix_audit_event_action: ['action', 'id'],
      ix_audit_event_request: ['request_id', 'id'],
    });
    await createRefusals(runner);
    await createStoreEvents(runner);
  }
}

/** Whose each download was, from its license. */
async function nameCustomers(runner: QueryRunner): Promise<void> {
  for (let last = ''; ;) {
    const rows: { id: string }[] = await runner.query(`SELECT id FROM download_event WHERE id > ? ORDER BY id LIMIT ${BATCH}`, [last]);
    const end = rows.at(-1)?.id;
    if (end === undefined) return;
    await runner.query(
      `UPDATE download_event SET customer_id = (SELECT l.customer_id FROM license l WHERE l.id = download_event.license_id)
       WHERE id > ? AND id <= ? AND license_id IS NOT NULL`,
      [last, end],
    );
    last = end;
  }
}

async function createRefusals(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'refusal', {
    columns: {
      id,
      at: instant,
      code: code(40),
      message: text(500),
      remedy: nullable(code(24)),
      status: int,
      operation: code(100),
      product_id: nullable(id),
      downloadable_id: nullable(id),
      version: nullable(code(100)),
      asset_id: nullable(id),
      file_name: nullable(code(200)),
      license_id: nullable(id),
      customer_id: nullable(id),
      user_id: nullable(id),
      token_id: nullable(id),
      share_link_id: nullable(id),
      key_ending: nullable(text(8)),
      client: nullable(code(24)),
      address: nullable(code(49)),
      request_id: code(40),
      not_kept: nullable(int),
    },
    primary: ['id'],
    indexes: {
      ix_refusal_product: ['product_id', 'id'],
      ix_refusal_downloadable: ['downloadable_id', 'id'],
      ix_refusal_license: ['license_id', 'id'],
      ix_refusal_customer: ['customer_id', 'id'],
      ix_refusal_user: ['user_id', 'id'],
      ix_refusal_token: ['token_id', 'id'],
      ix_refusal_code: ['code', 'id'],
      ix_refusal_address: ['address', 'id'],
      ix_refusal_request: ['request_id', 'id'],
    },
  });
}

async function createStoreEvents(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'store_event', {
    columns: {
      id,
      at: instant,
      kind: code(24),
      product_id: nullable(id),
      downloadable_id: nullable(id),
      version: nullable(code(100)),
      file_name: nullable(code(200)),
      object_key: nullable(code(200)),
      size: nullable(bytes),
      detail: nullable(text(500)),
      request_id: nullable(code(40)),
    },
    primary: ['id'],
    indexes: {
      ix_store_event_kind: ['kind', 'id'],
      ix_store_event_product: ['product_id', 'id'],
      ix_store_event_downloadable: ['downloadable_id', 'id'],
      ix_store_event_request: ['request_id', 'id'],
    },
  });
}

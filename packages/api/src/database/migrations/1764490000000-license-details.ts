import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, id, instant, int, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Licenses have notes, a reference, tags, a reason that customers read, and know when their status and their downloads changed. */
export class LicenseDetails1764490000000 implements Migration {
  readonly name = 'LicenseDetails1764490000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'license', {
      status_changed_at: instant,
      customer_reason: text(200),
      notes: text(2_000),
      external_reference: text(200),
      tags: text(900),
      last_download_at: instant,
    });
    await createTable(runner, 'license_tag', {
      columns: { tag_key: text(80), license_id: id },
      primary: ['tag_key', 'license_id'],
      indexes: { ix_license_tag_license: ['license_id'] },
      references: { license_id: 'license' },
    });
    await createTasks(runner);
    await fillLastDownloads(runner);
    await fillStatusChanges(runner);
    await addIndexes(runner, 'license', {
      ix_license_reference: ['external_reference', 'id'],
      ix_license_last_download: ['last_download_at', 'id'],
      ix_license_updates: ['updates_until', 'id'],
      ix_license_created: ['created_at', 'id'],
    });
  }
}

/** Changes of many licenses, and what became of each license. */
async function createTasks(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'license_task', {
    columns: {
      id,
      action: code(16),
      input: longText,
      state: code(16),
      collected_until: nullable(text(900)),
      total: int,
      changed: int,
      unchanged: int,
      failed: int,
      problem: nullable(text(500)),
      created_by_kind: code(24),
      created_by: id,
      request_id: code(40),
      created_at: instant,
      ended_at: nullable(instant),
    },
    primary: ['id'],
    indexes: { ix_license_task_state: ['state', 'id'], ix_license_task_ended: ['ended_at', 'id'] },
  });
  await createTable(runner, 'license_task_item', {
    columns: { id, task_id: id, license_id: id, state: code(16), code: nullable(code(40)), message: nullable(text(500)) },
    primary: ['id'],
    indexes: { ix_license_task_item_state: ['task_id', 'state', 'id'] },
    uniques: { ux_license_task_item_license: ['task_id', 'license_id'] },
    references: { task_id: 'license_task' },
  });
}

/** The log may have been cut: what was counted of each file outlives it. */
async function fillLastDownloads(runner: QueryRunner): Promise<void> {
  await runner.query(
    `UPDATE license SET last_download_at = (SELECT MAX(at) FROM download_event WHERE license_id = license.id AND is_counted = 1) WHERE downloads_used > 0`,
  );
  await runner.query(
    `UPDATE license SET last_download_at = (SELECT MAX(counted_at) FROM license_download WHERE license_id = license.id) WHERE downloads_used > 0 AND last_download_at IS NULL`,
  );
}

/** As far as the audit trail still tells; null where it does not. */
async function fillStatusChanges(runner: QueryRunner): Promise<void> {
  for (const [status, action] of [
    ['SUSPENDED', 'license.suspend'],
    ['REVOKED', 'license.revoke'],
  ])
    await runner.query(
      `UPDATE license SET status_changed_at = (SELECT MAX(at) FROM audit_event WHERE subject_type = 'license' AND subject_id = license.id AND action = ?) WHERE status = ?`,
      [action, status],
    );
}

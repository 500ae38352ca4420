import type { QueryRunner } from 'typeorm';
import { code, createTable, id, instant, int, longText, nullable, text } from '../../ddl.js';

/** What the program keeps for itself: jobs, the audit trail, idempotency keys, settings, whose the store is. */
export async function createLedgerTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'job', {
    columns: {
      id,
      kind: code(40),
      dedupe_key: code(120),
      payload: longText,
      run_at: instant,
      attempts: int,
      lease_token: nullable(code(26)),
      lease_until: nullable(instant),
      finished_at: nullable(instant),
      last_error: nullable(text(500)),
    },
    primary: ['id'],
    indexes: { ix_job_due: ['finished_at', 'run_at'] },
    uniques: { ux_job_dedupe_key: ['dedupe_key'] },
  });
  await createTable(runner, 'audit_event', {
    columns: {
      id,
      at: instant,
      actor_kind: code(24),
      actor_id: code(32),
      action: code(60),
      subject_type: code(32),
      subject_id: id,
      before_json: nullable(longText),
      after_json: nullable(longText),
      address: code(45),
      request_id: code(40),
    },
    primary: ['id'],
    indexes: { ix_audit_event_actor: ['actor_id', 'id'], ix_audit_event_subject: ['subject_type', 'subject_id', 'id'] },
  });
  await createTable(runner, 'idempotency', {
    columns: {
      actor_id: code(32),
      key_hash: code(64),
      operation: code(60),
      input_hash: code(64),
      result_id: nullable(id),
      expires_at: instant,
    },
    primary: ['actor_id', 'key_hash'],
    indexes: { ix_idempotency_expires_at: ['expires_at'] },
  });
  await createTable(runner, 'setting', { columns: { name: text(64), value: text(1000), updated_at: instant }, primary: ['name'] });
  await createTable(runner, 'installation', {
    columns: {
      name: code(16),
      installation_id: id,
      claim: int,
      claim_token: code(26),
      previous_token: nullable(code(26)),
      claimed_at: instant,
      lease_token: nullable(code(26)),
      lease_until: nullable(instant),
    },
    primary: ['name'],
  });
  await createTable(runner, 'secret_fingerprint', {
    columns: { name: code(16), fingerprint: code(64), noted_at: instant },
    primary: ['name'],
  });
}

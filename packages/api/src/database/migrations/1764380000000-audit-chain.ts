import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, id, instant, int, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/**
 * What seals the audit trail, and keeps what identifies a person apart. Rows that are there are split and sealed by the running
 * program, in batches: a big table keeps nobody waiting, and so does what older replicas still write meanwhile.
 */
export class AuditChain1764380000000 implements Migration {
  readonly name = 'AuditChain1764380000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'audit_event', { personal_json: longText, stamp: code(64), sequence: int });
    await addIndexes(runner, 'audit_event', { ix_audit_event_sequence: ['sequence', 'id'] });
    await createTable(runner, 'audit_personal', {
      columns: {
        event_id: id,
        place: code(60),
        owner_id: code(32),
        salt: nullable(code(24)),
        value: nullable(text(500)),
        erased_by: nullable(id),
      },
      primary: ['event_id', 'place'],
      indexes: { ix_audit_personal_owner: ['owner_id', 'event_id'], ix_audit_personal_value: ['value', 'event_id'] },
    });
    await createTable(runner, 'audit_seal', {
      columns: { sequence: int, event_id: id, at: instant, previous: code(64), seal: code(64) },
      primary: ['sequence'],
      uniques: { ux_audit_seal_event: ['event_id'] },
    });
    await createTable(runner, 'audit_head', {
      columns: {
        name: code(16),
        sequence: int,
        seal: code(64),
        base_sequence: int,
        base_seal: code(64),
        legacy_until: nullable(instant),
        signature: code(64),
        lease_token: nullable(id),
        lease_until: nullable(instant),
      },
      primary: ['name'],
    });
    await addColumns(runner, 'customer', { erased_at: instant });
    await addIndexes(runner, 'download_event', { ix_download_event_user: ['user_id', 'id'] });
  }
}

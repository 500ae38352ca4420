import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, id, instant, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Customers have keys for their machines, and the logs know which of them asked. */
export class MachineKeys1764500000000 implements Migration {
  readonly name = 'MachineKeys1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'machine_key', {
      columns: {
        id,
        customer_id: id,
        license_id: nullable(id),
        name: text(100),
        key_hash: code(64),
        key_prefix: code(16),
        created_at: instant,
        expires_at: nullable(instant),
        last_used_at: nullable(instant),
        revoked_at: nullable(instant),
      },
      primary: ['id'],
      indexes: { ix_machine_key_customer: ['customer_id', 'id'], ix_machine_key_license: ['license_id'] },
      uniques: { ux_machine_key_hash: ['key_hash'] },
      references: { customer_id: 'customer', license_id: 'license' },
    });
    await addColumns(runner, 'download_event', { machine_key_id: id });
    await addIndexes(runner, 'download_event', { ix_download_event_machine_key: ['machine_key_id', 'id'] });
    await addColumns(runner, 'refusal', { machine_key_id: id });
    await addIndexes(runner, 'refusal', { ix_refusal_machine_key: ['machine_key_id', 'id'] });
  }
}

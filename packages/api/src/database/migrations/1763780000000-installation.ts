import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, id, instant, int, nullable } from '../ddl.js';

/** Which installation this database is, and which of its files the store has lost. */
export class Installation1763780000000 implements MigrationInterface {
  readonly name = 'Installation1763780000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'installation', {
      columns: {
        name: code(16),
        installation_id: id,
        claim: int,
        claim_token: id,
        previous_token: nullable(id),
        claimed_at: instant,
        lease_token: nullable(id),
        lease_until: nullable(instant),
      },
      primary: ['name'],
    });
    await addColumns(runner, 'stored_object', { seen_at: instant, missing_since: instant });
    await addIndexes(runner, 'stored_object', { ix_stored_object_missing: ['missing_since', 'id'] });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: the file store would not know its database. Restore a backup instead.');
  }
}

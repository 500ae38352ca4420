import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, createTable, id, instant, int, text } from '../ddl.js';

/** Saved filters of the list, and the order of a release's files. */
export class Console1763750000000 implements MigrationInterface {
  readonly name = 'Console1763750000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'saved_filter', {
      columns: { id, user_id: id, name: text(60), name_key: text(120), query: text(2_000), created_at: instant },
      primary: ['id'],
      uniques: { ux_saved_filter_name: ['user_id', 'name_key'] },
      references: { user_id: 'user_account' },
    });
    await addColumns(runner, 'asset', { position: int });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: saved filters would be lost. Restore a backup instead.');
  }
}

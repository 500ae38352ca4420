import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, code, instant, text } from '../ddl.js';

/** What became of revisions that are not live any more: withdrawn, undone, or without their files. */
export class PastRevisions1763810000000 implements MigrationInterface {
  readonly name = 'PastRevisions1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'revision', {
      withdrawn_at: instant,
      withdraw_reason: text(500),
      withdraw_severity: code(16),
      undone_at: instant,
      purged_at: instant,
    });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: what was withdrawn or undone would be served again. Restore a backup instead.');
  }
}

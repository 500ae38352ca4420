import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, id, instant, text } from '../ddl.js';

/** Schedules and withdrawals of downloadables. */
export class Lifecycle1763720000000 implements MigrationInterface {
  readonly name = 'Lifecycle1763720000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'downloadable', {
      publish_at: instant,
      schedule_failure: text(500),
      withdrawn_at: instant,
      withdraw_reason: text(500),
      withdraw_severity: code(16),
      replacement_id: id,
    });
    await addIndexes(runner, 'downloadable', { ix_downloadable_replacement: ['replacement_id'] });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: schedules and reasons would be lost. Restore a backup instead.');
  }
}

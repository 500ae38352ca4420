import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, int } from '../ddl.js';

/** How often a visitor asked again for what was counted once. */
export class VisitorRepetitions1763821000000 implements MigrationInterface {
  readonly name = 'VisitorRepetitions1763821000000';

  async up(runner: QueryRunner): Promise<void> {
    // Replicas from before write none.
    await addColumns(runner, 'visitor_download', { repetitions: int });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: repetitions would be unlimited again. Restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, date, instant } from '../ddl.js';

/** What stays known of a release whose first publish is undone, and which dates nobody typed. */
export class Unpublish1763870000000 implements MigrationInterface {
  readonly name = 'Unpublish1763870000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'downloadable', { ever_published_at: instant });
    await addColumns(runner, 'revision', { publish_date: date });
    await runner.query('UPDATE downloadable SET ever_published_at = published_at');
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: what was published once could be renumbered. Restore a backup instead.');
  }
}

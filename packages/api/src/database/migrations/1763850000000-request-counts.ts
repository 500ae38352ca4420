import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, int, text } from '../ddl.js';

/** How often each caller asked in the present minute, for all replicas. */
export class RequestCounts1763850000000 implements MigrationInterface {
  readonly name = 'RequestCounts1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'request_count', {
      columns: { bucket: text(80), minute: int, requests: int },
      primary: ['bucket'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE request_count');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All searches fold alike: what is found by words is written again, by a job beside the running server. */
export class FoldedSearches1763860000000 implements MigrationInterface {
  readonly name = 'FoldedSearches1763860000000';

  async up(runner: QueryRunner): Promise<void> {
    const present: unknown[] = await runner.query(
      'SELECT id FROM (SELECT id FROM downloadable LIMIT 1) AS release_row UNION ALL SELECT id FROM (SELECT id FROM customer LIMIT 1) AS customer_row',
    );
    if (present.length === 0) return;
    // An older replica does not know the kind, and leaves it alone.
    await runner.query(
      `INSERT INTO job (id, kind, dedupe_key, payload, run_at, attempts) VALUES ('01KFOLDEDSEARCHES000000000', 'search.rebuild', 'search.rebuild 1763860000000', '{}', '2026-01-01 00:00:00.000', 0)`,
    );
  }

  async down(): Promise<void> {
    throw new Error(
      'This migration cannot be taken back: older programs look for words that are no longer there. Restore a backup instead.',
    );
  }
}

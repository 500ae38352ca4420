import type { MigrationInterface, QueryRunner } from 'typeorm';

interface TermRow {
  readonly term: string;
}

/** A word with separators is found by each of its beginnings: `2.4` finds a changelog that mentions `2.4.1`. */
export class WordBeginnings1763770000000 implements MigrationInterface {
  readonly name = 'WordBeginnings1763770000000';

  async up(runner: QueryRunner): Promise<void> {
    const ignore = runner.dataSource.options.type === 'mariadb' ? 'IGNORE' : 'OR IGNORE';
    const words: TermRow[] = await runner.query(
      `SELECT term FROM search_term WHERE term LIKE '%.%' OR term LIKE '%-%' OR term LIKE '%+%' OR term LIKE '%!_%' ESCAPE '!'`,
    );
    for (const beginning of new Set(words.flatMap(({ term }) => beginningsOf(term)))) {
      await runner.query(`INSERT ${ignore} INTO search_term (term) VALUES (?)`, [beginning]);
      // What goes on after it: the other separators are between the plus and the slash.
      for (const [from, to] of [
        ['+', '/'],
        ['_', '`'],
      ])
        await runner.query(
          `INSERT ${ignore} INTO downloadable_term (term, sort_date, downloadable_id)
           SELECT DISTINCT ?, sort_date, downloadable_id FROM downloadable_term WHERE term >= ? AND term < ?`,
          [beginning, `${beginning}${from}`, `${beginning}${to}`],
        );
    }
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back. Restore a backup instead.');
  }
}

/** As `search-terms.ts` had it when this was written; a migration does not change with the program. */
function beginningsOf(word: string): string[] {
  return [...word.matchAll(/[._+-]/g)].map(({ index }) => word.slice(0, index)).filter((beginning) => beginning !== '');
}

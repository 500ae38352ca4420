import type { MigrationInterface, QueryRunner } from 'typeorm';

const PLATFORMS = ['WINDOWS', 'MACOS', 'LINUX', 'ANDROID', 'IOS', 'WEB', 'ALL'];

/** The list's filters by channel and platform find releases by terms, as a search does. */
export class ListFacets1763760000000 implements MigrationInterface {
  readonly name = 'ListFacets1763760000000';

  async up(runner: QueryRunner): Promise<void> {
    const channelTerm = runner.dataSource.options.type === 'mariadb' ? `CONCAT(':c=', channel)` : `':c=' || channel`;
    await runner.query(
      `INSERT INTO downloadable_term (term, sort_date, downloadable_id) SELECT ${channelTerm}, sort_date, id FROM downloadable`,
    );
    for (const platform of PLATFORMS)
      await runner.query(
        `INSERT INTO downloadable_term (term, sort_date, downloadable_id) SELECT ?, sort_date, id FROM downloadable
         WHERE platforms = ? OR platforms LIKE ? OR platforms LIKE ? OR platforms LIKE ?`,
        [`:p=${platform}`, platform, `${platform},%`, `%,${platform}`, `%,${platform},%`],
      );
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back. Restore a backup instead.');
  }
}

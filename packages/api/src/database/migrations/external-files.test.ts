import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { ExternalFiles1763700000000 } from './1763700000000-external-files.js';

const NOW = '2026-01-01 00:00:00.000';

/** Takes the migration back by hand, so that it can be run over a database that has rows. */
const UNDO = {
  sqlite: [
    'DROP INDEX ix_asset_replacement_object',
    `CREATE TABLE old_asset (id varchar(26) NOT NULL, revision_id varchar(26) NOT NULL, file_name varchar(200) NOT NULL, file_name_key varchar(200) NOT NULL, type varchar(16) NOT NULL, platform varchar(16) NOT NULL, architecture varchar(16), stored_object_id varchar(26) NOT NULL, created_at datetime NOT NULL, CONSTRAINT "pk_asset" PRIMARY KEY (id))`,
    'DROP TABLE asset',
    'ALTER TABLE old_asset RENAME TO asset',
    'ALTER TABLE stored_object DROP COLUMN fingerprint',
  ],
  mysql: [
    'ALTER TABLE asset DROP FOREIGN KEY fk_asset_replacement_object_id',
    'DROP INDEX ix_asset_replacement_object ON asset',
    'ALTER TABLE asset DROP COLUMN replacement_object_id, DROP COLUMN external_url, DROP COLUMN external_size, DROP COLUMN external_sha256',
    'SET FOREIGN_KEY_CHECKS = 0',
    'ALTER TABLE asset MODIFY stored_object_id varchar(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL',
    'SET FOREIGN_KEY_CHECKS = 1',
    'ALTER TABLE stored_object DROP COLUMN fingerprint',
  ],
};

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the migration to external files on $name', ({ create }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await create();
  });
  afterAll(() => test.drop());

  it('keeps the rows that are there', async () => {
    const runner = test.database.writer.createQueryRunner();
    await runner.beforeMigration();
    for (const sql of UNDO[test.database.dialect]) await runner.query(sql);
    await runner.query(
      'INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ['p', 'p', 'p', 'p', 'ANY', 'OPEN', NOW, NOW],
    );
    await runner.query(
      `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms) VALUES ('d', 'p', '1', '1', 'DRAFT', 1, 0, ?, ?, 'stable', '2026-01-01', '', 1, '')`,
      [NOW, NOW],
    );
    await runner.query(
      `INSERT INTO revision (id, downloadable_id, number, channel, changelog, created_at) VALUES ('r', 'd', 1, 'stable', '', ?)`,
      [NOW],
    );
    await runner.query(
      `INSERT INTO stored_object (id, object_key, part_size, declared_size, state, created_at) VALUES ('o', 'objects/o', 1, 1, 'READY', ?)`,
      [NOW],
    );
    await runner.query(
      `INSERT INTO asset (id, revision_id, file_name, file_name_key, type, platform, stored_object_id, created_at) VALUES ('a', 'r', 'a', 'a', 'OTHER', 'ALL', 'o', ?)`,
      [NOW],
    );
    await new ExternalFiles1763700000000().up(runner);
    await runner.afterMigration();
    await runner.release();
    expect(await test.database.query('SELECT id, stored_object_id, replacement_object_id, external_url FROM asset')).toEqual([
      { id: 'a', stored_object_id: 'o', replacement_object_id: null, external_url: null },
    ]);
    expect(await test.database.query('SELECT id, fingerprint FROM stored_object')).toEqual([{ id: 'o', fingerprint: null }]);
  });
});

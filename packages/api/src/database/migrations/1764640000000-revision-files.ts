import type { QueryRunner } from 'typeorm';
import { createTable, id, longText } from '../ddl.js';
import type { Migration } from './migration.js';

/** Releases whose files one statement writes. */
const BATCH = 1_000;

/**
 * The files of each published revision as lists show them, in one text. It refers to no revision by a key: an older replica, which knows
 * nothing of it, goes on deleting releases, and no row of theirs is locked while this is filled.
 */
export class RevisionFiles1764640000000 implements Migration {
  readonly name = 'RevisionFiles1764640000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'revision_files', { columns: { revision_id: id, files: longText }, primary: ['revision_id'] });
    const file = `CONCAT_WS('/', COALESCE(a.position, 2147483647), a.id, a.type, a.platform, COALESCE(a.architecture, ''),
      COALESCE(o.size, o.declared_size, a.external_size, 0), COALESCE(o.sha256, a.external_sha256, ''), COALESCE(o.state, 'READY'), a.file_name)`;
    const isMysql = runner.dataSource.options.type === 'mariadb';
    const files = isMysql ? `GROUP_CONCAT(${file} SEPARATOR '\\n')` : `GROUP_CONCAT(${file}, char(10))`;
    for (let last = ''; ;) {
      const ids: { id: string }[] = await runner.query(`SELECT id FROM downloadable WHERE id > ? ORDER BY id LIMIT ${BATCH}`, [last]);
      const end = ids.at(-1)?.id;
      if (end === undefined) return;
      await runner.query(
        `INSERT INTO revision_files (revision_id, files)
         SELECT v.id, ${files} FROM downloadable d JOIN revision v ON v.id = d.live_revision_id JOIN asset a ON a.revision_id = v.id
         LEFT JOIN stored_object o ON o.id = a.stored_object_id
         WHERE d.id > ? AND d.id <= ? AND v.frozen_at IS NOT NULL GROUP BY v.id`,
        [last, end],
      );
      last = end;
    }
  }
}

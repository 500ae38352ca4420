import type { Database } from '../database/database.js';
import { filesOf, madeFilesSql } from '../features/downloadables/projection/listed-files.js';

interface Row {
  readonly id: string;
  readonly frozen: string | Date | null;
  readonly files: string;
  readonly made: string | null;
}

/**
 * The revisions whose kept files are not those that the tables have, and those that may still change, which there must be none of, whatever
 * has happened. Every test that closes its harness asks.
 */
export async function listWronglyKept(database: Database): Promise<string[]> {
  const rows = await database.query<Row>(
    `SELECT k.revision_id AS id, v.frozen_at AS frozen, k.files, (${madeFilesSql(database.dialect, 'k.revision_id')}) AS made
     FROM revision_files k LEFT JOIN revision v ON v.id = k.revision_id`,
  );
  return rows
    .filter(({ files, made, frozen }) => frozen === null || JSON.stringify(filesOf(files, '')) !== JSON.stringify(filesOf(made, '')))
    .map(({ id, files, made, frozen }) => `${id}: kept ${files} of ${made ?? 'nothing'}${frozen === null ? ', which may change' : ''}`);
}

import type { Database } from '../database/database.js';
import { newId } from '../kernel/ids.js';

/** Rows that go into one statement. */
const ROWS_AT_ONCE = 100;

/** Gives a revision external files by SQL, as many as a release may have at most. @param nameOf the name of each, by its number */
export async function insertManyFiles(
  database: Database,
  revisionId: string,
  files: { readonly count: number; readonly nameOf: (index: number) => string },
): Promise<void> {
  const rows = Array.from({ length: files.count }, (_, index) => [newId(), revisionId, files.nameOf(index), files.nameOf(index)]);
  await database.transaction(async (tx) => {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      const some = rows.slice(start, start + ROWS_AT_ONCE);
      const row = `(?, ?, ?, ?, 'INSTALLER', 'WINDOWS', 'https://files.example/f', 1, '2026-01-01')`;
      await tx.execute(
        `INSERT INTO asset (id, revision_id, file_name, file_name_key, type, platform, external_url, external_size, created_at)
         VALUES ${some.map(() => row).join(', ')}`,
        some.flat(),
      );
    }
  });
}

/** The open draft of a release. */
export async function draftRevisionOf(database: Database, downloadableId: string): Promise<string> {
  const [row] = await database.query<{ draft_revision_id: string | null }>('SELECT draft_revision_id FROM downloadable WHERE id = ?', [
    downloadableId,
  ]);
  if (!row?.draft_revision_id) throw new Error(`Downloadable ${downloadableId} has no open draft.`);
  return row.draft_revision_id;
}

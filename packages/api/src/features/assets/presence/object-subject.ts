import type { Database } from '../../../database/database.js';

/** The file that stands on an object, as the log of the store names it. */
export interface ObjectSubject {
  readonly productId: string;
  readonly downloadableId: string;
  readonly version: string;
  readonly fileName: string;
}

/** Of several files that share an object, the newest; null when none does. */
export async function findObjectSubject(database: Pick<Database, 'query'>, storedObjectId: string): Promise<ObjectSubject | null> {
  const [row] = await database.query<{ product_id: string; downloadable_id: string; version: string; file_name: string }>(
    `SELECT d.product_id, d.id AS downloadable_id, d.version, a.file_name FROM asset a
     JOIN revision r ON r.id = a.revision_id JOIN downloadable d ON d.id = r.downloadable_id
     WHERE a.stored_object_id = ? ORDER BY a.id DESC LIMIT 1`,
    [storedObjectId],
  );
  return row ? { productId: row.product_id, downloadableId: row.downloadable_id, version: row.version, fileName: row.file_name } : null;
}

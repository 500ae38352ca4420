import type { Database } from '../../database/database.js';
import type { SqlValue } from '../../database/transaction.js';

/** The store that the environment gives, or the embedded one where it gives none: rows of objects have no id for it. */
export const BASE_STORE = 'base';
/** That of a saved store: the random half of a ULID. */
export const STORE_ID_LENGTH = 16;

/** The store whose bytes a row of `stored_object` stands for. */
export const storeIdOf = ({ storeId }: { readonly storeId: string | null }): string => storeId ?? BASE_STORE;

/** How a store is written in a row. */
export const columnOfStore = (storeId: string): string | null => (storeId === BASE_STORE ? null : storeId);

/** The condition that a row of `stored_object` is in a store. */
export function inStore(storeId: string): { readonly sql: string; readonly values: readonly SqlValue[] } {
  return storeId === BASE_STORE ? { sql: 'store_id IS NULL', values: [] } : { sql: 'store_id = ?', values: [storeId] };
}

/** Whether the database has bytes in a store, complete or not: of what was only announced, or deleted after it failed, there are none. */
export async function hasObjects(database: Pick<Database, 'query'>, storeId: string): Promise<boolean> {
  const { sql, values } = inStore(storeId);
  const rows = await database.query(
    `SELECT id FROM stored_object WHERE ${sql} AND NOT (state IN ('UPLOADING', 'FAILED') AND upload_id IS NULL) LIMIT 1`,
    values,
  );
  return rows.length > 0;
}

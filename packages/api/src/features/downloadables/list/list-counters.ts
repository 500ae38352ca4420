import type { Database } from '../../../database/database.js';
import type { SqlPart } from '../../../database/transaction.js';
import type { Slice } from './list-conditions.js';
import { ALL_PRODUCTS } from '../projection/projection.js';

/** How many downloadables some slices have, from the counters. */
export async function sumCounters(database: Database, slices: readonly Slice[]): Promise<number> {
  const { sql, parameters } = counterSum(slices);
  const [row] = await database.query<{ total: number | string | null }>(sql, parameters);
  return Number(row?.total ?? 0);
}

/** Selects that as `total`. */
export function counterSum(slices: readonly Slice[]): SqlPart {
  const parts = slices.map((slice) => (slice.status === null ? 'product_id = ?' : '(product_id = ? AND status = ?)')).join(' OR ');
  return {
    sql: `SELECT SUM(total) AS total FROM downloadable_counter WHERE ${parts}`,
    parameters: slices.flatMap((slice) => [slice.productId ?? ALL_PRODUCTS, ...(slice.status === null ? [] : [slice.status])]),
  };
}

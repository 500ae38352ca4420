import type { CursorValue } from '../kernel/pagination.js';

/** An order over one unique column, or over two of which the pair is unique; both run the same way, along one index. */
export interface KeysetOrder {
  readonly columns: readonly [string] | readonly [string, string];
  readonly isDescending: boolean;
}

export interface KeysetClause {
  /** A condition that starts at the cursor, or `1 = 1`. */
  readonly where: string;
  readonly parameters: readonly CursorValue[];
  readonly orderBy: string;
}

/**
 * The SQL of one page along an index: a range on the first column and a tie-break on the second, which both SQLite and
 * MySQL answer by an index range (row-value comparison is a full scan on MySQL).
 * @param cursor the values after which to start, or null
 */
export function keysetClause(order: KeysetOrder, cursor: readonly CursorValue[] | null): KeysetClause {
  const [first, second] = order.columns;
  const sign = order.isDescending ? '<' : '>';
  const way = order.isDescending ? 'DESC' : 'ASC';
  const orderBy = order.columns.map((column) => `${column} ${way}`).join(', ');
  if (cursor === null) return { where: '1 = 1', parameters: [], orderBy };
  const [a = '', b = ''] = cursor; // `readPage` has counted them
  if (second === undefined) return { where: `${first} ${sign} ?`, parameters: [a], orderBy };
  return { where: `${first} ${sign}= ? AND (${first} ${sign} ? OR ${second} ${sign} ?)`, parameters: [a, a, b], orderBy };
}

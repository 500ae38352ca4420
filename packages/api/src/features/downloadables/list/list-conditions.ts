import type { DownloadableStatus, Platform } from '@slipway/shared';
import type { Dialect, SqlValue } from '../../../database/transaction.js';

/** A piece of SQL with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** What an index can be entered with. Null narrows nothing. */
export interface Slice {
  readonly productId: string | null;
  readonly status: DownloadableStatus | null;
}

export const ANY: Slice = { productId: null, status: null };

/**
 * The slice as a condition on `downloadable`, and the columns it holds fixed. On MySQL a fixed column is written `IN (?, '')`,
 * the empty value being nobody's: with `=` the optimizer takes a walk from the first entry of that value for as cheap as a
 * range from the cursor on (InnoDB estimates no range above half of the table), and deep pages cost more than first ones.
 */
export function sliceCondition(slice: Slice, dialect: Dialect): Condition & { readonly columns: readonly string[] } {
  const pairs: [string, string | null][] = [
    ['product_id', slice.productId],
    ['status', slice.status],
  ];
  const given = pairs.filter((pair): pair is [string, string] => pair[1] !== null);
  const isRange = dialect === 'mysql';
  return {
    sql: ['1 = 1', ...given.map(([column]) => (isRange ? `${column} IN (?, '')` : `${column} = ?`))].join(' AND '),
    parameters: given.map(([, value]) => value),
    columns: given.map(([column]) => column),
  };
}

/** What the entries of the index that drives a list are tested for, over the alias `d`: all that this index does not hold. */
export interface Residual {
  readonly channel: string | null;
  readonly platform: Platform | null;
  /** Each word's terms; a release must have one of each. */
  readonly words: readonly (readonly string[])[];
  /** Null: all. */
  readonly productIds: readonly string[] | null;
  readonly statuses: readonly DownloadableStatus[] | null;
  readonly slice: Slice;
}

export const NO_RESIDUAL: Residual = { channel: null, platform: null, words: [], productIds: null, statuses: null, slice: ANY };

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The residual as a condition over `downloadable d`; null when there is nothing to test. */
export function residualCondition(residual: Residual): Condition | null {
  const parts: Condition[] = [];
  if (residual.slice.productId !== null) parts.push({ sql: 'd.product_id = ?', parameters: [residual.slice.productId] });
  if (residual.slice.status !== null) parts.push({ sql: 'd.status = ?', parameters: [residual.slice.status] });
  if (residual.channel !== null) parts.push({ sql: 'd.channel = ?', parameters: [residual.channel] });
  // Platform codes are commas apart, and none contains another.
  if (residual.platform !== null)
    parts.push({ sql: `(d.platforms LIKE ? OR d.platforms LIKE '%ALL%')`, parameters: [`%${residual.platform}%`] });
  for (const terms of residual.words) parts.push(hasOneOf(terms));
  if (residual.productIds !== null) parts.push(oneOf('d.product_id', residual.productIds));
  if (residual.statuses !== null) parts.push(oneOf('d.status', residual.statuses));
  if (parts.length === 0) return null;
  return { sql: parts.map((part) => part.sql).join(' AND '), parameters: parts.flatMap((part) => part.parameters) };
}

const oneOf = (column: string, values: readonly string[]): Condition =>
  values.length === 0 ? { sql: '1 = 0', parameters: [] } : { sql: `${column} IN (${marks(values)})`, parameters: values };

const hasOneOf = (terms: readonly string[]): Condition => ({
  sql: `EXISTS (SELECT 1 FROM downloadable_term t WHERE t.term IN (${marks(terms)}) AND t.sort_date = d.sort_date AND t.downloadable_id = d.id)`,
  parameters: terms,
});

import type { CursorValue } from '../kernel/pagination.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../kernel/pagination.js';
import type { Database } from './database.js';
import { findByIds } from './entity-rows.js';
import { keysetClause, type KeysetOrder } from './keyset.js';
import type { SqlPart, SqlValue } from './transaction.js';

/** A list of the rows of one table in one order, each reading along one index. */
export interface KeysetList<Row extends { readonly id: string }> {
  /** Names the order in cursors: one of another order is refused. */
  readonly name: string;
  readonly table: string;
  readonly entity: new () => Row;
  readonly order: KeysetOrder;
  /** The values of the order's columns, as the database has them. */
  readonly cursorOf: (row: Row) => readonly CursorValue[];
}

/** What no condition can tell: rows are read with some columns and judged one by one. */
export interface Sieve {
  readonly columns: readonly string[];
  readonly isFound: (row: Readonly<Record<string, string>>) => boolean;
  /** Rows that are looked through at most. */
  readonly most: number;
}

export interface KeysetQuery {
  readonly args: ForwardPageArgs;
  readonly where: SqlPart;
  readonly sieve?: Sieve | null;
}

/** One page of a list and its count, in three statements. @throws PublicFault BAD_USER_INPUT, also for the cursor of another list */
export async function readKeysetList<Row extends { readonly id: string }>(
  database: Database,
  list: KeysetList<Row>,
  { args, where, sieve = null }: KeysetQuery,
): Promise<Connection<Row>> {
  const page = readPage(args, { name: list.name, width: list.order.columns.length });
  const keyset = keysetClause(list.order, page.cursor);
  const scope = { ...list, where, orderBy: keyset.orderBy, sieve };
  const ids = await readIds(database, scope, { sql: keyset.where, parameters: keyset.parameters, most: page.size + 1 });
  const total = sieve
    ? (await readIds(database, scope, { sql: '1 = 1', parameters: [], most: COUNT_CAP + 1 })).length
    : await countRows(database, list.table, where);
  const known = new Map((await findByIds(database, list.entity, ids)).map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => known.get(id) ?? []);
  return connectionOf(page, rows, list.cursorOf, capCount(total));
}

interface Scope {
  readonly table: string;
  readonly where: SqlPart;
  readonly orderBy: string;
  readonly sieve: Sieve | null;
}

async function readIds(database: Database, scope: Scope, from: SqlPart & { readonly most: number }): Promise<readonly string[]> {
  const { table, where, orderBy, sieve } = scope;
  const columns = ['id', ...(sieve?.columns ?? [])].join(', ');
  const parameters: readonly SqlValue[] = [...from.parameters, ...where.parameters, sieve?.most ?? from.most];
  const rows = await database.query<Readonly<Record<string, string>>>(
    `SELECT ${columns} FROM ${table} WHERE ${from.sql} AND ${where.sql} ORDER BY ${orderBy} LIMIT ?`,
    parameters,
  );
  const found = sieve ? rows.filter((row) => sieve.isFound(row)).slice(0, from.most) : rows;
  return found.map(({ id = '' }) => id);
}

async function countRows(database: Database, table: string, { sql, parameters }: SqlPart): Promise<number> {
  const [row] = await database.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM ${table} WHERE ${sql} LIMIT ?) AS counted`,
    [...parameters, COUNT_CAP + 1],
  );
  return Number(row?.total ?? 0);
}

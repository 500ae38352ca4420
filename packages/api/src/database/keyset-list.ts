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

/** Conditions of which each row meets one at most: along an index, each is read by itself, and their rows are merged. */
export interface Split {
  readonly each: readonly SqlPart[];
  /** Whether a row meets one of them. */
  readonly either: SqlPart;
}

export interface KeysetQuery {
  readonly args: ForwardPageArgs;
  readonly where: SqlPart;
  /** What must hold besides. Null: nothing. */
  readonly split?: Split | null;
  readonly sieve?: Sieve | null;
}

/** One page of a list and its count, in three statements. @throws PublicFault BAD_USER_INPUT, also for the cursor of another list */
export async function readKeysetList<Row extends { readonly id: string }>(
  database: Database,
  list: KeysetList<Row>,
  { args, where, split = null, sieve = null }: KeysetQuery,
): Promise<Connection<Row>> {
  const page = readPage(args, { name: list.name, width: list.order.columns.length });
  const keyset = keysetClause(list.order, page.cursor);
  const scope = { table: list.table, columns: list.order.columns, where, split, orderBy: keyset.orderBy, sieve };
  const ids = await readIds(database, scope, { sql: keyset.where, parameters: keyset.parameters, most: page.size + 1 });
  const total = sieve
    ? (await readIds(database, scope, { sql: '1 = 1', parameters: [], most: COUNT_CAP + 1 })).length
    : await countRows(database, list.table, split ? both(where, split.either) : where);
  const known = new Map((await findByIds(database, list.entity, ids)).map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => known.get(id) ?? []);
  return connectionOf(page, rows, list.cursorOf, capCount(total));
}

const both = (one: SqlPart, other: SqlPart): SqlPart => ({
  sql: `${one.sql} AND ${other.sql}`,
  parameters: [...one.parameters, ...other.parameters],
});

interface Scope {
  readonly table: string;
  readonly columns: readonly string[];
  readonly split: Split | null;
  readonly where: SqlPart;
  readonly orderBy: string;
  readonly sieve: Sieve | null;
}

async function readIds(database: Database, scope: Scope, from: SqlPart & { readonly most: number }): Promise<readonly string[]> {
  const { sieve, split } = scope;
  const most = sieve?.most ?? from.most;
  const { sql, parameters } = split ? mergedSql(scope, split.each, { ...from, most }) : rowsSql(scope, scope.where, { ...from, most });
  const rows = await database.query<Readonly<Record<string, string>>>(sql, parameters);
  const found = sieve ? rows.filter((row) => sieve.isFound(row)).slice(0, from.most) : rows;
  return found.map(({ id = '' }) => id);
}

type From = SqlPart & { readonly most: number };

function rowsSql({ table, columns, orderBy, sieve }: Scope, where: SqlPart, from: From): SqlPart {
  const read = [...new Set(['id', ...columns, ...(sieve?.columns ?? [])])].join(', ');
  const parameters: readonly SqlValue[] = [...from.parameters, ...where.parameters, from.most];
  return { sql: `SELECT ${read} FROM ${table} WHERE ${from.sql} AND ${where.sql} ORDER BY ${orderBy} LIMIT ?`, parameters };
}

/** The first rows of each condition, and of these the first. SQLite takes 500 parts of a UNION. */
function mergedSql(scope: Scope, each: readonly SqlPart[], from: From): SqlPart {
  const parts = each.map((one) => rowsSql(scope, both(scope.where, one), from));
  const merged = parts.map(({ sql }, index) => `SELECT * FROM (${sql}) AS part${index}`).join(' UNION ALL ');
  const parameters: readonly SqlValue[] = [...parts.flatMap((part) => part.parameters), from.most];
  return { sql: `SELECT * FROM (${merged}) AS merged ORDER BY ${scope.orderBy} LIMIT ?`, parameters };
}

async function countRows(database: Database, table: string, { sql, parameters }: SqlPart): Promise<number> {
  const [row] = await database.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM ${table} WHERE ${sql} LIMIT ?) AS counted`,
    [...parameters, COUNT_CAP + 1],
  );
  return Number(row?.total ?? 0);
}

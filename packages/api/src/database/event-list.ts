import {
  capCount,
  COUNT_CAP,
  encodeCursor,
  readPage,
  type Connection,
  type CursorOrder,
  type Page,
  type PageArgs,
  type TotalCount,
} from '../kernel/pagination.js';
import type { Database } from './database.js';
import { findByIds } from './entity-rows.js';
import type { SqlPart, SqlValue } from './transaction.js';

/** Entries of one index that are looked through for a page when something must hold that the index does not tell. */
export const WINDOW_SIZE = 1_000;
/** Indexes that one request reads at most. */
export const DRIVERS_MAX_COUNT = 24;

/** A log: rows that are read along their ids, which ascend with time. */
export interface EventList<Row extends { readonly id: string }> {
  readonly table: string;
  readonly entity: new () => Row;
}

/** An index of which one value's entries are read, in the order of ids. Null in place of one: all rows. */
export interface EventDriver {
  /** Null: the column is the id itself. */
  readonly index: string | null;
  readonly column: string;
  readonly value: SqlValue;
}

export interface EventQuery {
  /** Whatever one of these has is found; none: nothing is. */
  readonly drivers: readonly (EventDriver | null)[];
  /** What must hold besides; null: nothing. */
  readonly also: SqlPart | null;
  /** The ids from the first on, and before the second. */
  readonly from: string | null;
  readonly before: string | null;
}

interface Window {
  readonly ids: readonly string[];
  /** The last entry that was looked at; null: there are no more. */
  readonly end: string | null;
}

/**
 * One page of a log, newest first: `before` a cursor lies what is newer. Each driver reads a bounded number of entries of its index, and
 * the cursor says how far that went: a page may have fewer entries, or none, and more after it.
 * @throws PublicFault BAD_USER_INPUT, also for the cursor of another list
 */
export async function readEventList<Row extends { readonly id: string }>(
  database: Database,
  list: EventList<Row>,
  { args, query }: { readonly args: PageArgs; readonly query: EventQuery },
): Promise<Connection<Row>> {
  const order: CursorOrder = { name: list.table, width: 1 };
  const page = readPage(args, order);
  const total = await countEvents(database, list, query);
  const found = await readWindows(database, list, { query, cursor: page.cursor?.[0] ?? null, page });
  const ids = found.ids.slice(0, page.size);
  const known = new Map((await findByIds(database, list.entity, ids)).map((row) => [row.id, row]));
  if (page.isBackward) ids.reverse();
  const edges = ids.flatMap((id) => {
    const node = known.get(id);
    return node ? [{ node, cursor: encodeCursor(order, [id]) }] : [];
  });
  const isFull = found.ids.length > page.size;
  const end = isFull || found.end === null ? (edges.at(page.isBackward ? 0 : -1)?.cursor ?? null) : encodeCursor(order, [found.end]);
  const pageInfo = placesOf(page, { edges, end, hasMore: isFull || found.end !== null });
  return { edges, nodes: edges.map(({ node }) => node), pageInfo, ...total };
}

/** The ids of a log's entries after a cursor, newest first, a batch at a time: for whoever reads all of them. */
export async function* eachEventId<Row extends { readonly id: string }>(
  database: Database,
  list: EventList<Row>,
  query: EventQuery,
): AsyncGenerator<readonly string[]> {
  const page = { size: WINDOW_SIZE / 2, isBackward: false };
  for (let cursor: string | null = null; ;) {
    const found: Window = await readWindows(database, list, { query, cursor, page });
    const ids = found.ids.slice(0, page.size);
    if (ids.length > 0) yield ids;
    cursor = found.ids.length > page.size ? (ids.at(-1) ?? null) : found.end;
    if (cursor === null) return;
  }
}

function placesOf(
  page: Page,
  { edges, end, hasMore }: { edges: readonly { readonly cursor: string }[]; end: string | null; hasMore: boolean },
): Connection<never>['pageInfo'] {
  const [first, last] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return page.isBackward
    ? { hasNextPage: page.cursor !== null, hasPreviousPage: hasMore, startCursor: end ?? first, endCursor: last }
    : { hasNextPage: hasMore, hasPreviousPage: page.cursor !== null, startCursor: first, endCursor: end };
}

interface Reading {
  readonly query: EventQuery;
  readonly cursor: string | null;
  readonly page: Pick<Page, 'size' | 'isBackward'>;
}

/** What all drivers have from the cursor on, as far as each of them has looked. */
async function readWindows<Row extends { readonly id: string }>(
  database: Database,
  list: EventList<Row>,
  { query, cursor, page }: Reading,
): Promise<Window> {
  const most = query.also === null ? page.size + 1 : WINDOW_SIZE;
  const windows = await Promise.all(
    query.drivers
      .slice(0, DRIVERS_MAX_COUNT)
      .map((driver) => readWindow(database, list.table, { query, driver, cursor, most, isBackward: page.isBackward })),
  );
  const ahead = (a: string, b: string): number => (a === b ? 0 : a < b === page.isBackward ? -1 : 1);
  // Past the end of a window its driver may have more: what others have there waits for the next page.
  const end = windows
    .flatMap((window) => window.end ?? [])
    .sort(ahead)
    .at(0);
  const ids = [...new Set(windows.flatMap((window) => window.ids))].sort(ahead);
  return { ids: end === undefined ? ids : ids.filter((id) => ahead(id, end) <= 0), end: end ?? null };
}

interface WindowQuery {
  readonly query: EventQuery;
  readonly driver: EventDriver | null;
  readonly cursor: string | null;
  readonly most: number;
  readonly isBackward: boolean;
}

/** Entries of one index from the cursor on. The index is named: an optimizer that thinks otherwise would read the table. */
async function readWindow(database: Database, table: string, window: WindowQuery): Promise<Window> {
  const { driver, most, isBackward, query } = window;
  const { also } = query;
  const given = boundsOf(window);
  const index = driver?.index == null ? '' : database.dialect === 'mysql' ? `FORCE INDEX (${driver.index})` : `INDEXED BY ${driver.index}`;
  const rows = await database.query<{ id: string; is_found: number | string }>(
    `SELECT id, ${also ? `CASE WHEN ${also.sql} THEN 1 ELSE 0 END` : '1'} AS is_found FROM ${table} ${index}
     WHERE ${given.map(({ sql }) => sql).join(' AND ') || '1 = 1'} ORDER BY id ${isBackward ? 'ASC' : 'DESC'} LIMIT ?`,
    [...(also?.parameters ?? []), ...given.map(({ value }) => value), most],
  );
  const ids = rows.filter((row) => Number(row.is_found) === 1).map(({ id }) => id);
  return { ids, end: rows.length < most ? null : (rows.at(-1)?.id ?? null) };
}

/** One bound at each end: of two, SQLite would take one for the range and read all entries up to the other. */
function boundsOf({ driver, cursor, isBackward, query: { from, before } }: WindowQuery): readonly { sql: string; value: SqlValue }[] {
  const isPast = cursor !== null && isBackward && (from === null || cursor >= from);
  const isShort = cursor !== null && !isBackward && (before === null || cursor < before);
  const bounds: readonly (readonly [string, SqlValue])[] = [
    [`${driver?.column ?? 'id'} = ?`, driver?.value ?? null],
    isPast ? ['id > ?', cursor] : ['id >= ?', from],
    ['id < ?', isShort ? cursor : before],
  ];
  return bounds.flatMap(([sql, value]) => (value === null ? [] : [{ sql, value }]));
}

/** How many there are, as far as one more window than is shown tells. */
async function countEvents<Row extends { readonly id: string }>(
  database: Database,
  list: EventList<Row>,
  query: EventQuery,
): Promise<TotalCount> {
  const found = await readWindows(database, list, { query, cursor: null, page: { size: COUNT_CAP, isBackward: false } });
  return found.end === null ? capCount(found.ids.length) : { totalCount: Math.min(found.ids.length, COUNT_CAP), totalCountCapped: true };
}

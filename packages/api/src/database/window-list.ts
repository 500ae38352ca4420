import {
  capCount,
  COUNT_CAP,
  encodeCursor,
  readPage,
  type Connection,
  type ForwardPageArgs,
  type TotalCount,
} from '../kernel/pagination.js';
import type { Database } from './database.js';
import { findByIds } from './entity-rows.js';
import { fromSqlInstant, toSqlInstant } from './instants.js';
import type { SqlPart } from './transaction.js';

/** Entries of one index that are tested for one page, at most. */
export const WINDOW_SIZE = 1_000;

/** A place in a list: the text by which it is ordered, then the ID. */
export interface Place {
  readonly key: string;
  readonly id: string;
}

/** One index along which a list is read. */
export interface ListDriver {
  /** What stands after FROM; it names the index: an optimizer that thinks otherwise would read the table. */
  readonly from: string;
  /** The columns of the order: by which entries are ordered, and their ID. The same column where they are ordered by ID alone. */
  readonly key: string;
  readonly id: string;
  /** What the index has in front of the order. */
  readonly where: SqlPart;
  /** Where its range begins and ends, in the order of the list; null: nowhere. Behind a place, that is where it begins. */
  readonly begin: SqlPart | null;
  readonly end: SqlPart | null;
  /** What else must hold, tested entry by entry. */
  readonly also: SqlPart;
  /** The order's text of an entry, where it is not the column's. */
  readonly placeOf?: (key: string) => string;
  /** The ranges behind a place, one after the other. By default: the same key and a further ID, then further keys. */
  readonly after?: (place: Place) => readonly SqlPart[];
}

/** A list that is the entries of some indexes in one order; each row is in one of them at most. */
export interface WindowList<Row extends { readonly id: string }> {
  readonly name: string;
  readonly entity: new () => Row;
  readonly isDescending: boolean;
  readonly drivers: readonly ListDriver[];
}

interface Window {
  readonly found: readonly Place[];
  /** How far the driver has looked; null: there is no more. */
  readonly end: Place | null;
}

/**
 * One page and its count. Each driver reads a bounded number of entries of its index, and the cursor says how far that went: a
 * page may have fewer rows, or none, and more after it. @throws PublicFault BAD_USER_INPUT, also for the cursor of another list
 */
export async function readWindowList<Row extends { readonly id: string }>(
  database: Database,
  list: WindowList<Row>,
  args: ForwardPageArgs,
): Promise<Connection<Row>> {
  const page = readPage(args, orderOf(list));
  const [key = '', id = ''] = page.cursor ?? [];
  const window = await readWindows(database, list, page.cursor && { key, id });
  const total = countOf(page.cursor === null ? window : await readWindows(database, list, null));
  const shown = window.found.slice(0, page.size);
  const end = window.found.length > page.size ? (shown.at(-1) ?? null) : window.end;
  return { ...(await connect(database, { list, shown, end, isFirst: page.cursor === null })), ...total };
}

interface Shown<Row extends { readonly id: string }> {
  readonly list: WindowList<Row>;
  readonly shown: readonly Place[];
  /** Where the next page goes on; null: nowhere. */
  readonly end: Place | null;
  readonly isFirst: boolean;
}

async function connect<Row extends { readonly id: string }>(
  database: Database,
  { list, shown, end, isFirst }: Shown<Row>,
): Promise<Omit<Connection<Row>, keyof TotalCount>> {
  const ids = shown.map((place) => place.id);
  const known = new Map((await findByIds(database, list.entity, ids)).map((row) => [row.id, row]));
  const cursorOf = (place: Place): string => encodeCursor(orderOf(list), [place.key, place.id]);
  const edges = shown.flatMap((place) => {
    const node = known.get(place.id);
    return node ? [{ node, cursor: cursorOf(place) }] : [];
  });
  const endCursor = end === null ? (edges.at(-1)?.cursor ?? null) : cursorOf(end);
  const pageInfo = { hasNextPage: end !== null, hasPreviousPage: !isFirst, startCursor: edges[0]?.cursor ?? null, endCursor };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo };
}

const orderOf = ({ name }: { readonly name: string }) => ({ name, width: 2 });

/** How many there are, as far as one window of each driver tells. */
function countOf({ found, end }: Window): TotalCount {
  return end === null ? capCount(found.length) : { totalCount: Math.min(found.length, COUNT_CAP), totalCountCapped: true };
}

/** What all drivers have from a place on, as far as each of them has looked. */
async function readWindows(
  database: Database,
  list: Pick<WindowList<never>, 'drivers' | 'isDescending'>,
  after: Place | null,
): Promise<Window> {
  const windows = await Promise.all(list.drivers.map((driver) => readWindow(database, { driver, after, isDescending: list.isDescending })));
  const ahead = (a: Place, b: Place): number => (list.isDescending ? compare(b, a) : compare(a, b));
  // Past the end of a window its driver may have more: what others have there waits for the next page.
  const end = windows.flatMap((window) => window.end ?? []).sort(ahead)[0] ?? null;
  const found = windows.flatMap((window) => window.found).sort(ahead);
  return { found: end === null ? found : found.filter((place) => ahead(place, end) <= 0), end };
}

const compare = (a: Place, b: Place): number => compareText(a.key, b.key) || compareText(a.id, b.id);
const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

interface Reading {
  readonly driver: ListDriver;
  readonly after: Place | null;
  readonly isDescending: boolean;
}

/** Range by range, so that each is one stretch of the index: of two bounds at one end, SQLite would take one and read all entries up to the other. */
async function readWindow(database: Database, { driver, after, isDescending }: Reading): Promise<Window> {
  const ranges = after === null ? [driver.begin] : (driver.after ?? behind(driver, isDescending))(after);
  const places: (Place & { readonly isFound: boolean })[] = [];
  for (const range of ranges) {
    const most = WINDOW_SIZE - places.length;
    if (most > 0) places.push(...(await readRange(database, { driver, range, isDescending, most })));
  }
  const last = places.length < WINDOW_SIZE ? null : (places.at(-1) ?? null);
  return {
    found: places.filter(({ isFound }) => isFound).map(({ key, id }) => ({ key, id })),
    end: last && { key: last.key, id: last.id },
  };
}

interface RangeReading extends Omit<Reading, 'after'> {
  readonly range: SqlPart | null;
  readonly most: number;
}

async function readRange(database: Database, { driver, range, isDescending, most }: RangeReading) {
  const { from, key, id, also, placeOf } = driver;
  const where = [driver.where, range, driver.end].filter((one) => one !== null);
  const way = isDescending ? 'DESC' : 'ASC';
  const orderBy = key === id ? `${id} ${way}` : `${key} ${way}, ${id} ${way}`;
  const rows = await database.query<{ place_key: string | Date; id: string; is_found: number | string }>(
    `SELECT ${key} AS place_key, ${id} AS id, CASE WHEN ${also.sql} THEN 1 ELSE 0 END AS is_found FROM ${from}
     WHERE ${where.map(({ sql }) => sql).join(' AND ')} ORDER BY ${orderBy} LIMIT ?`,
    [...also.parameters, ...where.flatMap(({ parameters }) => parameters), most],
  );
  return rows.map((row) => ({ key: textOf(row.place_key, placeOf), id: row.id, isFound: Number(row.is_found) === 1 }));
}

/** SQLite answers instants as they were written, with or without milliseconds; mysql2 as a Date. */
function textOf(value: string | Date, placeOf: ListDriver['placeOf']): string {
  if (value instanceof Date) return toSqlInstant(value);
  if (placeOf) return placeOf(value);
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value) ? toSqlInstant(fromSqlInstant(value)) : value;
}

const behind =
  ({ key, id }: ListDriver, isDescending: boolean) =>
  (place: Place): readonly SqlPart[] => {
    const sign = isDescending ? '<' : '>';
    if (key === id) return [{ sql: `${id} ${sign} ?`, parameters: [place.id] }];
    return [
      { sql: `${key} = ? AND ${id} ${sign} ?`, parameters: [place.key, place.id] },
      { sql: `${key} ${sign} ?`, parameters: [place.key] },
    ];
  };

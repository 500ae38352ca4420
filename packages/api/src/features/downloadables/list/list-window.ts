import type { Database } from '../../../database/database.js';
import { keysetClause } from '../../../database/keyset.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Dialect, SqlValue } from '../../../database/transaction.js';
import type { CursorValue } from '../../../kernel/pagination.js';
import type { Downloadable } from '../downloadable.entity.js';
import type { PartsQuery } from './listed-parts.js';
import { residualCondition, sliceCondition, type Residual, type Slice } from './list-conditions.js';

/** How many index entries one request tests at most when a filter has no index of its own (DESIGN.md, section 8.5). */
export const WINDOW_SIZE = 1_000;

/** How many pages' worth of entries is looked at first. */
const NEAR_PAGES = 4;

export type SortColumn = 'sort_date' | 'version_key' | 'created_at';

/** One run along an index. */
export interface WindowQuery {
  readonly column: SortColumn;
  readonly isDescending: boolean;
  readonly cursor: readonly CursorValue[] | null;
  readonly residual: Residual;
  readonly limit: number;
  readonly parts: PartsQuery;
}

/** A place along the index. */
export interface Entry {
  readonly id: string;
  /** The sort column's value. */
  readonly place: string;
}

/** An entry with its release. */
export interface FoundEntry extends Entry {
  readonly row: Downloadable;
}

export interface WindowResult {
  readonly entries: readonly FoundEntry[];
  /** Where the window ended before the index did: the list goes on from there. Null: everything was seen. */
  readonly stoppedAt: Entry | null;
  /** The exact count that was asked for with the page; undefined: it was not, or nothing was found to tell it. */
  readonly total?: number;
}

/** Entries of one or several slices of `downloadable`, merged in order: one index range each. */
export async function readSlices(database: Database, slices: readonly Slice[], query: WindowQuery): Promise<WindowResult> {
  if (slices.length === 0) return { entries: [], stoppedAt: null };
  const residual = residualCondition(query.residual);
  const [only] = slices;
  if (only && slices.length === 1 && !residual) return { ...(await readOneSlice(database, only, query)), stoppedAt: null };
  if (!residual) return readSlicesWithin(database, slices, { query, size: query.limit });
  // Most pages are full of what stands next: the whole window is for those that are not.
  const near = await readSlicesWithin(database, slices, { query, size: NEAR_PAGES * query.limit });
  return near.entries.length === query.limit ? near : readSlicesWithin(database, slices, { query, size: WINDOW_SIZE });
}

/** @param size how many entries of each slice are looked at */
async function readSlicesWithin(
  database: Database,
  slices: readonly Slice[],
  { query, size }: { readonly query: WindowQuery; readonly size: number },
): Promise<WindowResult> {
  const residual = residualCondition(query.residual);
  const parts = slices.map((slice) => slicePart(slice, { ...query, limit: size }, database.dialect));
  const way = query.isDescending ? 'DESC' : 'ASC';
  const union = parts.map((part, index) => `SELECT * FROM (${part.sql}) AS part${index}`).join(' UNION ALL ');
  const tested = residual ? `WHERE ${residual.sql}` : '';
  const window = `SELECT id, place FROM (${union}) AS d ${tested} ORDER BY place ${way}, id ${way} LIMIT ${query.limit}`;
  const found = await readReleases(database, window, {
    query,
    parameters: [...parts.flatMap((part) => part.parameters), ...(residual?.parameters ?? [])],
  });
  if (!residual || size < WINDOW_SIZE || found.entries.length === query.limit) return { ...found, stoppedAt: null };
  return {
    ...found,
    stoppedAt: await windowEnd(database, union, { parameters: parts.flatMap((part) => part.parameters), isDescending: query.isDescending }),
  };
}

/** One range of an index with nothing to test: read as it lies there, with its releases and what they bring along. */
async function readOneSlice(database: Database, slice: Slice, query: WindowQuery): Promise<FoundReleases> {
  const { where, orderBy, parameters } = sliceRange(slice, query, database.dialect);
  const { columns, parameters: ofColumns } = query.parts;
  const rows = await database.query<FoundRow>(
    `SELECT ${releaseColumns(query)}, r.${query.column} AS place${columns} FROM downloadable r
     WHERE ${where} ORDER BY ${orderBy} LIMIT ${query.limit}`,
    [...ofColumns, ...parameters],
  );
  return foundReleases(rows, query);
}

/** Entries under any of some search terms, newest first: the driving index is the term table. */
export async function readTerms(database: Database, terms: readonly string[], query: WindowQuery): Promise<WindowResult> {
  const keyset = keysetClause({ columns: ['sort_date', 'downloadable_id'], isDescending: query.isDescending }, query.cursor);
  const residual = residualCondition(query.residual);
  // Without anything to test, no page needs more of a term than the page itself has.
  const size = residual ? WINDOW_SIZE : query.limit;
  const part = `SELECT downloadable_id AS id, sort_date AS place FROM downloadable_term WHERE term = ? AND ${keyset.where} ORDER BY ${keyset.orderBy} LIMIT ${size}`;
  const union = terms.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ');
  const parameters = terms.flatMap((term) => [term, ...keyset.parameters]);
  const way = query.isDescending ? 'DESC' : 'ASC';
  const found = await readReleases(
    database,
    `SELECT w.id, w.place FROM (${union}) AS w ${residual ? `JOIN downloadable d ON d.id = w.id WHERE ${residual.sql}` : ''}
     ORDER BY w.place ${way}, w.id ${way} LIMIT ${query.limit}`,
    { query, parameters: [...parameters, ...(residual?.parameters ?? [])] },
  );
  if (!residual || found.entries.length === query.limit) return { ...found, stoppedAt: null };
  return { ...found, stoppedAt: await windowEnd(database, union, { parameters, isDescending: query.isDescending }) };
}

/** How many entries stand under any of some terms, as far as to tell whether they are more than a window: then any number above it. */
export async function countRare(database: Database, terms: readonly string[]): Promise<number> {
  const [counted] = await database.query<{ total: number | string }>(`SELECT COUNT(*) AS total FROM (${everyEntry(terms)}) AS w`, terms);
  return Number(counted?.total);
}

/** Entries under any of some terms, in any order: read whole and sorted, so only where they are rare. */
export async function readRareTerms(database: Database, terms: readonly string[], query: WindowQuery): Promise<WindowResult> {
  const keyset = keysetClause({ columns: [`d.${query.column}`, 'd.id'], isDescending: query.isDescending }, query.cursor);
  const residual = residualCondition(query.residual);
  const found = await readReleases(
    database,
    `SELECT d.id, d.${query.column} AS place FROM (${everyEntry(terms)}) AS w JOIN downloadable d ON d.id = w.id
     WHERE ${keyset.where} ${residual ? `AND ${residual.sql}` : ''} ORDER BY ${keyset.orderBy} LIMIT ${query.limit}`,
    { query, parameters: [...terms, ...keyset.parameters, ...(residual?.parameters ?? [])] },
  );
  return { ...found, stoppedAt: null };
}

/** The entries under each of some terms, up to one more than a window. */
function everyEntry(terms: readonly string[]): string {
  const part = `SELECT downloadable_id AS id FROM downloadable_term WHERE term = ? LIMIT ${WINDOW_SIZE + 1}`;
  return terms.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ');
}

function slicePart(slice: Slice, query: WindowQuery, dialect: Dialect): { sql: string; parameters: readonly SqlValue[] } {
  const { where, orderBy, parameters } = sliceRange(slice, query, dialect);
  // What nothing tests need not be carried along.
  const tested = residualCondition(query.residual) ? ', product_id, status, channel, platforms, sort_date' : '';
  return {
    sql: `SELECT id, ${query.column} AS place${tested} FROM downloadable
      WHERE ${where} ORDER BY ${orderBy} LIMIT ${query.limit}`,
    parameters,
  };
}

/** The range of a slice's index from the cursor on. */
function sliceRange(slice: Slice, query: WindowQuery, dialect: Dialect) {
  const { sql, parameters, columns } = sliceCondition(slice, dialect);
  // No two releases of a product have the same version, and no index of a product's versions goes on by id: of a cursor's two values the first decides.
  const isUnique = query.column === 'version_key' && slice.productId !== null && slice.status === null;
  const keyset = keysetClause(
    { columns: isUnique ? [query.column] : [query.column, 'id'], isDescending: query.isDescending },
    query.cursor,
  );
  const fixed = columns.map((column) => `${column} ${query.isDescending ? 'DESC' : 'ASC'}, `).join('');
  return { where: `${sql} AND ${keyset.where}`, orderBy: `${fixed}${keyset.orderBy}`, parameters: [...parameters, ...keyset.parameters] };
}

/** The last entry of a window that was full, or null when the index ended before it. */
async function windowEnd(
  database: Database,
  union: string,
  window: { parameters: readonly SqlValue[]; isDescending: boolean },
): Promise<Entry | null> {
  const way = window.isDescending ? 'DESC' : 'ASC';
  const [end] = await readEntries(
    database,
    `SELECT id, place FROM (${union}) AS w ORDER BY place ${way}, id ${way} LIMIT 1 OFFSET ${WINDOW_SIZE - 1}`,
    window.parameters,
  );
  return end ?? null;
}

interface PlacedRow {
  readonly id: string;
  readonly place: string | Date;
}

/** An instant is given the form that SQL compares with. */
const entryOf = ({ id, place }: PlacedRow): Entry => ({ id, place: place instanceof Date ? toSqlInstant(place) : place });

/** Runs a statement that selects id and place. */
async function readEntries(database: Database, sql: string, parameters: readonly SqlValue[]): Promise<Entry[]> {
  return (await database.query<PlacedRow>(sql, parameters)).map(entryOf);
}

/**
 * The entries of a window that selects id and place, in its order, with their releases: one statement for both. Put in order here: the
 * engine would sort a second time what it has just sorted.
 */
async function readReleases(
  database: Database,
  window: string,
  { query, parameters }: { readonly query: WindowQuery; readonly parameters: readonly SqlValue[] },
): Promise<FoundReleases> {
  const { columns, parameters: ofColumns } = query.parts;
  const rows = await database.query<FoundRow>(
    `SELECT ${releaseColumns(query)}, page.place${columns} FROM (${window}) AS page JOIN downloadable r ON r.id = page.id`,
    [...ofColumns, ...parameters],
  );
  const found = foundReleases(rows, query);
  const sign = query.isDescending ? -1 : 1;
  found.entries.sort((one, other) => sign * (compare(one.place, other.place) || compare(one.id, other.id)));
  return found;
}

/** Places and ids are ASCII: their order is the one that the database has. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type FoundRow = PlacedRow & Readonly<Record<string, unknown>>;

const releaseColumns = ({ parts }: WindowQuery): string => parts.release.columns.map((name) => `r.${name}`).join(', ');

type FoundReleases = Pick<WindowResult, 'total'> & { readonly entries: FoundEntry[] };

function foundReleases(rows: readonly FoundRow[], { parts }: WindowQuery): FoundReleases {
  const entries = rows.map((found) => {
    const row = parts.release.make(found);
    parts.keep(row, found);
    return { ...entryOf(found), row };
  });
  const total = rows[0]?.['total'];
  return { entries, ...(total === undefined ? {} : { total: Number(total) }) };
}

import DataLoader from 'dataloader';
import { In, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import type { LoaderDefinition } from '../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs, type Page } from '../kernel/pagination.js';
import type { Database } from './database.js';
import type { SqlValue } from './transaction.js';

/** Pages that one statement reads: SQLite joins up to 500 selects. */
const PAGES_AT_ONCE = 100;

/** Rows of a table, newest first, in pages. */
export interface OwnedRows<T> {
  readonly name: string;
  readonly table: string;
  readonly entity: EntityTarget<T & { id: string }>;
}

/** One page of the rows of one owner. */
export interface OwnerPage {
  /** SQL that an index answers, for example `share_link_id = ?`. */
  readonly where: string;
  readonly parameters: readonly SqlValue[];
  readonly args: ForwardPageArgs;
}

/** Loads pages of many owners at once: three statements for a hundred of them. The order of a cursor is named like the rows. */
export function ownerPages<T extends { id: string }>(database: Database, rows: OwnedRows<T>): LoaderDefinition<OwnerPage, Connection<T>> {
  // Nothing is remembered: a later mutation of the request reads what an earlier one wrote.
  const options = { cache: false, maxBatchSize: PAGES_AT_ONCE };
  return { name: `${rows.name}Pages`, make: () => new DataLoader((keys) => readAll(database, rows, keys), options) };
}

async function readAll<T extends { id: string }>(
  database: Database,
  rows: OwnedRows<T>,
  keys: readonly OwnerPage[],
): Promise<readonly (Connection<T> | Error)[]> {
  const pages = keys.map(({ args }) => pageOf(args, rows.name));
  const asked = keys.flatMap((key, place) => {
    const page = pages[place];
    return page === undefined || page instanceof Error ? [] : [{ key, place, page }];
  });
  const [found, totals] = await Promise.all([readIds(database, rows.table, asked), countAll(database, rows.table, keys)]);
  const ids = [...found.values()].flat();
  // Every entity here has a column `id`.
  const where = { id: In(ids) } as FindOptionsWhere<T & { id: string }>;
  const known = new Map((ids.length === 0 ? [] : await database.read.findBy(rows.entity, where)).map((row) => [row.id, row]));
  return pages.map((page, place) => {
    if (page instanceof Error) return page;
    const own = (found.get(place) ?? []).flatMap((id) => known.get(id) ?? []);
    return connectionOf<T>(page, own, (row) => [row.id], capCount(totals.get(place) ?? 0));
  });
}

/** A cursor that is not ours is the fault of one page, not of those that are read with it. */
function pageOf(args: ForwardPageArgs, name: string): Page | Error {
  try {
    return readPage(args, { name, width: 1 });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

interface Asked {
  readonly key: OwnerPage;
  readonly place: number;
  readonly page: Page;
}

async function readIds(database: Database, table: string, asked: readonly Asked[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>();
  if (asked.length === 0) return found;
  const parts = asked.map(({ key, place, page }) => {
    const [cursor] = page.cursor ?? [];
    const after = cursor === undefined ? '' : ' AND id < ?';
    return {
      sql: `SELECT * FROM (SELECT ${place} AS place, id FROM ${table} WHERE ${key.where}${after} ORDER BY id DESC LIMIT ${page.size + 1}) AS p${place}`,
      parameters: [...key.parameters, ...(cursor === undefined ? [] : [cursor])],
    };
  });
  const rows = await database.query<{ place: number; id: string }>(
    parts.map((part) => part.sql).join(' UNION ALL '),
    parts.flatMap((part) => part.parameters),
  );
  for (const { place, id } of rows) found.set(Number(place), [...(found.get(Number(place)) ?? []), id]);
  // ULIDs are ASCII: JavaScript sorts them as the databases do.
  for (const ids of found.values()) ids.sort().reverse();
  return found;
}

async function countAll(database: Database, table: string, keys: readonly OwnerPage[]): Promise<ReadonlyMap<number, number>> {
  const sql = keys.map(
    ({ where }, place) =>
      `SELECT ${place} AS place, COUNT(*) AS total FROM (SELECT 1 AS one FROM ${table} WHERE ${where} LIMIT ${COUNT_CAP + 1}) AS c${place}`,
  );
  const rows = await database.query<{ place: number; total: number }>(
    sql.join(' UNION ALL '),
    keys.flatMap(({ parameters }) => parameters),
  );
  return new Map(rows.map(({ place, total }) => [Number(place), Number(total)]));
}

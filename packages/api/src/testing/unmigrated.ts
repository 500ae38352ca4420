import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../app/foundation/entities.js';
import { openMysql, openSqlite, type Opening } from '../database/connection/data-sources.js';
import type { Database } from '../database/database.js';
import { makeEmptyMysql } from './databases.js';

/** A place for a database that nothing has migrated yet. */
export interface UnmigratedPlace {
  /** Opens it as a start does, by all migrations or by those given; closed with `drop`. */
  open(steps?: Opening['steps']): Promise<Database>;
  drop(): Promise<void>;
}

async function makeSqlitePlace(): Promise<UnmigratedPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-unmigrated-'));
  return placeOf(
    (opening) => openSqlite(folder, ENTITIES, opening),
    () => rm(folder, { recursive: true, force: true }),
  );
}

async function makeMysqlPlace(): Promise<UnmigratedPlace> {
  const { url, drop } = await makeEmptyMysql();
  return placeOf((opening) => openMysql(url, ENTITIES, opening), drop);
}

function placeOf(openWith: (opening: Opening) => Promise<Database>, remove: () => Promise<void>): UnmigratedPlace {
  const opened: Database[] = [];
  return {
    open: async (steps) => {
      const database = await openWith(steps ? { steps } : {});
      opened.push(database);
      return database;
    },
    drop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await remove();
    },
  };
}

/** One place per engine; MariaDB where TEST_DATABASE_URL names a server. */
export const UNMIGRATED_PLACES = [
  { name: 'SQLite', isAvailable: true, make: makeSqlitePlace },
  { name: 'MariaDB', isAvailable: process.env['TEST_DATABASE_URL'] !== undefined, make: makeMysqlPlace },
] as const;

/** Customers as somebody's installation has them. @returns their names */
export async function fillCustomers(database: Database, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `Zoë O'Brien ${index}`);
  const rows = names.map((name, index) => [String(index).padStart(26, '0'), name, `zoe.${index}@north-star.example`]);
  const values = rows.map(() => `(?, ?, NULL, ?, ?, '2026-01-01', '2026-01-01')`).join(', ');
  await database.transaction((tx) =>
    tx.execute(
      `INSERT INTO customer (id, name, company, email, email_key, created_at, updated_at) VALUES ${values}`,
      rows.flatMap(([id = '', name = '', email = '']) => [id, name, email, email]),
    ),
  );
  return names;
}

/** What would have to change for the tables to be what the entities say. */
export async function driftOf({ writer }: Database): Promise<readonly string[]> {
  const { upQueries } = await writer.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

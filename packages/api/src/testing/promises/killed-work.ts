import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../database/database.js';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';
import type { ServerPlace } from './places.js';

/** Of 5 ms each. */
const MOST_WAITS = 60_000;

export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    if (await isSo()) return;
    await delay(5);
  }
  throw new Error(`It never came to this: ${what}.`);
}

export const countOf = async (database: Database, sql: string): Promise<number> =>
  Number((await database.query<{ total: number | string }>(`SELECT COUNT(*) AS total FROM ${sql}`))[0]?.total ?? 0);

/** What a killed process had leased is due again, as it is a minute later. */
export const freeLeases = (database: Database): Promise<number> =>
  database.transaction((tx) =>
    tx.execute(`UPDATE job SET lease_until = '2020-01-01 00:00:00.000' WHERE finished_at IS NULL AND lease_until IS NOT NULL`),
  );

export async function startAt(place: ServerPlace): Promise<ServerProcess> {
  const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
  await server.start();
  return server;
}

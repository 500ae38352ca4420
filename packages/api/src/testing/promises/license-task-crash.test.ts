import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { freePort } from '../free-port.js';
import { makeProduct } from '../make.js';
import { insertManyCustomers } from '../many-customers.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';

/** 5,000 licenses in `pnpm prove`. */
const LICENSES = process.env['PROVE'] ? 5_000 : 400;
const KILLS = 3;
/** Of 5 ms each. */
const MOST_WAITS = 60_000;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    if (await isSo()) return;
    await delay(5);
  }
  throw new Error(`It never came to this: ${what}.`);
}

const countOf = async (database: Database, sql: string): Promise<number> =>
  Number((await database.query<{ total: number | string }>(`SELECT COUNT(*) AS total FROM ${sql}`))[0]?.total ?? 0);

/** What a killed process had leased is due again, as it is a minute later. */
const freeLeases = (database: Database): Promise<number> =>
  database.transaction((tx) =>
    tx.execute(`UPDATE job SET lease_until = '2020-01-01 00:00:00.000' WHERE finished_at IS NULL AND lease_until IS NOT NULL`),
  );

async function startAt(place: ServerPlace): Promise<ServerProcess> {
  const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
  await server.start();
  return server;
}

describe.each(SERVER_PLACES)('a change of many licenses on $name', ({ make }) => {
  it(`of ${LICENSES} licenses, killed ${KILLS} times, extends each once and tells it`, async () => {
    const place = await make();
    let server = await startAt(place);
    const { id: productId } = await makeProduct(await signInFirstAdmin(server));
    const database = await place.open();
    await insertManyCustomers(database, productId, { count: LICENSES, emailOf: (index) => `person-${index}@customer.example` });
    await database.transaction((tx) => tx.execute(`UPDATE license SET expires_at = '2030-01-31 10:00:00.000'`));
    const input = { action: 'EXTEND', months: 1, filter: { productId } };
    const { task } = await (await signInFirstAdmin(server)).run<{ task: { id: string } }>('changeLicenses', input, 'task { id }');
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until(
        'more are changed',
        async () => (await countOf(database, `license_task_item WHERE state = 'CHANGED'`)) >= (kill * LICENSES) / (2 * KILLS),
      );
      await server.kill('SIGKILL');
      await freeLeases(database);
      server = await startAt(place);
    }
    await until('it is done', async () => (await countOf(database, `license_task WHERE state = 'DONE'`)) === 1);
    const tallies = await database.query('SELECT total, changed, unchanged, failed FROM license_task WHERE id = ?', [task.id]);
    expect(tallies).toMatchObject([{ total: LICENSES, changed: LICENSES, unchanged: 0, failed: 0 }]);
    expect(await countOf(database, `license WHERE expires_at = '2030-02-28 23:59:59.999'`)).toBe(LICENSES);
    expect(await countOf(database, `audit_event WHERE action = 'license.update'`)).toBe(LICENSES);
    await server.kill('SIGTERM');
    await database.close();
    await place.drop();
  });
});

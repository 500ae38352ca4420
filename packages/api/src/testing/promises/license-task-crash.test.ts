import { describe, expect, it } from 'vitest';
import { makeProduct } from '../make.js';
import { insertManyCustomers } from '../many-customers.js';
import { countOf, freeLeases, startAt, until } from './killed-work.js';
import { SERVER_PLACES, signInFirstAdmin } from './places.js';

/** 5,000 licenses in `pnpm prove`. */
const LICENSES = process.env['PROVE'] ? 5_000 : 400;
const KILLS = 3;

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

import type { QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../database/database.js';
import { untilOver, writeAnnouncement } from '../../../testing/announcement-world.js';
import { TEST_SETUPS } from '../../../testing/harness.js';
import { makeProduct, makePublished } from '../../../testing/make.js';
import { insertManyCustomers } from '../../../testing/many-customers.js';

/** 100,000 in `pnpm prove`. */
const LICENSES = process.env['PROVE'] ? 100_000 : 400;
const LOCKED_MOST = 50;
/** What a statement that locks reads on the way it locks, and so it does what it writes. */
const HANDLED = `SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_first', 'Handler_read_key', 'Handler_read_last', 'Handler_read_next',
  'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_rnd_next', 'Handler_write')`;
const LOCKS = /^\s*(?:INSERT|UPDATE|DELETE)|FOR UPDATE/;

type Query = (sql: string) => Promise<unknown>;

async function countHandled(query: Query): Promise<number> {
  const rows = (await query(HANDLED)) as readonly { Value: string }[];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

/** The most rows that one statement about announcements handled on MariaDB while it locked, and changed on either. */
function watchStatements({ writer, dialect }: Database) {
  const original = writer.createQueryRunner.bind(writer);
  const most = { locked: 0, changed: 0 };
  writer.createQueryRunner = (mode) => {
    const runner: QueryRunner = original(mode);
    const query = runner.query.bind(runner);
    runner.query = async (sql: string, parameters?: unknown[], isStructured?: boolean) => {
      const isWatched = sql.includes('announcement') && LOCKS.test(sql);
      const isCounted = isWatched && dialect === 'mysql';
      // What asking adds by itself is taken off.
      const [first, before] = isCounted ? [await countHandled(query), await countHandled(query)] : [0, 0];
      const result: unknown = await query(sql, parameters, isStructured as true);
      if (isCounted) most.locked = Math.max(most.locked, (await countHandled(query)) - before - (before - first));
      const { affected } = (result ?? {}) as { affected?: number };
      if (isWatched) most.changed = Math.max(most.changed, affected ?? 0);
      return result as never;
    };
    return runner;
  };
  return { most, stop: () => void (writer.createQueryRunner = original) };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an announcement to many on $name', ({ start }) => {
  it(
    `to ${LICENSES.toLocaleString('en')} licenses never locks more than ${LOCKED_MOST} rows in a statement`,
    { timeout: 3_600_000 },
    async () => {
      const harness = await start();
      const { id: productId } = await makeProduct(harness.admin);
      const release = await makePublished(harness, { productId });
      await insertManyCustomers(harness.database, productId, { count: LICENSES, emailOf: (index) => `person-${index}@customer.example` });
      const id = await writeAnnouncement(harness.admin, release.id);
      const watch = watchStatements(harness.database);
      await harness.admin.run('sendAnnouncement', { id }, 'announcement { state }');
      const over = await untilOver(harness, id);
      watch.stop();
      expect(over).toMatchObject({ state: 'SENT', judged: LICENSES, mailed: LICENSES, waiting: 0, leftOut: 0 });
      expect(watch.most.changed).toBeLessThanOrEqual(LOCKED_MOST);
      expect(watch.most.locked).toBeLessThanOrEqual(LOCKED_MOST);
      // It was really counted.
      if (harness.database.dialect === 'mysql') expect(watch.most.locked).toBeGreaterThan(0);
      await harness.close();
    },
  );
});

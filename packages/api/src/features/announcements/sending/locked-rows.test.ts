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
const LOCKED = 'SELECT trx_rows_locked AS locked FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = CONNECTION_ID()';

/** The most rows that one statement of a transaction locked on MariaDB, and changed on either. */
function watchStatements({ writer, dialect }: Database): {
  readonly most: () => { locked: number; changed: number };
  readonly stop: () => void;
} {
  const original = writer.createQueryRunner.bind(writer);
  const most = { locked: 0, changed: 0 };
  writer.createQueryRunner = (mode) => {
    const runner: QueryRunner = original(mode);
    const query = runner.query.bind(runner);
    let before = 0;
    runner.query = async (sql: string, parameters?: unknown[], isStructured?: boolean) => {
      const result: unknown = await query(sql, parameters, isStructured as true);
      const { affected } = (result ?? {}) as { affected?: number };
      if (/announcement/.test(sql)) most.changed = Math.max(most.changed, affected ?? 0);
      if (dialect === 'mysql' && runner.isTransactionActive) before = await note(query, { sql, before, most });
      else before = 0;
      return result as never;
    };
    return runner;
  };
  return { most: () => most, stop: () => void (writer.createQueryRunner = original) };
}

interface Noted {
  readonly sql: string;
  readonly before: number;
  readonly most: { locked: number };
}

async function note(query: (sql: string) => Promise<unknown>, { sql, before, most }: Noted): Promise<number> {
  const [row] = (await query(LOCKED)) as readonly { locked: number | string }[];
  const locked = Number(row?.locked ?? 0);
  if (/announcement/.test(sql)) most.locked = Math.max(most.locked, locked - before);
  return locked;
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
      expect(watch.most().changed).toBeLessThanOrEqual(LOCKED_MOST);
      expect(watch.most().locked).toBeLessThanOrEqual(LOCKED_MOST);
      // It was really counted.
      if (harness.database.dialect === 'mysql') expect(watch.most().locked).toBeGreaterThan(0);
      await harness.close();
    },
  );
});

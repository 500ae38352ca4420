import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Setting } from '../features/settings/setting.entity.js';
import { TEST_DIALECTS, type TestDatabase } from '../testing/databases.js';

const INSERT = `INSERT INTO setting (name, value, updated_at, saved_by_kind, saved_by) VALUES ('timeZone', '"UTC"', '2026-01-01 00:00:00.000', 'SYSTEM', NULL)`;

/** Where everybody holds a connection and waits for a lock, whoever has the lock must not need another connection to let it go. */
describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))(
  'a transaction on $name that has the only connection',
  ({ create }) => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await create(1);
    });
    afterAll(() => test.drop());

    const countSettings = async () => (await test.database.query('SELECT name FROM setting')).length;

    it('lets what it calls read, with what it has written itself', async () => {
      const found = await test.database.transaction(async (tx) => {
        await tx.execute(INSERT);
        return [await countSettings(), await test.database.read.count(Setting)];
      });
      expect(found).toEqual([1, 1]);
    });

    it('refuses to begin another one, which would wait for it for ever', async () => {
      const { database } = test;
      const nested = [() => database.transaction((tx) => tx.execute(INSERT)), () => database.execute(INSERT, [])];
      for (const begin of nested) await expect(database.transaction(begin)).rejects.toThrow('A transaction is open');
    });

    it('leaves nothing behind for work that began in it and goes on after it', async () => {
      let goOn = (): void => undefined;
      const over = new Promise<void>((resolve) => (goOn = resolve));
      const { later } = await test.database.transaction(async (tx) => {
        await tx.execute(`DELETE FROM setting`);
        return { later: over.then(countSettings) };
      });
      goOn();
      expect(await later).toBe(0);
    });
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../testing/databases.js';
import type { Database } from './database.js';

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the schema on $name', ({ create, migrate }) => {
  describe('after every migration', () => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await migrate();
    });
    afterAll(() => test.drop());

    it('is exactly what the entities say', async () => {
      const drift = await test.database.writer.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map((query) => query.query)).toEqual([]);
    });

    it('is also what every other test has, whose database is a copy', async () => {
      const copied = await create();
      expect(await contentsOf(copied.database)).toEqual(await contentsOf(test.database));
      await copied.drop();
    });
  });
});

/** Each table, index and constraint as the engine tells it, and the migrations that are written down as done. */
async function contentsOf(database: Database): Promise<unknown[]> {
  const migrations = await database.query('SELECT timestamp, name FROM migrations ORDER BY timestamp');
  expect(migrations.length).toBeGreaterThan(0);
  if (database.dialect === 'sqlite') return [migrations, await database.query('SELECT type, name, sql FROM sqlite_master ORDER BY name')];
  const tables = await database.query<Record<string, string>>('SHOW TABLES');
  const shown = tables.map((table) => database.query(`SHOW CREATE TABLE ${Object.values(table)[0]}`));
  return [migrations, await Promise.all(shown)];
}

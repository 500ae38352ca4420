import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../testing/databases.js';

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the schema on $name', ({ create }) => {
  describe('after every migration', () => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await create();
    });
    afterAll(() => test.drop());

    it('is exactly what the entities say', async () => {
      const drift = await test.database.writer.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map((query) => query.query)).toEqual([]);
    });
  });
});

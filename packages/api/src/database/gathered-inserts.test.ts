import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../kernel/ids.js';
import { countStatements } from '../testing/count-statements.js';
import { TEST_DIALECTS, type TestDatabase } from '../testing/databases.js';
import { GatheredInserts, type NewRow } from './gathered-inserts.js';

const COLUMNS = ['id', 'at', 'product_id', 'downloadable_id', 'asset_id', 'is_counted', 'source'];
const rowOf = (source: string, changed: Partial<NewRow> = {}): NewRow => ({
  id: newId(),
  at: '2026-01-01 00:00:00.000',
  product_id: 'p',
  downloadable_id: 'd',
  asset_id: 'a',
  is_counted: false,
  source,
  ...changed,
});

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('rows that are inserted together on $name', ({ create }) => {
  let test: TestDatabase;
  let inserts: GatheredInserts;
  beforeAll(async () => {
    test = await create();
    inserts = new GatheredInserts(test.database, 'download_event', COLUMNS);
  });
  afterAll(() => test.drop());

  const idsOf = async (source: string): Promise<string[]> =>
    (await test.database.query<{ id: string }>('SELECT id FROM download_event WHERE source = ? ORDER BY id', [source])).map(({ id }) => id);

  it('are each there once when their caller goes on, by few statements', async () => {
    const rows = Array.from({ length: 250 }, () => rowOf('MANY'));
    const statements = await countStatements(
      test.database,
      () =>
        Promise.all(
          rows.map(async (row) => {
            await inserts.add(row);
            expect(await idsOf('MANY')).toContain(row.id);
          }),
        ),
      test.database.writer,
    );
    expect(await idsOf('MANY')).toEqual(rows.map(({ id }) => id));
    const looks = test.database.reader === test.database.writer ? rows.length : 0;
    // The first alone, then 100, 100 and the rest.
    expect(statements - looks).toBe(4);
  });

  it('fail each by itself: one that cannot be stored takes none with it', async () => {
    const rows = Array.from({ length: 20 }, (_, place) => rowOf('MIXED', place === 7 ? { product_id: null } : {}));
    const outcomes = await Promise.allSettled(rows.map((row) => inserts.add(row)));
    expect(outcomes.map(({ status }) => status)).toEqual(rows.map((row) => (row['product_id'] === null ? 'rejected' : 'fulfilled')));
    expect(await idsOf('MIXED')).toEqual(rows.filter((row) => row['product_id'] !== null).map(({ id }) => id));
  });

  it('are not for what may be undone: others who share the insert keep theirs', async () => {
    const { database } = test;
    await expect(database.rehearse(() => inserts.add(rowOf('UNDONE')))).rejects.toThrow('in its own transaction');
    await expect(database.transaction(() => inserts.add(rowOf('UNDONE')))).rejects.toThrow('in its own transaction');
    expect(await idsOf('UNDONE')).toEqual([]);
  });

  it('one that is alone and cannot be stored says so, and the next one is stored', async () => {
    await expect(inserts.add(rowOf('ALONE', { product_id: null }))).rejects.toThrow(/null/i);
    const next = rowOf('ALONE');
    await inserts.add(next);
    expect(await idsOf('ALONE')).toEqual([next.id]);
  });
});

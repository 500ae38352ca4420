import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTITIES } from '../app/foundation/entities.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeLicense, makeProduct, makePublished } from '../testing/make.js';
import { joinedReading, readingOf } from './entity-rows.js';

type Rows = Readonly<Record<string, unknown>>;

/** What both give is put in one order: neither promises any. */
const ordered = (rows: readonly object[]): readonly string[] => rows.map((row) => JSON.stringify(row)).toSorted();

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('entities that are made of rows on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin);
    const { file } = await makePublished(harness, { productId });
    const { client, customerId } = await makeLicense(harness, { productId, expiresAt: '2030-01-01T00:00:00.000Z', channels: ['stable'] });
    await client.fetch(`/d/${file.id}/${file.fileName}`);
    await harness.makeUser('CUSTOMER', { customerId });
    await harness.settle();
  });
  afterAll(() => harness.close());

  it('are those that TypeORM finds, of every table, alone, joined and by prepared statements', async () => {
    const { database } = harness;
    const filled: string[] = [];
    for (const entity of ENTITIES as (new () => object)[]) {
      const { table, columns, make } = readingOf(database, entity);
      const { select, make: makeJoined } = joinedReading(database, entity, { alias: 'x' });
      const found = await database.read.find(entity);
      const alone = await database.query<Rows>(`SELECT ${columns.join(', ')} FROM ${table}`);
      const prepared = await database.queryPrepared<Rows>(`SELECT ${columns.join(', ')} FROM ${table} WHERE 'a' = ?`, ['a']);
      const joined = await database.query<Rows>(`SELECT ${select} FROM ${table} x`);
      expect(ordered(alone.map(make)), entity.name).toEqual(ordered(found));
      expect(ordered(prepared.map(make)), entity.name).toEqual(ordered(found));
      expect(ordered(joined.map(makeJoined)), entity.name).toEqual(ordered(found));
      expect(alone.map(make).every((row) => row instanceof entity)).toBe(true);
      if (found.length > 0) filled.push(entity.name);
    }
    expect(filled.length).toBeGreaterThan(20);
    expect(filled).toEqual(expect.arrayContaining(['Downloadable', 'Revision', 'License', 'DownloadEvent', 'ProductChannel', 'Session']));
  });
});

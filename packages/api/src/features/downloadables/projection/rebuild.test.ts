import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makePublished } from '../../../testing/make.js';
import { rebuildReleases } from './rebuild.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('rebuilding what lists read on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const read = (sql: string): Promise<unknown[]> => harness.database.query(sql);
  const derived = async (): Promise<unknown[]> => [
    await read('SELECT term, sort_date, downloadable_id FROM downloadable_term ORDER BY downloadable_id, term'),
    await read('SELECT product_id, channel, platform, version_key, downloadable_id FROM release_target ORDER BY version_key'),
    await read('SELECT id, name, channel, sort_date, changelog_excerpt, asset_count, platforms FROM downloadable ORDER BY id'),
    await read('SELECT product_id, status, total FROM downloadable_counter ORDER BY product_id, status'),
  ];

  it('brings back what another version did not write, and changes nothing that is right', async () => {
    for (const version of ['1.0.0', '1.1.0-beta.1']) await makePublished(harness, { version, changelog: 'Faster start' });
    const before = await derived();
    await harness.database.transaction(async (tx) => {
      await tx.execute(`DELETE FROM downloadable_term WHERE term LIKE ':%' OR term = 'faster'`);
      await tx.execute('DELETE FROM release_target');
      await tx.execute(`UPDATE downloadable SET platforms = '', asset_count = 0`);
    });
    expect(await derived()).not.toEqual(before);
    const reported: number[] = [];
    expect(await rebuildReleases(harness.database, (done) => reported.push(done))).toBe(2);
    expect(reported).toEqual([2]);
    expect(await derived()).toEqual(before);
    await rebuildReleases(harness.database);
    expect(await derived()).toEqual(before);
  });
});

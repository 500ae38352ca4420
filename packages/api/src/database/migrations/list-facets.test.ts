import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile } from '../../testing/make.js';
import { ListFacets1763760000000 } from './1763760000000-list-facets.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the migration to filters as terms on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const facets = (): Promise<unknown[]> =>
    harness.database.query(
      `SELECT term, sort_date, downloadable_id FROM downloadable_term WHERE term LIKE ':%' ORDER BY term, downloadable_id`,
    );

  it('writes what each change of a release writes', async () => {
    const beta = await makeDraft(harness.admin, { version: '2.0.0-beta.1' });
    for (const fileName of ['app-linux-x64.tar.gz', 'app-windows-x64.exe']) await makeFile(harness, beta.id, { fileName });
    await makeDraft(harness.admin);
    const written = await facets();
    await harness.database.transaction((tx) => tx.execute(`DELETE FROM downloadable_term WHERE term LIKE ':%'`));
    const runner = harness.database.writer.createQueryRunner();
    await new ListFacets1763760000000().up(runner);
    await runner.release();
    expect(written).toHaveLength(4);
    expect(await facets()).toEqual(written);
    expect(await harness.database.query(`SELECT term FROM search_term WHERE term LIKE ':%'`)).toEqual([]);
  });
});

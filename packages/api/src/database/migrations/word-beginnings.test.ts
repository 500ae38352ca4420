import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft } from '../../testing/make.js';
import { WordBeginnings1763770000000 } from './1763770000000-word-beginnings.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the migration to beginnings of words on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const written = async (): Promise<unknown[]> => [
    await harness.database.query('SELECT term, sort_date, downloadable_id FROM downloadable_term ORDER BY term, downloadable_id'),
    await harness.database.query('SELECT term FROM search_term ORDER BY term'),
  ];

  it('writes what each change of a release writes', async () => {
    await makeDraft(harness.admin, { version: '3.0.0-rc-1+b5', changelog: 'Undoes 2.4.1 and app.config_file.' });
    await makeDraft(harness.admin, { version: '3.0.0', changelog: 'Nothing with a separator' });
    const before = await written();
    const added = ['2.4', 'app.config', '3.0.0-rc', '3.0.0-rc-1', 'rc'];
    for (const table of ['downloadable_term', 'search_term'])
      await harness.database.transaction((tx) => tx.execute(`DELETE FROM ${table} WHERE term IN (?, ?, ?, ?, ?)`, added));
    expect(await written()).not.toEqual(before);
    const runner = harness.database.writer.createQueryRunner();
    await new WordBeginnings1763770000000().up(runner);
    await runner.release();
    expect(await written()).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildDownloadCounters } from '../../features/downloads/counting/download-counters.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeToken } from '../../testing/make.js';
import { DownloadCounts1763740000000 } from './1763740000000-download-counts.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the migration to download counts on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const read = async (sql: string): Promise<string[]> => {
    const rows = await harness.database.query<Record<string, string | number>>(sql);
    return rows.map((row) => Object.values(row).join(' ')).sort();
  };
  const COUNTERS = 'SELECT scope_id, dimension, day, member, total FROM download_counter';
  const TARGETS = 'SELECT product_id, channel, platform, version_key, downloadable_id FROM release_target';

  it('counts what an older log has, and names its sources, as if it had been counted from the start', async () => {
    const { id, productId } = await makeDraft(harness.admin);
    const main = await makeFile(harness, id, { fileName: 'app-linux-x64.tar.gz' });
    const files = [main, await makeFile(harness, id, { fileName: 'app-linux-x64.tar.gz.sha256.asc' })];
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { status }');
    const license = await makeLicense(harness, { productId });
    const customer = await harness.makeUser('CUSTOMER', { customerId: license.customerId });
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    for (const client of [license.client, customer, token, harness.admin])
      for (const file of files) await client.fetch(`/d/${file.id}/${file.fileName}`, { headers: { 'sec-fetch-site': 'same-origin' } });
    await customer.run('createDownload', { assetId: main.id }, 'download { url }');
    const events = 'SELECT id, source, platform FROM download_event';
    // What the old log told of a key in a link was no more than the link.
    await harness.database.transaction((tx) =>
      tx.execute(`UPDATE download_event SET source = 'PERMALINK' WHERE user_id IS NULL AND token_id IS NULL`),
    );
    // The statistics of that time counted repetitions as well; a rebuild of today leaves them out.
    await harness.database.transaction((tx) => tx.execute('UPDATE download_event SET is_counted = 1'));
    await rebuildDownloadCounters(harness.database, 'UTC');
    const [before, logBefore, targets] = [await read(COUNTERS), await read(events), await read(TARGETS)];
    await takeBack();
    const runner = harness.database.writer.createQueryRunner();
    await new DownloadCounts1763740000000().up(runner);
    await runner.release();
    expect(before.length).toBeGreaterThan(8);
    expect(await read(events)).toEqual(logBefore);
    expect(await read(COUNTERS)).toEqual(before);
    expect(await read(TARGETS)).toEqual(targets);
  });

  async function takeBack(): Promise<void> {
    const { writer, dialect } = harness.database;
    await writer.query('DROP TABLE download_counter');
    await writer.query('DROP TABLE release_target');
    await writer.query(`DROP INDEX ix_license_download_asset${dialect === 'mysql' ? ' ON license_download' : ''}`);
    await writer.query('ALTER TABLE download_event DROP COLUMN platform');
    await writer.query(
      `UPDATE download_event SET source = CASE WHEN id = (SELECT last.id FROM (SELECT MAX(id) AS id FROM download_event) AS last) THEN 'API' ELSE 'PERMALINK' END`,
    );
  }
});

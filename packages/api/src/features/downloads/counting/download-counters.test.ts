import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../database/database.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makePublished, makeToken } from '../../../testing/make.js';
import { rebuildDownloadCounters } from './download-counters.js';

interface CounterRow {
  readonly scope_id: string;
  readonly dimension: string;
  readonly day: string;
  readonly member: string;
  readonly total: number;
}

const readCounters = async (database: Database): Promise<string[]> => {
  const rows = await database.query<CounterRow>('SELECT scope_id, dimension, day, member, total FROM download_counter');
  return rows.map((row) => [row.scope_id, row.dimension, row.day, row.member, Number(row.total)].join(' ')).sort();
};

/** The counters as plain queries over the log tell them. In UTC, the zone of these tests. */
async function countPlainly(database: Database): Promise<string[]> {
  const day = 'SUBSTR(CAST(at AS CHAR), 1, 10)';
  const parts = [
    ...[`''`, 'product_id', 'downloadable_id'].flatMap((scope) => [
      [scope, 'PLATFORM', day, 'platform'],
      [scope, 'SOURCE', day, 'source'],
    ]),
    [`''`, 'VERSION', day, 'downloadable_id'],
    ['product_id', 'VERSION', day, 'downloadable_id'],
    ['downloadable_id', 'FILE', day, 'asset_id'],
    ['downloadable_id', 'FILE', `''`, 'asset_id'],
  ];
  const found = await Promise.all(
    parts.map(([scope, dimension, date, member]) =>
      database.query<CounterRow>(
        `SELECT ${scope} AS scope_id, '${dimension}' AS dimension, ${date} AS day, ${member} AS member, COUNT(*) AS total
         FROM download_event WHERE platform IS NOT NULL AND source <> 'STAFF' AND (license_id IS NULL OR is_counted = 1) GROUP BY 1, 3, 4`,
      ),
    ),
  );
  return found
    .flat()
    .map((row) => [row.scope_id, row.dimension, row.day, row.member, Number(row.total)].join(' '))
    .sort();
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the counters of downloads on $name', ({ start }) => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('count nobody of the staff, neither by link nor by the console', async () => {
    const { file, id } = await makePublished(harness);
    const before = await readCounters(harness.database);
    for (const client of [harness.admin, await harness.makeUser('SUPPORT')]) {
      expect((await client.fetch(`/d/${file.id}/${file.fileName}`)).status).toBe(302);
      await client.run('createDownload', { assetId: file.id }, 'download { url }');
    }
    expect(await readCounters(harness.database)).toEqual(before);
    const events = await harness.database.query('SELECT source FROM download_event WHERE downloadable_id = ?', [id]);
    expect(events).toEqual(Array.from({ length: 4 }, () => ({ source: 'STAFF' })));
  });

  it('lose none of 60 customers who ask for one file three times each at once, and count each once', async () => {
    const { file, id, productId } = await makePublished(harness);
    const licenses = await Promise.all(Array.from({ length: 60 }, () => makeLicense(harness, { productId })));
    const statuses = await Promise.all(
      [...licenses, ...licenses, ...licenses].map(async ({ client }) => (await client.fetch(`/d/${file.id}/${file.fileName}`)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([302]));
    const { downloadable } = await harness.admin.query<{ downloadable: object }>(
      'query($id: ID!) { downloadable(id: $id) { downloadCount customersDownloaded assets { downloadCount } } }',
      { id },
    );
    expect(downloadable).toEqual({ downloadCount: 60, customersDownloaded: 60, assets: [{ downloadCount: 60 }] });
  });

  it('are what the log of downloads says, source by source, and a rebuild writes the same', async () => {
    const { id, productId } = await makeDraft(harness.admin);
    const files = [await makeFile(harness, id), await makeFile(harness, id, { fileName: 'app-linux-x64.tar.gz' })];
    const side = await makeFile(harness, id, { fileName: 'app-linux-x64.tar.gz.sig' });
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { status }');
    const { client: byKey } = await makeLicense(harness, { productId });
    const { client: byApi } = await makeLicense(harness, { productId });
    const { customerId } = await makeLicense(harness, { productId });
    const token = await makeToken(harness.admin, {
      scopes: ['release:read'],
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    });
    for (const hours of [0, 30, 60]) {
      harness.clock.advance({ hours });
      // A session ends before the clock has come to the next round.
      const signedIn = await harness.makeUser('CUSTOMER', { customerId });
      for (const file of [...files, side]) {
        const path = `/d/${file.id}/${file.fileName}`;
        expect((await byKey.fetch(path)).status).toBe(302);
        expect((await signedIn.fetch(path, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(302);
        expect((await token.fetch(path)).status).toBe(302);
        // Again within 24 hours: in the log, and no other download.
        expect((await byKey.fetch(path)).status).toBe(302);
        await byApi.run('createDownload', { assetId: file.id }, 'download { url }');
      }
    }
    const counted = await readCounters(harness.database);
    expect(counted.length).toBeGreaterThan(30);
    expect(counted).toEqual(await countPlainly(harness.database));
    for (const source of ['PORTAL', 'TOKEN', 'PERMALINK', 'LICENSE_KEY'])
      expect(
        counted.filter((row) => row.startsWith(`${productId} SOURCE`) && row.includes(` ${source} `)).map((row) => row.at(-1)),
      ).toEqual(['2', '2', '2']);
    await harness.database.transaction((tx) => tx.execute('UPDATE download_counter SET total = total + 7'));
    await rebuildDownloadCounters(harness.database, 'UTC');
    expect(await readCounters(harness.database)).toEqual(counted);
  });

  it('keep the days before the first one that is counted again, so that the log may forget them', async () => {
    const before = await readCounters(harness.database);
    const days = [...new Set(before.map((row) => row.split(' ').at(-3) ?? ''))].filter((day) => day !== '').sort();
    const from = days.at(-1) ?? '';
    await harness.database.transaction((tx) => tx.execute('DELETE FROM download_event WHERE at < ?', [`${from} 00:00:00.000`]));
    await rebuildDownloadCounters(harness.database, 'UTC', from);
    expect(await readCounters(harness.database)).toEqual(before);
  });
});

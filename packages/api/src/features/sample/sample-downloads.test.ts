import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../database/instants.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeLicense, makeProduct, makePublished } from '../../testing/make.js';
import { createSampleDownloads } from './sample-downloads.js';

const MONTH_MS = 30 * 86_400_000;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the downloads of the sample on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('are such as each license allowed, at all hours of the days that are over', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    await makePublished(harness, { productId, version: '1.0' });
    await makePublished(harness, { productId, version: '1.1-beta.1' });
    const [stable, beta] = [await makeLicense(harness, { productId }), await makeLicense(harness, { productId, channels: ['beta'] })];
    const ended = await makeLicense(harness, { productId, updatesUntil: '2020-01-01' });
    const now = new Date(Date.now() + MONTH_MS);
    await createSampleDownloads({ database: harness.database, clock: { now: () => now } });
    const seen = await harness.database.query<{ license_id: string; version: string }>(
      'SELECT DISTINCT license_id, version FROM download_event ORDER BY version, license_id',
    );
    expect(seen.map((row) => [row.license_id, row.version])).toEqual([
      ...[stable.id, beta.id].toSorted().map((id) => [id, '1.0']),
      [beta.id, '1.1-beta.1'],
    ]);
    expect(seen.map((row) => row.license_id)).not.toContain(ended.id);
    const later = await harness.database.query('SELECT id FROM download_event WHERE at > ?', [toSqlInstant(now)]);
    expect(later).toEqual([]);
    const [times] = await harness.database.query<{ hours: number | string }>(
      'SELECT COUNT(DISTINCT SUBSTR(at, 12, 2)) AS hours FROM download_event',
    );
    expect(Number(times?.hours)).toBeGreaterThan(6);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../database/database.js';
import { newId } from '../../../kernel/ids.js';
import { TEST_DIALECTS, type TestDatabase } from '../../../testing/databases.js';
import { insertManyCustomers } from '../../../testing/many-customers.js';
import { staffContext } from '../../../testing/staff-context.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { AudienceReader } from '../audience/audience-reader.js';
import { ImpactChanges } from './impact-changes.js';
import type { ImpactStep } from './impact.schema.js';
import { ReleaseImpact } from './release-impact.js';

/** As many as a vendor has, in `pnpm prove`. */
const MANY = process.env['PROVE'] ? 100_000 : 3_000;
const PART = 200;
/** Index entries and rows of the licenses of a part, of their downloads, and of the release. */
const ROWS_OF_PART = 6 * PART;

const { actor } = staffContext('release:read', null);

async function insertRelease(database: Database): Promise<{ readonly id: string; readonly productId: string }> {
  const [id, productId] = [newId(), newId()];
  await database.transaction(async (tx) => {
    await tx.execute(
      `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, 'P', 'p', 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
      [productId, productId.toLowerCase()],
    );
    await tx.execute(`INSERT INTO product_channel (product_id, position, name, includes) VALUES (?, 0, 'stable', '')`, [productId]);
    await tx.execute(
      `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, live_revision_id, first_release_date, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
       VALUES (?, ?, '1.0', 'k', 'PUBLISHED', 1, 0, ?, '2026-01-01', '2026-01-01', '2026-01-01', 'stable', '2026-01-01', '', 1, 'LINUX')`,
      [id, productId, newId()],
    );
  });
  return { id, productId };
}

describe.each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))('the impact of a withdrawal on $name', ({ create }) => {
  let test: TestDatabase;
  let releaseId: string;
  beforeAll(async () => {
    test = await create(1);
    const { id, productId } = await insertRelease(test.database);
    releaseId = id;
    await insertManyCustomers(test.database, productId, { count: MANY, emailOf: (index) => `person-${index}@impact.example` });
    if (test.database.dialect === 'mysql') await test.database.query('ANALYZE TABLE license, license_download');
    else await test.database.transaction((tx) => tx.execute('ANALYZE'));
  }, 600_000);
  afterAll(() => test.drop());

  async function step(after: string | null): Promise<ImpactStep> {
    const { database } = test;
    // What the rules read of the settings.
    const settings = { read: () => Promise.resolve({ timeZone: 'UTC' }) } as unknown as SettingsService;
    const judging = { database, settings, clock: { now: () => new Date('2026-06-01') } };
    const audience = new AudienceReader(judging);
    const changes = await new ImpactChanges({ database, audience }).ofRelease(actor, { downloadableId: releaseId, change: 'WITHDRAW' });
    return new ReleaseImpact({ ...judging, audience }).step(changes, { after, list: null, at: null });
  }

  /** Rows that the engine of MariaDB has handed over; SQLite does not tell. */
  async function rowsRead(): Promise<number> {
    if (test.database.dialect === 'sqlite') return 0;
    const rows = await test.database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
    return rows.reduce((sum, row) => sum + Number(row.Value), 0);
  }

  it(`judges each of ${MANY} licenses once, and reads no more for a part than that part has`, async () => {
    const begun = performance.now();
    const costs: number[] = [];
    let judged = 0;
    let after: string | null = null;
    do {
      const before = await rowsRead();
      const part: ImpactStep = await step(after);
      costs.push((await rowsRead()) - before);
      expect(part.total).toBe(MANY);
      judged += part.judged;
      after = part.endCursor;
    } while (after !== null);
    if (process.env['PROVE']) console.info(`${MANY} licenses, ${costs.length} parts: ${Math.round(performance.now() - begun)} ms`);
    const [first = 0, ...others] = costs;
    expect([judged, others.length]).toEqual([MANY, Math.ceil(MANY / PART) - 1]);
    expect(Math.max(...others)).toBeLessThan(ROWS_OF_PART);
    // The first one counts them, an entry of an index each.
    expect(first).toBeLessThan(ROWS_OF_PART + MANY + 1);
  });
});

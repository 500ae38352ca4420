import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/ids.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { staffContext } from '../../testing/staff-context.js';
import { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { OfferedReleases } from '../downloads/access/offered-release.js';
import { ProductLoaders } from '../products/product.loaders.js';
import type { ProductService } from '../products/product.service.js';
import { OwnDownloads } from './own-downloads.js';
import { WhatsNew } from './whats-new.js';
import { versionSortKey, parseVersion } from '@slipway/shared';

const FEW = 100;
const MANY = 4_000;
const context = staffContext('release:read', null);

function keyOf(version: string): string {
  const parsed = parseVersion(version);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return versionSortKey(parsed.value);
}

/** A product with releases on two channels, every second of them on beta, and a customer who downloaded each. */
async function fill(database: Database, slug: string, count: number) {
  const [productId, customerId] = [newId(), newId()];
  await database.transaction(async (tx) => {
    await tx.execute(
      `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
      [productId, slug, slug, slug],
    );
    for (const [position, name] of ['stable', 'beta'].entries())
      await tx.execute('INSERT INTO product_channel (product_id, position, name, includes) VALUES (?, ?, ?, ?)', [
        productId,
        position,
        name,
        name === 'beta' ? 'stable' : '',
      ]);
    for (let index = 1; index <= count; index += 1) {
      const [id, version] = [newId(), `${index}.0`];
      await tx.execute(
        `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, first_release_date, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
         VALUES (?, ?, ?, ?, 'PUBLISHED', 1, 0, '2026-01-01', '2026-01-01', '2026-01-01', ?, '2026-01-01', '', 1, 'LINUX')`,
        [id, productId, version, keyOf(version), index % 2 === 0 ? 'beta' : 'stable'],
      );
      await tx.execute(
        `INSERT INTO download_event (id, at, product_id, downloadable_id, asset_id, customer_id, is_counted, source, platform, version, file_name)
         VALUES (?, '2026-01-01', ?, ?, ?, ?, 1, 'PORTAL', 'LINUX', ?, 'app.deb')`,
        [newId(), productId, id, newId(), customerId, version],
      );
    }
  });
  return { productId, customerId, newest: count };
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('what a page of the portal costs on $name', ({ create }) => {
  let test: TestDatabase;
  let [few, many] = [
    { productId: '', customerId: '', newest: 0 },
    { productId: '', customerId: '', newest: 0 },
  ];
  beforeAll(async () => {
    test = await create(1);
    few = await fill(test.database, 'few', FEW);
    many = await fill(test.database, 'many', MANY);
    if (test.database.dialect === 'mysql') await test.database.query('ANALYZE TABLE downloadable, download_event');
    else await test.database.transaction((tx) => tx.execute('ANALYZE'));
  });
  afterAll(() => test.drop());

  /** Rows that the engine of MariaDB hands over; for SQLite how many of its plans walk a table or sort in memory. */
  async function costOf(work: (database: Database) => Promise<unknown>): Promise<number> {
    const { database } = test;
    if (database.dialect === 'mysql') {
      const read = async (): Promise<number> => {
        const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
        return rows.reduce((sum, row) => sum + Number(row.Value), 0);
      };
      const before = await read();
      await work(database);
      return (await read()) - before;
    }
    let walked = 0;
    const spied = new Proxy(database, {
      get: (target, key) =>
        key === 'query'
          ? async (sql: string, parameters: readonly string[] = []) => {
              const plan = await target.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
              walked += plan.filter(({ detail }) => /SCAN (?:downloadable|download_event)\b/.test(detail)).length;
              return target.query(sql, parameters);
            }
          : Reflect.get(target, key, target),
    });
    await work(spied);
    return walked;
  }

  const whatsNew = (database: Database, { productId, newest }: typeof few) =>
    new WhatsNew({
      database,
      products: { find: async () => ({ id: productId }) } as unknown as ProductService, // which product it is costs the same
      productLoaders: new ProductLoaders(database),
      downloadables: new DownloadableLoaders(database),
      offered: {} as OfferedReleases, // not asked: the end is given
    }).find(context, { productId, since: `${newest - 10}.0`, until: `${newest}.0`, channel: 'beta' });

  it('what is new since a version costs the same among 4,000 releases as among 100', async () => {
    const cost = await costOf((database) => whatsNew(database, many));
    expect(Math.abs(cost - (await costOf((database) => whatsNew(database, few))))).toBeLessThanOrEqual(10);
    expect(cost).toBeLessThan(200);
    expect((await whatsNew(test.database, many))?.releases.nodes).toHaveLength(10);
  });

  it('the last download of a product costs the same after 4,000 downloads as after 100', async () => {
    const last =
      ({ productId, customerId }: typeof few) =>
      (database: Database) => {
        const downloads = new OwnDownloads(database);
        const actor = { kind: 'USER', customerId } as never; // nothing else of an actor says whose downloads they are
        return downloads.lastOfProduct.make({ actor } as never).load(productId);
      };
    const cost = await costOf(last(many));
    expect(Math.abs(cost - (await costOf(last(few))))).toBeLessThanOrEqual(5);
    expect(cost).toBeLessThan(50);
    expect(await last(many)(test.database)).toMatchObject({ version: `${MANY}.0` });
  });
});

import type { Target } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../database/database.js';
import { newId } from '../../../kernel/ids.js';
import { TEST_DIALECTS, type TestDatabase } from '../../../testing/databases.js';
import { rebuildCeilings } from '../../downloadables/projection/version-ceilings.js';
import { walkReleases } from './release-walk.js';

const FEW = 100;
const MANY = 4_000;
const keyOf = (index: number): string => `key-${String(index).padStart(6, '0')}`;

/** Published releases of a product, each with a Windows file and every second with one for Linux; dated a day apart. */
async function fill(database: Database, slug: string, count: number): Promise<string> {
  const productId = newId();
  await database.transaction(async (tx) => {
    await tx.execute(
      `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
      [productId, slug, slug, slug],
    );
    for (let index = 0; index < count; index += 1) {
      const [id, date] = [newId(), new Date(Date.UTC(2010, 0, 1) + index * 86_400_000).toISOString().slice(0, 10)];
      await tx.execute(
        `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, first_release_date, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
         VALUES (?, ?, ?, ?, 'PUBLISHED', 1, 0, ?, '2026-01-01', '2026-01-01', 'stable', ?, '', 1, 'WINDOWS')`,
        [id, productId, `${index}.0`, keyOf(index), date, date],
      );
      for (const platform of index % 2 === 0 ? ['WINDOWS', 'LINUX'] : ['WINDOWS'])
        await tx.execute(
          `INSERT INTO update_target (product_id, platform, architecture, channel, version_key, downloadable_id, first_release_date)
           VALUES (?, ?, 'X64', 'stable', ?, ?, ?)`,
          [productId, platform, keyOf(index), id, date],
        );
    }
    await rebuildCeilings(tx, productId, 'stable');
  });
  return productId;
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the way to the newest release on $name', ({ create }) => {
  let test: TestDatabase;
  let products: { readonly few: string; readonly many: string };
  beforeAll(async () => {
    test = await create(1);
    products = { few: await fill(test.database, 'few', FEW), many: await fill(test.database, 'many', MANY) };
    if (test.database.dialect === 'mysql') await test.database.query('ANALYZE TABLE update_target, version_ceiling, downloadable');
    else await test.database.transaction((tx) => tx.execute('ANALYZE'));
  });
  afterAll(() => test.drop());

  type Bounds = { readonly datedUntil: string | null; readonly versionKeyFrom: string | null; readonly versionKeyUntil: string | null };
  const NOWHERE: Bounds = { datedUntil: null, versionKeyFrom: null, versionKeyUntil: null };
  const LINUX: Target = { platform: 'LINUX', architecture: 'X64' };
  const walkOf = (productId: string, target: Target | null, candidates: Bounds) =>
    walkReleases(test.database, { productId, channels: ['stable', 'rc'], target, versionKeyBelow: null, candidates });

  /** Rows that the engine of MariaDB hands over for the first step; for SQLite what its plan walks without an index. */
  async function costOf(productId: string, candidates: Bounds): Promise<number> {
    const costs: number[] = [];
    const spied = new Proxy(test.database, {
      get: (target, key) =>
        key === 'query'
          ? async (sql: string, parameters: readonly string[] = []) => {
              costs.push(await measured(target, sql, parameters));
              return target.query(sql, parameters);
            }
          : Reflect.get(target, key, target),
    });
    const walk = walkReleases(spied, { productId, channels: ['stable', 'rc'], target: LINUX, versionKeyBelow: null, candidates });
    await walk.next();
    return costs.reduce((sum, cost) => sum + cost, 0);
  }

  async function measured(database: Database, sql: string, parameters: readonly string[]): Promise<number> {
    if (database.dialect === 'sqlite') {
      const plan = await database.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      const details = plan.map(({ detail }) => detail);
      expect(details.filter((detail) => /(?:update_target|version_ceiling) USING/.test(detail)).length).toBeGreaterThan(0);
      return details.filter((detail) => /TEMP B-TREE|SCAN (?:update_target|version_ceiling|downloadable)\b/.test(detail)).length;
    }
    const read = async (): Promise<number> => {
      const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
      return rows.reduce((sum, row) => sum + Number(row.Value), 0);
    };
    const before = await read();
    await database.query(sql, parameters);
    return (await read()) - before;
  }

  it('costs the same among 4,000 releases as among 100', async () => {
    const upTo = (index: number): Bounds => ({ ...NOWHERE, versionKeyUntil: keyOf(index) });
    for (const [few, many] of [
      [NOWHERE, NOWHERE],
      // Of a version that is still to come.
      [
        { ...NOWHERE, versionKeyFrom: keyOf(FEW) },
        { ...NOWHERE, versionKeyFrom: keyOf(MANY) },
      ],
      [upTo(FEW / 2), upTo(MANY / 2)],
    ] as const) {
      const cost = await costOf(products.many, many);
      expect(Math.abs(cost - (await costOf(products.few, few)))).toBeLessThanOrEqual(5);
      expect(cost).toBeLessThan(100);
    }
  });

  it.each([10, MANY / 2, MANY - 20])(
    'begins below what was released after the license’s updates ended, be it %i releases',
    async (newer) => {
      const datedUntil = new Date(Date.UTC(2010, 0, 1) + (MANY - 1 - newer) * 86_400_000).toISOString().slice(0, 10);
      expect(await costOf(products.many, { ...NOWHERE, datedUntil })).toBeLessThan(100);
      const first = await walkOf(products.many, LINUX, { ...NOWHERE, datedUntil }).next();
      const [highest] = await test.database.query<{ id: string }>(
        `SELECT downloadable_id AS id FROM update_target WHERE product_id = ? AND platform = 'LINUX' AND first_release_date <= ?
       ORDER BY version_key DESC LIMIT 1`,
        [products.many, datedUntil],
      );
      expect(first.done ? [] : first.value[0]).toBe(highest?.id);
    },
  );

  it('passes every release of the platforms once, the highest version first', async () => {
    const ids: string[] = [];
    for await (const step of walkOf(products.many, null, NOWHERE)) ids.push(...step);
    const rows = await test.database.query<{ id: string }>('SELECT id FROM downloadable WHERE product_id = ? ORDER BY version_key DESC', [
      products.many,
    ]);
    expect(ids).toEqual(rows.map(({ id }) => id));
    const linux: string[] = [];
    for await (const step of walkOf(products.few, LINUX, { ...NOWHERE, datedUntil: '2010-01-10' })) linux.push(...step);
    expect(linux).toHaveLength(5);
  });

  it('ends where no version is high enough', async () => {
    const versionKeyFrom = keyOf(MANY - 3);
    const ids: string[] = [];
    for await (const step of walkOf(products.many, null, { ...NOWHERE, versionKeyFrom })) ids.push(...step);
    expect(ids).toHaveLength(3);
    for await (const step of walkOf(products.many, null, { ...NOWHERE, versionKeyFrom: keyOf(MANY) })) expect(step).toEqual([]);
  });
});

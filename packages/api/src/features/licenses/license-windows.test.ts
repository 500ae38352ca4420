import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { WINDOW_SIZE } from '../../database/window-list.js';
import { newId } from '../../kernel/ids.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { staffContext } from '../../testing/staff-context.js';
import { LicenseKeys } from './license-keys.js';
import { LicenseList } from './license-list.js';
import { LicenseListArgs, type LicenseFilter } from './license-filter.js';
import { CASES, instant, model, NOW, type Case, type Model } from './license-windows.cases.js';

const LICENSES = 3_000;

const valuesOf = (row: Model, customerId: string): readonly (string | null)[] => [
  row.id,
  customerId,
  row.productId,
  row.id,
  row.status,
  instant(row.startsAt),
  instant(row.expiresAt),
  row.updatesUntil,
  instant(row.lastDownloadAt),
  row.tag,
  row.reference,
  instant(row.createdAt),
];

async function fill(database: Database, rows: readonly Model[]): Promise<void> {
  const customerId = newId();
  await database.transaction(async (tx) => {
    for (const id of new Set(rows.map(({ productId }) => productId)))
      await tx.execute(
        `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, 'P', 'p', 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
        [id, id.toLowerCase()],
      );
    await tx.execute(
      `INSERT INTO customer (id, name, email, email_key, created_at, updated_at) VALUES (?, 'Person', 'p@x.example', 'p@x.example', '2026-01-01', '2026-01-01')`,
      [customerId],
    );
    for (const row of rows) {
      await tx.execute(
        `INSERT INTO license (id, customer_id, product_id, key_hash, key_sealed, key_version, key_hint, status, starts_at, expires_at, expiry_policy, updates_until, channels, platforms, downloads_used, last_download_at, tags, external_reference, created_at, updated_at)
         VALUES (?, ?, ?, ?, '', 1, '', ?, ?, ?, 'REVOKE', ?, 'stable', '', 0, ?, ?, ?, ?, '2026-01-01')`,
        valuesOf(row, customerId),
      );
      if (row.tag) await tx.execute('INSERT INTO license_tag (tag_key, license_id) VALUES (?, ?)', [row.tag.toLowerCase(), row.id]);
    }
  });
  if (database.dialect === 'mysql') await database.query('ANALYZE TABLE license, license_tag');
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('lists of 3,000 licenses on $name', ({ create }) => {
  let test: TestDatabase;
  let rows: readonly Model[];
  const productIds = [newId(), newId(), newId(), newId()];
  const keys = new LicenseKeys(new Secrets('a secret for tests only, of forty characters'));
  beforeAll(async () => {
    test = await create(1);
    rows = Array.from({ length: LICENSES }, (_, index) => model(index, productIds));
    await fill(test.database, rows);
  });
  afterAll(() => test.drop());

  const listIn = (database: Database): LicenseList =>
    new LicenseList({ database, keys, clock: { now: () => NOW }, settings: { read: () => Promise.resolve({ timeZone: 'UTC' }) } });
  const page = (filter: LicenseFilter, after: string | null): LicenseListArgs =>
    Object.assign(new LicenseListArgs(), filter, { first: 100, after });

  async function readAll(filter: LicenseFilter, scope: readonly string[] | null = null): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await listIn(test.database).list(staffContext('license:read', scope), page(filter, after));
      ids.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) return ids;
      after = pageInfo.endCursor;
    }
  }

  function expected({ isMeant, keyOf, isAscending }: Case, scope: readonly string[] | null = null): readonly string[] {
    const text = (row: Model): string => `${keyOf?.(row) ?? ''} ${row.id}`;
    const sorted = rows
      .filter((row) => isMeant(row) && (scope?.includes(row.productId) ?? true))
      .toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
    return (isAscending ? sorted : sorted.toReversed()).map(({ id }) => id);
  }

  it.each(Object.keys(CASES))('have all that are %s, each once and in order', async (name) => {
    const one = CASES[name];
    if (!one) throw new Error(name);
    expect(expected(one).length).toBeGreaterThan(5);
    expect(await readAll(one.filter)).toEqual(expected(one));
  });

  it('have of somebody who is limited to products only theirs', async () => {
    const scope = productIds.slice(0, 2);
    for (const one of Object.values(CASES)) expect(await readAll(one.filter, scope)).toEqual(expected(one, scope));
    expect(await readAll({ isActive: true }, [])).toEqual([]);
  });

  it('scan no more than a window of each index, wherever a page begins', async () => {
    for (const { filter } of Object.values(CASES)) {
      let after: string | null = null;
      for (let index = 0; index < 3; index += 1) {
        const costs: number[] = [];
        const { pageInfo } = await listIn(spied(costs)).list(staffContext('license:read', null), page(filter, after));
        // A statement reads a window of one index, and of a tag the licenses beside it.
        for (const cost of costs) expect(cost).toBeLessThan(2 * WINDOW_SIZE + 10);
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
    }
  });

  /** The database, noting what each statement makes the engine hand over; SQLite does not tell, and its plan is looked at. */
  function spied(costs: number[]): Database {
    return new Proxy(test.database, {
      get: (target, key) =>
        key === 'query'
          ? async (sql: string, parameters: readonly string[] = []) => {
              costs.push(await costOf(target, sql, parameters));
              return target.query(sql, parameters);
            }
          : Reflect.get(target, key, target),
    });
  }

  async function costOf(database: Database, sql: string, parameters: readonly string[]): Promise<number> {
    if (database.dialect === 'sqlite') {
      const plan = await database.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      expect(plan.map(({ detail }) => detail).join('; ')).not.toMatch(/TEMP B-TREE|SCAN license(?! USING)/);
      return 0;
    }
    const read = async (): Promise<number> => {
      const status = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
      return status.reduce((sum, one) => sum + Number(one.Value), 0);
    };
    const before = await read();
    await database.query(sql, parameters);
    return (await read()) - before;
  }
});

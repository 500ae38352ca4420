import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductScope } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { newId } from '../../../kernel/ids.js';
import { COUNT_CAP, PageArgs } from '../../../kernel/pagination.js';
import { TEST_DIALECTS, type TestDatabase } from '../../../testing/databases.js';
import { staffContext } from '../../../testing/staff-context.js';
import { DownloadableList } from './downloadable-list.js';
import type { DownloadableFilter, DownloadableSort } from './downloadable-list.inputs.js';
import { WINDOW_SIZE } from './list-window.js';
import { NO_PARTS } from './listed-parts.js';
import { channelTerm, platformTerm } from '../projection/search-terms.js';

const RELEASES = 3_000;
const PRODUCTS = 3;
/** How many days they are spread over, and of how many, the first ones, the releases are archived. */
const [DAYS, ARCHIVED_DAYS] = [900, 360];
const PAGE = 25;
/** Entries read for a page of 25: the page, its rows by id, the product and the files of each, its counters, a few probes. */
const MAX_ROWS_OF_PAGE = 8 * PAGE;
/** With a filter that no index has: the windows of the list and of its count, each row looked at a few times. */
const MAX_ROWS_OF_WINDOW = 40 * WINDOW_SIZE;
/** A search that nothing else narrows: its page, and its count, of which each entry is seen twice. */
const MAX_ROWS_OF_SEARCH = MAX_ROWS_OF_PAGE + 3 * COUNT_CAP;

const ALL_PARTS = { ...NO_PARTS, product: true, files: true, total: true };
const staffOf = (productIds: ProductScope) => staffContext('release:read', productIds);
const admin = staffOf(null);

/** Rows and index entries that MariaDB's engines have handed over on this connection. */
async function rowsRead(database: Database): Promise<number> {
  const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
  return rows.reduce((sum, row) => sum + Number(row.Value), 0);
}

async function fill(database: Database): Promise<void> {
  const productIds = Array.from({ length: PRODUCTS }, () => newId());
  const totals = new Map<string, number>();
  await database.transaction(async (tx) => {
    for (const [index, id] of productIds.entries()) {
      const name = `Product ${index}`;
      await tx.execute(
        `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
        [id, `p${index}`, name, name.toLowerCase()],
      );
    }
    await tx.execute(`INSERT INTO search_term VALUES ('common'), ('rare')`);
    for (let index = 0; index < RELEASES; index += 1) {
      const id = newId();
      const day = index % DAYS;
      const status = day < ARCHIVED_DAYS ? 'ARCHIVED' : 'PUBLISHED';
      const productId = productIds[index % PRODUCTS] ?? '';
      for (const counter of [productId, '']) totals.set(`${counter} ${status}`, (totals.get(`${counter} ${status}`) ?? 0) + 1);
      const date = new Date(Date.UTC(2020, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
      await tx.execute(
        `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
         VALUES (?, ?, ?, ?, ?, 1, 0, ?, '2026-01-01', 'stable', ?, '', 1, 'WINDOWS')`,
        [
          id,
          productId,
          `1.${index}`,
          `key-${String(index).padStart(6, '0')}`,
          status,
          `2026-01-01 00:00:00.${String(index % 1000).padStart(3, '0')}`,
          date,
        ],
      );
      for (const term of ['common', channelTerm('stable'), platformTerm('WINDOWS')])
        await tx.execute(`INSERT INTO downloadable_term VALUES (?, ?, ?)`, [term, date, id]);
      if (index === 0) await tx.execute(`INSERT INTO downloadable_term VALUES ('rare', ?, ?)`, [date, id]);
    }
    for (const [key, total] of totals) await tx.execute('INSERT INTO downloadable_counter VALUES (?, ?, ?)', [...key.split(' '), total]);
  });
  if (database.dialect === 'mysql') await database.query('ANALYZE TABLE downloadable, downloadable_term, product');
  else await database.transaction((tx) => tx.execute('ANALYZE'));
}

/** Of two products a page each is put into one table, sorted and read again; one alone is read as it lies in its index. */
const MERGED_ROWS = 4 * (PAGE + 1);

const SORTS: readonly DownloadableSort['field'][] = ['VERSION', 'PRODUCT', 'STATUS', 'RELEASE_DATE', 'CREATED_AT'];

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the cost of a list of 3,000 on $name', ({ create, name }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    // One connection: the engine counts per connection, and every statement must run on the one that is asked.
    test = await create(1);
    await fill(test.database);
  });
  afterAll(() => test.drop());

  const cost = async (filter: DownloadableFilter, field: DownloadableSort['field'], pages: number, viewer = admin): Promise<number> => {
    const list = new DownloadableList(test.database);
    let after: string | null = null;
    for (let index = 0; index < pages; index += 1) {
      const args: PageArgs = Object.assign(new PageArgs(), { first: PAGE, after });
      after = (await list.list(viewer, { ...args, filter, sort: { field, direction: 'DESC' } })).pageInfo.endCursor;
    }
    const before = await rowsRead(test.database);
    await list.list(
      viewer,
      { ...Object.assign(new PageArgs(), { first: PAGE, after }), filter, sort: { field, direction: 'DESC' } },
      ALL_PARTS,
    );
    return (await rowsRead(test.database)) - before;
  };

  it.each(SORTS)('the last entry of all is found on the first page by its word, sorted by %s', async (field) => {
    const page = {
      ...Object.assign(new PageArgs(), { first: PAGE }),
      filter: { search: 'rare' },
      sort: { field, direction: 'DESC' as const },
    };
    const { nodes, pageInfo } = await new DownloadableList(test.database).list(admin, page);
    expect(nodes).toHaveLength(1);
    expect(pageInfo.hasNextPage).toBe(false);
  });

  it.each(SORTS)('filters that all match do not hide a status behind a window of newer ones of another, sorted by %s', async (field) => {
    const filter: DownloadableFilter = { status: 'ARCHIVED', channel: 'stable', platform: 'WINDOWS' };
    const page = { ...Object.assign(new PageArgs(), { first: PAGE }), filter, sort: { field, direction: 'DESC' as const } };
    const { nodes, totalCount, totalCountCapped } = await new DownloadableList(test.database).list(admin, page);
    expect(nodes.map(({ status }) => status)).toEqual(Array.from({ length: PAGE }, () => 'ARCHIVED'));
    expect([totalCount, totalCountCapped]).toEqual([COUNT_CAP, true]);
  });

  it.each<[DownloadableFilter, DownloadableSort['direction'], number]>([
    // Sorted by date the windows of the word lie before, or after, what has the status.
    [{ search: 'common', status: 'ARCHIVED' }, 'DESC', 1_380],
    [{ search: 'common', status: 'PUBLISHED' }, 'ASC', 1_620],
    [{ search: 'common', channel: 'stable', status: 'ARCHIVED' }, 'DESC', 1_380],
  ])('with %j, %s, goes on past its windows and has each of its entries once, from both ends', async (filter, direction, total) => {
    const list = new DownloadableList(test.database);
    const walk = async (isBackward: boolean): Promise<{ ids: string[]; empty: number }> => {
      const ids: string[] = [];
      let cursor: string | null = null;
      for (let empty = 0; ;) {
        const page: object = isBackward ? { last: 100, before: cursor } : { first: 100, after: cursor };
        const args = { ...Object.assign(new PageArgs(), page), filter, sort: { field: 'RELEASE_DATE' as const, direction } };
        const { nodes, pageInfo } = await list.list(admin, args);
        if (nodes.length === 0) empty += 1;
        if (isBackward) ids.unshift(...nodes.map(({ id }) => id));
        else ids.push(...nodes.map(({ id }) => id));
        cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor;
        if (!(isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return { ids, empty };
      }
    };
    const [forward, backward] = [await walk(false), await walk(true)];
    expect([new Set(forward.ids).size, forward.ids.length]).toEqual([total, total]);
    expect(backward.ids).toEqual(forward.ids);
    expect(forward.empty, 'a window had none of them').toBeGreaterThan(0);
  });

  // MariaDB counts what its engine hands over. SQLite has no such counter here; its plans are asserted below.
  const inRows = (): void => {
    it.each(SORTS)('is that of its page, first and deep, sorted by %s', async (field) => {
      expect(await cost({}, field, 0)).toBeLessThan(MAX_ROWS_OF_PAGE);
      expect(await cost({}, field, 20)).toBeLessThan(MAX_ROWS_OF_PAGE);
    });

    it.each(SORTS)('is that of two products for whoever is limited to two of three, sorted by %s', async (field) => {
      const products = await test.database.query<{ id: string }>('SELECT id FROM product ORDER BY id LIMIT 2');
      const ids = products.map(({ id }) => id);
      for (const page of [0, 20]) {
        const alone = [await cost({ productId: ids[0] ?? '' }, field, 0), await cost({ productId: ids[1] ?? '' }, field, 0)];
        const [one = 0, other = 0] = alone;
        expect(await cost({}, field, page, staffOf(ids))).toBeLessThan(one + other + MERGED_ROWS + MAX_ROWS_OF_PAGE);
      }
    });

    it('is that of its page and of counting to 1,000 with a word that every release has', async () => {
      expect(await cost({ search: 'common' }, 'RELEASE_DATE', 0)).toBeLessThan(MAX_ROWS_OF_SEARCH);
    });

    it.each(SORTS)('is that of its page with a rare word, and with a filter that nothing matches, sorted by %s', async (field) => {
      expect(await cost({ search: 'rare' }, field, 0)).toBeLessThan(MAX_ROWS_OF_PAGE);
      expect(await cost({ channel: 'beta' }, field, 0)).toBeLessThan(MAX_ROWS_OF_PAGE);
      expect(await cost({ platform: 'IOS' }, field, 0)).toBeLessThan(MAX_ROWS_OF_PAGE);
      expect(await cost({ search: 'common', platform: 'IOS' }, field, 0)).toBeLessThan(MAX_ROWS_OF_PAGE + 2 * WINDOW_SIZE);
    });

    it('is that of its page and of counting to 1,000 with a filter that every release matches', async () => {
      expect(await cost({ channel: 'stable' }, 'RELEASE_DATE', 0)).toBeLessThan(MAX_ROWS_OF_SEARCH);
    });

    it.each(SORTS)('is bounded by a window with two filters that every release matches, sorted by %s', async (field) => {
      expect(await cost({ channel: 'stable', platform: 'WINDOWS', status: 'PUBLISHED' }, field, 0)).toBeLessThan(MAX_ROWS_OF_WINDOW);
    });
  };

  const inPlans = (): void => {
    it.each(SORTS)('is an index range without a sort of the table, sorted by %s', async (field) => {
      const statements: string[] = [];
      const { database } = test;
      const spied = new Proxy(database, {
        get: (target, key) =>
          key === 'query'
            ? async (sql: string, parameters: readonly string[] = []) => {
                const plan = await target.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
                statements.push(...plan.map((row) => row.detail));
                return target.query(sql, parameters);
              }
            : Reflect.get(target, key, target),
      });
      await new DownloadableList(spied).list(admin, {
        ...Object.assign(new PageArgs(), { first: PAGE }),
        sort: { field, direction: 'DESC' },
      });
      expect(statements.filter((detail) => /^SCAN downloadable(?! USING)/.test(detail))).toEqual([]);
      expect(statements.some((detail) => /USING (COVERING )?INDEX (ix|ux)_downloadable/.test(detail))).toBe(true);
    });
  };

  if (name === 'MariaDB') describe('in rows that the engine hands over', inRows);
  else describe('in plans', inPlans);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../database/database.js';
import { PageArgs } from '../../../kernel/pagination.js';
import { newId } from '../../../kernel/ids.js';
import { customerContext, staffContext } from '../../../testing/staff-context.js';
import { TEST_DIALECTS, type TestDatabase } from '../../../testing/databases.js';
import { DownloadableList } from './downloadable-list.js';
import { WINDOW_SIZE } from './list-window.js';
import { NO_PARTS } from './listed-parts.js';

/** Several windows' worth, of three statuses in turn. */
const RELEASES = 4 * WINDOW_SIZE;
const STATUSES = ['PUBLISHED', 'PUBLISHED', 'ARCHIVED', 'WITHDRAWN', 'PUBLISHED'];
const PAGE = 25;
/** Four pages of entries, which are looked at in the index, put into one table, sorted, and a page of them read by id. */
const MAX_ROWS = 4 * 4 * (PAGE + 1) + 100;
const BATCH = 500;

async function fill(database: Database, productId: string): Promise<void> {
  const text = `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at)
    VALUES (?, 'p', 'P', 'p', 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`;
  const numbers = Array.from({ length: RELEASES }, (_, number) => number);
  const statusOf = (number: number): string => STATUSES[number % STATUSES.length] ?? '';
  const key = (number: number): string => `key-${String(number).padStart(6, '0')}`;
  await database.transaction(async (tx) => {
    await tx.execute(text, [productId]);
    for (let from = 0; from < RELEASES; from += BATCH) {
      const rows = numbers.slice(from, from + BATCH);
      const mark = `(?, '${productId}', ?, ?, ?, 1, 0, '2026-01-01', '2026-01-01', 'stable', '2026-01-01', '', 1, 'WINDOWS')`;
      await tx.execute(
        `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, created_at, updated_at, channel,
           sort_date, changelog_excerpt, asset_count, platforms) VALUES ${rows.map(() => mark).join(', ')}`,
        rows.flatMap((number) => [newId(), `1.${number}`, key(number), statusOf(number)]),
      );
    }
    for (const scope of [productId, ''])
      for (const status of new Set(STATUSES)) {
        const total = numbers.filter((number) => statusOf(number) === status).length;
        await tx.execute('INSERT INTO downloadable_counter VALUES (?, ?, ?)', [scope, status, total]);
      }
  });
  if (database.dialect === 'mysql') await database.query('ANALYZE TABLE downloadable');
  else await database.transaction((tx) => tx.execute('ANALYZE'));
}

/** Rows and index entries that MariaDB's engines have handed over on this connection. */
async function rowsRead(database: Database): Promise<number> {
  const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
  return rows.reduce((sum, row) => sum + Number(row.Value), 0);
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('a product of 4,000 versions on $name', ({ create, name }) => {
  let test: TestDatabase;
  const productId = newId();
  const viewers = [
    ['a customer', customerContext(newId(), [productId])],
    ['staff', staffContext('release:read', null)],
  ] as const;
  beforeAll(async () => {
    test = await create(1);
    await fill(test.database, productId);
  });
  afterAll(() => test.drop());

  const list = (viewer: (typeof viewers)[number][1], page: object, direction: 'ASC' | 'DESC') =>
    new DownloadableList(test.database).list(
      viewer,
      {
        ...Object.assign(new PageArgs(), page),
        filter: { productId },
        sort: { field: 'VERSION', direction },
      },
      { ...NO_PARTS, product: true, files: true, total: true },
    );

  it.each(viewers)('has each of them once and in order, from both ends, for %s', async (_who, viewer) => {
    for (const isBackward of [false, true]) {
      const versions: string[] = [];
      for (let cursor: string | null = null, hasMore = true; hasMore;) {
        const { nodes, pageInfo } = await list(viewer, isBackward ? { last: 100, before: cursor } : { first: 100, after: cursor }, 'DESC');
        const found = nodes.map(({ version }) => version);
        if (isBackward) versions.unshift(...found);
        else versions.push(...found);
        hasMore = isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
        cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor;
      }
      expect(versions).toEqual(Array.from({ length: RELEASES }, (_, number) => `1.${RELEASES - 1 - number}`));
    }
  });

  it.runIf(name === 'MariaDB').each(viewers)('reads what a page needs, first and deep, for %s', async (_who, viewer) => {
    for (const direction of ['ASC', 'DESC'] as const) {
      let after: string | null = null;
      for (const pages of [0, 30]) {
        for (let page = 0; page < pages; page += 1) after = (await list(viewer, { first: PAGE, after }, direction)).pageInfo.endCursor;
        const before = await rowsRead(test.database);
        await list(viewer, { first: PAGE, after }, direction);
        expect((await rowsRead(test.database)) - before, `${direction} after ${pages} pages`).toBeLessThan(MAX_ROWS);
      }
    }
  });
});

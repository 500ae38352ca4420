import type { LimitDatabase } from './connection.js';
import { assetOf, PAGE_SIZE, pageOf, placeOf, readAssets, RELEASE, releaseOf, type ReleaseRow } from './page.js';

/** What an administrator lists. */
export interface AdminFilter {
  readonly productId: string;
  readonly status: string;
  readonly platform: string | null;
  readonly after: string | null;
}

/** Entries tested when a filter has no index. */
const WINDOW = 1_000;
const COUNT_WINDOW = 5_000;
const COUNT_CAP = 1_000;

/** W1: one page of one product and status, with files and the exact count. */
export async function listForAdmin(database: LimitDatabase, filter: AdminFilter): Promise<object> {
  if (filter.platform !== null) return listForPlatform(database, filter, filter.platform);
  const place = placeOf(filter.after);
  const range = place === null ? '' : 'AND d.sort_date <= ? AND (d.sort_date < ? OR d.id < ?)';
  const slice = [filter.productId, filter.status];
  const rows = await database.rows<ReleaseRow & { total: number }>(
    `SELECT ${RELEASE}, (SELECT total FROM downloadable_counter WHERE product_id = ? AND status = ?) AS total
     FROM downloadable d JOIN product p ON p.id = d.product_id
     WHERE d.product_id = ? AND ${fixed(database)} ${range} ORDER BY d.sort_date DESC, d.id DESC LIMIT ${PAGE_SIZE + 1}`,
    [...slice, ...slice, ...(place === null ? [] : [place.date, place.date, place.id])],
  );
  const { kept, pageInfo } = pageOf(rows);
  const assets = await readAssets(
    database,
    kept.map((row) => row.revision_id),
  );
  const nodes = kept.map((row) => ({ ...releaseOf(row), assets: (assets.get(row.revision_id) ?? []).map(assetOf) }));
  return { totalCount: Number(rows[0]?.total ?? 0), totalCountCapped: false, pageInfo, nodes };
}

/** MariaDB takes `IN` for a range from the cursor on; with `=` a deep page costs more than the first (list-conditions.ts). */
const fixed = ({ isMysql }: LimitDatabase): string => (isMysql ? "d.status IN (?, '')" : 'd.status = ?');

/** For a platform that the newest releases do not have: where the window of tested entries ends. */
async function listForPlatform(database: LimitDatabase, filter: AdminFilter, platform: string): Promise<object> {
  const window = (size: number): string =>
    `SELECT id, sort_date, platforms FROM downloadable d WHERE d.product_id = ? AND ${fixed(database)} ORDER BY product_id DESC, status DESC, sort_date DESC, id DESC LIMIT ${size}`;
  const slice = [filter.productId, filter.status];
  const like = `%${platform}%`;
  const test = `(platforms LIKE ? OR platforms LIKE '%ALL%')`;
  const found = await database.rows(`SELECT id FROM (${window(WINDOW)}) w WHERE ${test} LIMIT ${PAGE_SIZE + 1}`, [...slice, like]);
  if (found.length > 0) throw new Error('The limit answers this only for a platform that nothing has.');
  const [end] = await database.rows<{ id: string; sort_date: string }>(`${window(1)} OFFSET ${WINDOW - 1}`, slice);
  const [count] = await database.rows<{ tested: number; matches: number | null }>(
    `SELECT COUNT(*) AS tested, SUM(CASE WHEN ${test} THEN 1 ELSE 0 END) AS matches FROM (${window(COUNT_WINDOW)}) w`,
    [like, ...slice],
  );
  const cursor = end ? pageOf([end]).pageInfo.endCursor : null;
  const isCapped = Number(count?.tested) >= COUNT_WINDOW || Number(count?.matches) > COUNT_CAP;
  return {
    totalCount: Math.min(Number(count?.matches ?? 0), COUNT_CAP),
    totalCountCapped: isCapped,
    pageInfo: { hasNextPage: cursor !== null, endCursor: cursor },
    nodes: [],
  };
}

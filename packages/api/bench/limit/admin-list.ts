import type { LimitDatabase } from './connection.js';
import { assetOf, PAGE_SIZE, pageOf, placeOf, readAssets, RELEASE, releaseOf, type ReleaseRow } from './page.js';

/** What an administrator lists. */
export interface AdminFilter {
  readonly productId: string;
  readonly status: string;
  readonly platform: string | null;
  readonly after: string | null;
}

/** W1: one page of one product and status, with files and the exact count. */
export async function listForAdmin(database: LimitDatabase, filter: AdminFilter): Promise<object> {
  if (filter.platform !== null) return listForPlatform(database, filter.platform);
  const place = placeOf(filter.after);
  const range = place === null ? '' : 'AND d.sort_date <= ? AND (d.sort_date < ? OR d.id < ?)';
  const slice = [filter.productId, filter.status];
  const rows = await database.rows<ReleaseRow & { total: number }>(
    `SELECT ${RELEASE}, (SELECT total FROM downloadable_counter WHERE product_id = ? AND status = ?) AS total
     FROM downloadable d JOIN product p ON p.id = d.product_id
     WHERE d.product_id = ? AND d.status = ? ${range} ORDER BY d.sort_date DESC, d.id DESC LIMIT ${PAGE_SIZE + 1}`,
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

/** The file of a platform, or of all of them, as the term table has it. */
const TERMS = (platform: string): string[] => [`:p=${platform}`, ':p=ALL'];

/** For a platform that nothing has: two probes of the term table say so. */
async function listForPlatform(database: LimitDatabase, platform: string): Promise<object> {
  const found = await database.rows(
    `SELECT downloadable_id FROM downloadable_term WHERE term IN (?, ?) LIMIT ${PAGE_SIZE + 1}`,
    TERMS(platform),
  );
  if (found.length > 0) throw new Error('The limit answers this only for a platform that nothing has.');
  return { totalCount: 0, totalCountCapped: false, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
}

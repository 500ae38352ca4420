import { decideAccess, type Distribution } from '@slipway/shared';
import type { LimitDatabase } from './connection.js';
import { CHANNELS, factsOf, LICENSE, type ChannelRow, type LicenseRow } from './entitlement.js';
import { customerAssetOf, PAGE_SIZE, pageOf, readAssets, RELEASE, type ReleaseRow } from './page.js';
import type { Viewer } from './session.js';

type PortalRow = ReleaseRow & { readonly first_release_date: string | null; readonly distribution: Distribution };

/** W3: what a customer sees, newest first: open and licensed products, published, each judged, with files. */
export async function listForCustomer(database: LimitDatabase, viewer: Viewer, publicUrl: string): Promise<object> {
  const productIds = await visibleProducts(database, viewer);
  const marks = productIds.map(() => '?').join(', ');
  const one = `SELECT * FROM (SELECT id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' ORDER BY sort_date DESC, id DESC LIMIT ${PAGE_SIZE + 1}) AS part`;
  const [rows, licenses, channels, [count]] = await Promise.all([
    database.rows<PortalRow>(
      `SELECT ${RELEASE}, d.first_release_date, p.distribution FROM (${productIds.map((_, index) => `${one}${index}`).join(' UNION ALL ')}) AS w
       JOIN downloadable d ON d.id = w.id JOIN product p ON p.id = d.product_id ORDER BY d.sort_date DESC, d.id DESC LIMIT ${PAGE_SIZE + 1}`,
      productIds,
    ),
    database.rows<LicenseRow>(`SELECT ${LICENSE}, NULL AS counted_at FROM license l WHERE l.customer_id = ? ORDER BY l.id DESC`, [
      viewer.customerId,
    ]),
    database.rows<ChannelRow>(`${CHANNELS} (${marks}) ORDER BY position`, productIds),
    database.rows<{ total: number }>(
      `SELECT SUM(total) AS total FROM downloadable_counter WHERE status = 'PUBLISHED' AND product_id IN (${marks})`,
      productIds,
    ),
  ]);
  const { kept, pageInfo } = pageOf(rows);
  const assets = await readAssets(
    database,
    kept.map((row) => row.revision_id),
  );
  const nodes = kept.map((row) => ({
    ...portalReleaseOf(row, { licenses, channels }),
    assets: (assets.get(row.revision_id) ?? []).map((asset) => customerAssetOf(asset, publicUrl)),
  }));
  return { totalCount: Number(count?.total ?? 0), pageInfo, nodes };
}

async function visibleProducts(database: LimitDatabase, { productIds }: Viewer): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(
    `SELECT id FROM product WHERE distribution = 'OPEN' OR (distribution = 'LICENSED' AND id IN (${productIds.map(() => '?').join(', ')}))`,
    productIds,
  );
  return rows.map((row) => row.id);
}

function portalReleaseOf(row: PortalRow, use: { licenses: readonly LicenseRow[]; channels: readonly ChannelRow[] }) {
  const ofProduct = <Row extends { product_id: string }>(rows: readonly Row[]): Row[] =>
    rows.filter((one) => one.product_id === row.product_id);
  const facts = factsOf(row, { channels: ofProduct(use.channels), licenses: ofProduct(use.licenses), platform: null });
  const { allowed, code, message, params, remedy } = decideAccess(facts, new Date());
  return {
    id: row.id,
    version: row.version,
    channel: row.channel,
    status: row.status,
    releaseDate: row.release_date,
    access: { allowed, code, message, params, remedy },
  };
}

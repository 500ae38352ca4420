import { randomBytes } from 'node:crypto';
import { decideAccess, type Distribution, type Platform } from '@slipway/shared';
import type { LimitDatabase, Statements, Value } from './connection.js';
import { CHANNELS, factsOf, isCountedRecently, LICENSE, type ChannelRow, type LicenseRow } from './entitlement.js';
import { sqlInstant, type Viewer } from './session.js';
import { SIGNED_SECONDS, type SignUrl } from './sign.js';

interface FileRow {
  readonly id: string;
  readonly file_name: string;
  readonly platform: Platform;
  readonly object_key: string;
  readonly size: number;
  readonly sha256: string;
  readonly channel: string;
  readonly downloadable_id: string;
  readonly product_id: string;
  readonly status: string;
  readonly version: string;
  readonly first_release_date: string | null;
  readonly distribution: Distribution;
}

const FILE = `SELECT a.id, a.file_name, a.platform, o.object_key, o.size, o.sha256, r.channel, r.downloadable_id, d.product_id, d.status, d.version,
    d.first_release_date, p.distribution
  FROM asset a JOIN stored_object o ON o.id = a.stored_object_id JOIN revision r ON r.id = a.revision_id
  JOIN downloadable d ON d.id = r.downloadable_id JOIN product p ON p.id = d.product_id WHERE a.id = ? AND r.frozen_at IS NOT NULL`;
const LICENSES = `SELECT ${LICENSE}, x.counted_at FROM license l LEFT JOIN license_download x ON x.license_id = l.id AND x.asset_id = ?
  WHERE l.customer_id = ? AND l.product_id = ? ORDER BY l.id DESC`;

/** W4: judges one file for a customer, records and counts the download, signs its URL. */
export async function grantDownload(database: LimitDatabase, request: { viewer: Viewer; assetId: string; sign: SignUrl }): Promise<object> {
  const { viewer, assetId, sign } = request;
  const [file] = await database.rows<FileRow>(FILE, [assetId]);
  if (!file) return { download: null, userErrors: [{ code: 'NOT_FOUND' }] };
  const [licenses, channels] = await Promise.all([
    database.rows<LicenseRow>(LICENSES, [assetId, viewer.customerId, file.product_id]),
    database.rows<ChannelRow>(`${CHANNELS} (?) ORDER BY position`, [file.product_id]),
  ]);
  const decision = decideAccess(factsOf(file, { channels, licenses, platform: file.platform }), new Date());
  if (!decision.allowed) return { download: null, userErrors: [{ code: decision.code }] };
  await database.transaction((tx) => record(tx, { isMysql: database.isMysql, file, licenseId: decision.licenseId, userId: viewer.userId }));
  const now = Date.now();
  const download = {
    url: sign(file.object_key, file.file_name, new Date(now)),
    expiresAt: new Date(now + SIGNED_SECONDS * 1_000).toISOString(),
    fileName: file.file_name,
    size: Number(file.size),
    sha256: file.sha256,
  };
  return { download, userErrors: [] };
}

interface Granted {
  readonly isMysql: boolean;
  readonly file: FileRow;
  readonly licenseId: string | null;
  readonly userId: string;
}

async function record(tx: Statements, granted: Granted): Promise<void> {
  const { file, licenseId, userId } = granted;
  const now = sqlInstant(Date.now());
  const isCounted = licenseId !== null && (await count(tx, { ...granted, licenseId, now }));
  const id = `01HZBENCHX${randomBytes(8).toString('hex').toUpperCase()}`;
  await tx.rows(
    `INSERT INTO download_event (id, at, product_id, downloadable_id, asset_id, license_id, user_id, is_counted, source, platform) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PORTAL', ?)`,
    [id, now, file.product_id, file.downloadable_id, file.id, licenseId, userId, isCounted ? 1 : 0, file.platform],
  );
  // A repetition is in the log and in no statistics, as in the product.
  if (isCounted) await countByDay(tx, granted, now.slice(0, 10));
}

/** One download of a license and file a day, under a lock on the license. */
async function count(tx: Statements, use: Granted & { readonly licenseId: string; readonly now: string }): Promise<boolean> {
  const key = [use.licenseId, use.file.id];
  if (use.isMysql) await tx.rows('SELECT id FROM license WHERE id = ? FOR UPDATE', [use.licenseId]);
  const [known] = await tx.rows<{ counted_at: string }>(
    'SELECT counted_at FROM license_download WHERE license_id = ? AND asset_id = ?',
    key,
  );
  if (isCountedRecently(known?.counted_at ?? null)) return false;
  await tx.rows(
    'UPDATE license SET downloads_used = downloads_used + 1 WHERE id = ? AND (max_downloads IS NULL OR downloads_used < max_downloads)',
    [use.licenseId],
  );
  await tx.rows('REPLACE INTO license_download (license_id, asset_id, counted_at) VALUES (?, ?, ?)', [...key, use.now]);
  return true;
}

/** The product's counters of downloads by day. */
async function countByDay(tx: Statements, { isMysql, file }: Granted, day: string): Promise<void> {
  const { product_id: product, downloadable_id: release, platform, id } = file;
  const scopes = ['', product, release];
  const rows: Value[][] = [
    ...scopes.map((scope) => [scope, 'PLATFORM', day, platform]),
    ...scopes.map((scope) => [scope, 'SOURCE', day, 'PORTAL']),
    ...['', product].map((scope) => [scope, 'VERSION', day, release]),
    [release, 'FILE', day, id],
    [release, 'FILE', '', id],
  ];
  const change = isMysql
    ? 'ON DUPLICATE KEY UPDATE total = total + 1'
    : 'ON CONFLICT (scope_id, dimension, day, member) DO UPDATE SET total = total + 1';
  await tx.rows(
    `INSERT INTO download_counter (scope_id, dimension, day, member, total) VALUES ${rows.map(() => '(?, ?, ?, ?, 1)').join(', ')} ${change}`,
    rows.flat(),
  );
}

import { decideAccess, isUpdate, parseVersion, versionSortKey, type Distribution, type Platform } from '@slipway/shared';
import type { LimitDatabase } from './connection.js';
import { CHANNELS, factsOf, LICENSE, type ChannelRow, type LicenseRow } from './entitlement.js';
import type { Viewer } from './session.js';

/** What an installed program asks. */
export interface InstalledProgram {
  readonly slug: string;
  readonly version: string;
  readonly platform: Platform;
}

interface NewestRow {
  readonly product_id: string;
  readonly distribution: Distribution;
  readonly id: string;
  readonly status: string;
  readonly version: string;
  readonly channel: string;
  readonly release_date: string | null;
  readonly first_release_date: string | null;
  readonly revision_id: string;
  readonly changelog: string;
  readonly known: string | null;
}

interface FileRow {
  readonly id: string;
  readonly file_name: string;
  readonly platform: Platform;
  readonly architecture: string | null;
  readonly size: number;
  readonly sha256: string;
}

/** Processors whose files the benchmark's computers run: their own, all, or none named. */
const RUN = ['X64', 'UNIVERSAL', ''];
const PROBE = `SELECT version_key, downloadable_id FROM update_target WHERE product_id = (SELECT id FROM product WHERE slug = ?)
  AND platform = ? AND architecture = ? AND channel = 'stable' ORDER BY version_key DESC LIMIT 1`;
const PROBES = RUN.map((_, index) => `SELECT * FROM (${PROBE}) AS probe${index}`).join(' UNION ALL ');
const NEWEST = `SELECT d.product_id, p.distribution, d.id, d.status, d.version, d.channel, d.release_date, d.first_release_date, r.id AS revision_id,
    r.changelog, k.id AS known
  FROM (SELECT downloadable_id FROM (${PROBES}) AS probes ORDER BY version_key DESC LIMIT 1) AS newest
  JOIN downloadable d ON d.id = newest.downloadable_id JOIN revision r ON r.id = d.live_revision_id JOIN product p ON p.id = d.product_id
  LEFT JOIN downloadable k ON k.product_id = d.product_id AND k.version_key = ? AND k.status <> 'DRAFT'`;
const FILES = `SELECT a.id, a.file_name, a.platform, a.architecture, o.size, o.sha256 FROM asset a JOIN stored_object o ON o.id = a.stored_object_id
  WHERE a.revision_id = ? AND a.platform IN (?, 'ALL') ORDER BY a.id`;

/** W5: the newest stable release for a computer, judged for a customer, with its files. Licenses of the questions cover the newest. */
export async function checkUpdate(
  database: LimitDatabase,
  program: InstalledProgram,
  use: { viewer: Viewer; publicUrl: string },
): Promise<object> {
  const { slug, version, platform } = program;
  const probes = RUN.flatMap((architecture) => [slug, platform, architecture]);
  const current = parseVersion(version);
  const [newest] = await database.rows<NewestRow>(NEWEST, [...probes, current.ok ? versionSortKey(current.value) : '']);
  if (!newest) return { status: 'UP_TO_DATE', latestVersion: null, release: null };
  const [licenses, channels] = await Promise.all([
    database.rows<LicenseRow>(
      `SELECT ${LICENSE}, NULL AS counted_at FROM license l WHERE l.customer_id = ? AND l.product_id = ? ORDER BY l.id DESC`,
      [use.viewer.customerId, newest.product_id],
    ),
    database.rows<ChannelRow>(`${CHANNELS} (?) ORDER BY position`, [newest.product_id]),
  ]);
  const decision = decideAccess(factsOf(newest, { channels, licenses, platform }), new Date());
  if (!decision.allowed) throw new Error('The limit answers for licenses that cover the newest.');
  const latest = parseVersion(newest.version);
  const newer = latest.ok && isUpdate({ text: version, isKnownRelease: newest.known !== null }, latest.value);
  if (!newer || !newer.ok || !newer.value) return { status: 'UP_TO_DATE', latestVersion: newest.version, release: null };
  const files = await database.rows<FileRow>(FILES, [newest.revision_id, platform]);
  return { status: 'UPDATE_AVAILABLE', latestVersion: newest.version, release: releaseOf(newest, files, use.publicUrl) };
}

const releaseOf = (row: NewestRow, files: readonly FileRow[], publicUrl: string): object => ({
  version: row.version,
  channel: row.channel,
  date: row.release_date,
  notes: row.changelog,
  assets: files.map((file) => ({
    fileName: file.file_name,
    url: `${publicUrl}/d/${file.id}/${file.file_name}`,
    platform: file.platform,
    architecture: file.architecture,
    size: Number(file.size),
    sha256: file.sha256,
  })),
});

import type { LimitDatabase } from './connection.js';
import { jsonInstant } from './session.js';

export const PAGE_SIZE = 25;

/** A place in a list, newest first. */
export interface Place {
  readonly date: string;
  readonly id: string;
}

/** All lists of the benchmark are newest first; a cursor says so. */
const ORDER = 'downloadable RELEASE_DATE DESC';

/** Reads a cursor as the API gives it. */
export function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return null;
  const [, date, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, string]; // our own server wrote it
  return { date, id };
}

export const cursorOf = (date: string, id: string): string => Buffer.from(JSON.stringify([ORDER, date, id])).toString('base64url');

export interface ReleaseRow {
  readonly id: string;
  readonly version: string;
  readonly name: string | null;
  readonly channel: string;
  readonly status: string;
  readonly release_date: string | null;
  readonly published_at: string | null;
  readonly sort_date: string;
  readonly revision_id: string;
  readonly product_id: string;
  readonly product_name: string;
  readonly slug: string;
}

export const RELEASE = `d.id, d.version, d.name, d.channel, d.status, d.release_date, d.published_at, d.sort_date,
  COALESCE(d.live_revision_id, d.draft_revision_id) AS revision_id, d.product_id, p.name AS product_name, p.slug`;

/** A release as the lists of staff show it. */
export const releaseOf = (row: ReleaseRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  channel: row.channel,
  status: row.status,
  releaseDate: row.release_date,
  publishedAt: jsonInstant(row.published_at),
  product: { id: row.product_id, name: row.product_name, slug: row.slug },
});

/** The page of rows that were read with one more than it holds. */
export function pageOf<Row extends { readonly id: string; readonly sort_date: string }>(rows: readonly Row[]) {
  const kept = rows.slice(0, PAGE_SIZE);
  const last = kept.at(-1);
  return { kept, pageInfo: { hasNextPage: rows.length > PAGE_SIZE, endCursor: last ? cursorOf(last.sort_date, last.id) : null } };
}

interface AssetRow {
  readonly id: string;
  readonly revision_id: string;
  readonly file_name: string;
  readonly type: string;
  readonly platform: string;
  readonly architecture: string | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly state: string;
}

const ASSETS = `SELECT a.id, a.revision_id, a.file_name, a.type, a.platform, a.architecture, o.size, o.sha256, o.state
  FROM asset a JOIN stored_object o ON o.id = a.stored_object_id WHERE a.revision_id IN`;

/** The files of some revisions, by revision. */
export async function readAssets(database: LimitDatabase, revisionIds: readonly string[]): Promise<Map<string, AssetRow[]>> {
  const found = new Map<string, AssetRow[]>(revisionIds.map((id) => [id, []]));
  if (revisionIds.length === 0) return found;
  const marks = revisionIds.map(() => '?').join(', ');
  const rows = await database.rows<AssetRow>(`${ASSETS} (${marks}) ORDER BY COALESCE(a.position, 2147483647), a.id`, revisionIds);
  for (const row of rows) found.get(row.revision_id)?.push(row);
  return found;
}

export const assetOf = (row: AssetRow) => ({
  id: row.id,
  fileName: row.file_name,
  type: row.type,
  platform: row.platform,
  architecture: row.architecture,
  size: Number(row.size),
  state: row.state,
});

/** A file as customers see it. */
export const customerAssetOf = (row: AssetRow, publicUrl: string) => ({
  ...assetOf(row),
  sha256: row.sha256,
  downloadUrl: `${publicUrl}/d/${row.id}/${row.file_name}`,
});

import type { Database } from '../../../database/database.js';
import { fromSqlInstant } from '../../../database/instants.js';
import { oneOf } from '../../../database/transaction.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import type { Announcement } from '../announcement.entity.js';
import type { Candidate, CandidateSlice, CandidateSource } from '../audience/candidates.js';

/** Downloads of one transaction. */
const SLICE_SIZE = 50;

interface ReleaseFile {
  readonly id: string;
  readonly file_name: string;
}

interface DownloadRow {
  readonly license_id: string;
  readonly counted_at: string | Date;
}

/**
 * Everybody who downloaded a release, in whatever revision: the last counted download of each license and file outlives the log. Files are
 * walked one by one, each along its index; the place is the file and the license.
 */
export class DownloadedCandidates implements CandidateSource {
  constructor(private readonly database: Database) {}

  async next({ judgedUntil }: Announcement, { row }: JudgedRelease): Promise<CandidateSlice> {
    const [fileId = '', licenseId = ''] = judgedUntil?.split(' ') ?? [];
    const files = await this.#files(row.id, fileId);
    const [file, following] = files;
    if (!file) return { candidates: [], judged: 0, until: null };
    const downloads = await this.#downloads(file.id, file.id === fileId ? licenseId : '');
    const last = downloads.at(-1);
    const isFileOver = downloads.length < SLICE_SIZE;
    const next = isFileOver ? (following ? `${following.id} ` : null) : `${file.id} ${last?.license_id ?? ''}`;
    return { candidates: await this.#candidates(file, downloads), judged: downloads.length, until: next };
  }

  /** This file and the next one. */
  #files(downloadableId: string, from: string): Promise<readonly ReleaseFile[]> {
    return this.database.query<ReleaseFile>(
      `SELECT a.id, a.file_name FROM revision r JOIN asset a ON a.revision_id = r.id WHERE r.downloadable_id = ? AND a.id >= ? ORDER BY a.id LIMIT 2`,
      [downloadableId, from],
    );
  }

  #downloads(assetId: string, after: string): Promise<readonly DownloadRow[]> {
    return this.database.query<DownloadRow>(
      `SELECT license_id, counted_at FROM license_download WHERE asset_id = ? AND license_id > ? ORDER BY license_id LIMIT ?`,
      [assetId, after, SLICE_SIZE],
    );
  }

  async #candidates(file: ReleaseFile, downloads: readonly DownloadRow[]): Promise<readonly Candidate[]> {
    const ids = oneOf(
      'id',
      downloads.map((row) => row.license_id),
    );
    const sql = `SELECT id, customer_id FROM license WHERE ${ids.sql}`;
    const owners = await this.database.query<{ id: string; customer_id: string }>(sql, ids.parameters);
    const ownerOf = new Map(owners.map((row) => [row.id, row.customer_id]));
    return downloads.flatMap(({ license_id: licenseId, counted_at: at }) => {
      const customerId = ownerOf.get(licenseId);
      const download = { at: fromSqlInstant(at), fileName: file.file_name };
      return customerId === undefined ? [] : [{ customerId, licenseId, text: 'FIRST', reason: null, download } as const];
    });
  }
}

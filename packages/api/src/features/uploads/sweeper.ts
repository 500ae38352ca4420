import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { ObjectStore, OpenUpload } from '../../storage/object-store.js';
import { discardObject } from '../assets/object-release.js';
import { listAssetsById, listAssetsOfObject } from '../assets/stored-asset.js';
import { StoredObject } from '../assets/stored-object.entity.js';
import { Downloadable } from '../downloadables/downloadable.entity.js';
import { project } from '../downloadables/projection.js';
import { Revision } from '../downloadables/revision.entity.js';
import { OBJECT_KEY_PREFIX } from './draft-files.js';
import { dropUpload } from './file-declaration.js';

/** Stale rows handled by one sweep; the next one goes on. */
const BATCH_SIZE = 500;

/** What one sweep removed. */
export interface SweepReport {
  readonly staleUploads: number;
  readonly orphanObjects: number;
  readonly orphanUploads: number;
}

/**
 * Brings store and tables together again after crashes: drops uploads that nobody finished, and deletes from the store
 * what no row wants. Rows are inserted before bytes, so bytes without a row are always orphans.
 */
export class Sweeper {
  constructor(
    private readonly database: Database,
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<SweepReport> {
    const report = {
      staleUploads: await this.#dropStaleUploads(),
      orphanUploads: await this.#abortOrphans(),
      orphanObjects: await this.#deleteOrphans(),
    };
    await this.#forget();
    if (report.staleUploads + report.orphanObjects + report.orphanUploads > 0) this.log.info(report, 'swept');
    return report;
  }

  async #dropStaleUploads(): Promise<number> {
    const now = this.clock.now();
    const stale = await this.database.query<{ id: string }>(
      `SELECT id FROM stored_object WHERE state = 'UPLOADING' AND expires_at <= ? ORDER BY expires_at LIMIT ${BATCH_SIZE}`,
      [toSqlInstant(now)],
    );
    for (const { id } of stale) await this.#dropStale(id, now);
    return stale.length;
  }

  async #dropStale(storedObjectId: string, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [asset] = await listAssetsOfObject(tx, storedObjectId);
      const revision = asset ? await tx.manager.findOneBy(Revision, { id: asset.revisionId }) : null;
      const row = revision ? await tx.lock(Downloadable, { id: revision.downloadableId }) : null;
      const object = await tx.lock(StoredObject, { id: storedObjectId });
      // In the meantime its sender may have come back and finished it.
      if (object?.state !== 'UPLOADING') return;
      // Read again: before the locks somebody may have put other bytes in its place.
      const [present] = asset ? await listAssetsById(tx, [asset.id]) : [];
      if (present?.openObjectId === storedObjectId && row) {
        await dropUpload(tx, present, storedObjectId, now);
        await project(tx, row.id);
      } else await discardObject(tx, storedObjectId, now);
    });
  }

  async #abortOrphans(): Promise<number> {
    let count = 0;
    for await (const upload of this.store.listUploads()) {
      if (!upload.objectKey.startsWith(OBJECT_KEY_PREFIX) || (await this.#wantsUpload(upload))) continue;
      await this.store.abortUpload(upload);
      count += 1;
    }
    return count;
  }

  async #wantsUpload({ objectKey, uploadId }: OpenUpload): Promise<boolean> {
    const row = await this.database.read.findOneBy(StoredObject, { objectKey });
    // Without an upload id the row is younger than its upload, whose id is about to be written.
    return row?.state === 'UPLOADING' && (row.uploadId === null || row.uploadId === uploadId);
  }

  async #deleteOrphans(): Promise<number> {
    let count = 0;
    for await (const objectKey of this.store.listKeys()) {
      if (!objectKey.startsWith(OBJECT_KEY_PREFIX)) continue;
      if (await this.database.read.existsBy(StoredObject, { objectKey })) continue;
      await this.store.delete(objectKey);
      count += 1;
    }
    return count;
  }

  /** Rows that have served their time: finished jobs, used idempotency keys, ended sessions. */
  async #forget(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = (hours: number): string => toSqlInstant(new Date(now - hours * 3_600_000));
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM job WHERE finished_at < ?', [before(24)]);
      await tx.execute('DELETE FROM idempotency WHERE expires_at < ?', [before(0)]);
      await tx.execute('DELETE FROM session WHERE last_seen_at < ?', [before(12)]);
    });
  }
}

import { SETTINGS } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import { DELETE_OBJECT_JOB, discardObject } from '../../assets/object-release.js';
import { listAssetsById, listAssetsOfObject, type StoredAsset } from '../../assets/stored-asset.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import type { Audit, AuditEntry } from '../../../machinery/audit/audit.service.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { project } from '../../downloadables/projection/projection.js';
import { Revision } from '../../downloadables/revision.entity.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import { moveObject } from '../draft/draft-files.js';
import { dropUpload, UPLOAD_HOURS } from '../draft/file-declaration.js';

/** Stale rows handled by one sweep; the next one goes on. */
const BATCH_SIZE = 500;
const HOUR_MS = 3_600_000;
/** No setting lets anybody be away for longer. */
const LONGEST_IDLE_HOURS = SETTINGS.customerIdleDays.most * 24;
const NEVER_SENT = `not sent within ${UPLOAD_HOURS} hours, so this release did not publish itself: send what is missing, or publish without it.`;
const SEVERAL = `Files named in the history were ${NEVER_SENT}`;

/** A part of the program that keeps what has to be forgotten in time. */
interface Forgetful {
  forget(): Promise<void>;
}

/**
 * Drops what nobody came back for: uploads that were not finished in time, and rows that have served their time. It never
 * deletes an object: what no row wants may belong to another life of this database (`doctor` lists it).
 */
export class Sweeper {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly audit: Audit,
    private readonly others: readonly Forgetful[],
  ) {}

  async sweep(): Promise<void> {
    const staleUploads = await this.#dropStaleUploads();
    await this.#askAgain();
    await this.#forget();
    for (const other of this.others) await other.forget();
    if (staleUploads > 0) this.log.info({ staleUploads }, 'unfinished uploads were dropped');
  }

  async #dropStaleUploads(): Promise<number> {
    const now = this.clock.now();
    const stale = await this.database.query<{ id: string }>(
      `SELECT id FROM stored_object WHERE state IN ('UPLOADING', 'VERIFYING') AND expires_at <= ? ORDER BY expires_at LIMIT ${BATCH_SIZE}`,
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
      // In the meantime its sender may have come back and finished it. What a job verifies does not expire; a stream that died does.
      if ((object?.state !== 'UPLOADING' && object?.state !== 'VERIFYING') || object.expiresAt === null || object.expiresAt > now) return;
      if (object.state === 'VERIFYING') await moveObject(tx, storedObjectId, { from: 'VERIFYING', to: 'ABANDONED', expiresAt: now });
      // Read again: before the locks somebody may have put other bytes in its place.
      const [present] = asset ? await listAssetsById(tx, [asset.id]) : [];
      if (present?.openObjectId === storedObjectId && row) {
        await this.#tellNeverSent(tx, row, present);
        await dropUpload(tx, present, storedObjectId, now);
        await project(tx, row.id);
      } else await discardObject(tx, storedObjectId, now);
    });
  }

  /** History names each file; a release that waited for them says on its page why it is not published. */
  async #tellNeverSent(tx: Transaction, row: Downloadable, { fileName, size }: StoredAsset): Promise<void> {
    const entry: AuditEntry = { action: 'asset.expire', subjectType: 'downloadable', subjectId: row.id, before: { fileName, size } };
    await this.audit.recordBySystem(tx, entry);
    const scheduleFailure = row.publishWhenReady
      ? `${fileName} was ${NEVER_SENT}`
      : row.scheduleFailure?.endsWith(NEVER_SENT)
        ? SEVERAL
        : null;
    if (scheduleFailure !== null) await tx.manager.update(Downloadable, { id: row.id }, { scheduleFailure });
  }

  /** Asks again for what should be gone by now: in a rolling upgrade an older replica may have ended the job without knowing the state. */
  async #askAgain(): Promise<void> {
    const now = this.clock.now().getTime();
    const left = await this.database.query<{ id: string }>(
      `SELECT id FROM stored_object WHERE state IN ('DISCARDED', 'ABANDONED') AND expires_at <= ? ORDER BY expires_at LIMIT ${BATCH_SIZE}`,
      [toSqlInstant(new Date(now - HOUR_MS))],
    );
    for (const { id } of left) {
      const dedupeKey = `${DELETE_OBJECT_JOB}:${id}:${Math.floor(now / HOUR_MS)}`;
      await this.database.transaction((tx) => enqueueJob(tx, { kind: DELETE_OBJECT_JOB, dedupeKey, payload: { storedObjectId: id } }));
    }
  }

  /** Rows that have served their time: finished jobs, used idempotency keys, ended sessions. */
  async #forget(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = (hours: number): string => toSqlInstant(new Date(now - hours * 3_600_000));
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM job WHERE finished_at < ?', [before(24)]);
      await tx.execute('DELETE FROM idempotency WHERE expires_at < ?', [before(0)]);
      await tx.execute('DELETE FROM session WHERE last_seen_at < ?', [before(LONGEST_IDLE_HOURS)]);
    });
  }
}

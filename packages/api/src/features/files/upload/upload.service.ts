import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import { partRange, planUpload } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { newId } from '../../../kernel/ids.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { columnOfStore } from '../../../storage/ownership/object-rows.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import { discardObject } from '../../assets/object-release.js';
import { claimUploadRoom } from '../../assets/open-uploads.js';
import { listAssetsById, listAssetsOfObject, type StoredAsset } from '../../assets/stored-asset.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { lockDownloadable, lockDraft } from '../../downloadables/downloadable-lock.js';
import { project } from '../../downloadables/projection/projection.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { checkDeclaration, lockDraftFile, moveObject } from '../draft/draft-files.js';
import { declareUpload, dropUpload, keepUpload, type Declaration } from '../draft/file-declaration.js';
import { openUploadOf, requireAllParts } from './part-checks.js';
import { UploadLoaders } from './upload.loaders.js';
import { asUnavailable, fromStore } from './from-store.js';
import type { CreateUploadInput } from './upload.schema.js';
import { uploadOf, type Upload } from './upload-view.js';
import { VERIFY_JOB } from '../verify/verify.job.js';

/** How long a part URL works; the browser asks for a fresh one at every retry. */
const PART_URL_SECONDS = 15 * 60;

/** What the audit trail calls a declaration. */
const ACTIONS: Readonly<Record<Declaration['outcome'], AuditAction>> = {
  CREATED: 'asset.create',
  BEGUN: 'asset.create',
  CONTINUED: 'asset.continue',
  REPLACING: 'asset.replace',
};

export interface UploadDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly settings: SettingsService;
  readonly stores: FileStores;
  readonly jobs: JobRunner;
}

/** Uploads that go from the browser straight to the store, in parts. */
export class UploadService {
  readonly loaders: UploadLoaders;

  constructor(private readonly use: UploadDependencies) {
    this.loaders = new UploadLoaders(use.database, use.stores);
  }

  /** Declares a file of a draft and opens its upload, or continues the one that the same file has left. */
  async create(context: RequestContext, input: CreateUploadInput): Promise<Upload> {
    const { database, idempotency, settings } = this.use;
    const { maxFileSizeBytes } = await settings.read();
    const { fileName, size, sha256 = null, fingerprint = null } = input;
    checkDeclaration({ fileName, sizeBytes: size, sha256, fingerprint }, maxFileSizeBytes);
    const { idempotencyKey, ...rest } = input;
    let outcome: Declaration['outcome'] = 'CONTINUED';
    const storedObjectId = await database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: input.downloadableId, scope: 'release:write' });
      const call = { operation: 'createUpload', key: idempotencyKey, input: rest, made: { entity: StoredObject, noun: 'upload' } };
      return (
        await idempotency.once(tx, context, call, async () => {
          const declared = await this.#declare(tx, context, row, input);
          ({ outcome } = declared);
          return declared.storedObjectId;
        })
      ).id;
    });
    this.use.jobs.nudge();
    return this.#open({ storedObjectId, outcome }, input.downloadableId);
  }

  async #declare(tx: Transaction, context: RequestContext, row: Downloadable, input: CreateUploadInput): Promise<Declaration> {
    const draft = await lockDraft(tx, row);
    // A sender without a fingerprint recognizes nothing again, and must not be taken for another one without.
    const file = { ...input, fingerprint: input.fingerprint ?? newId() };
    const { storedObjectId, outcome } = await declareUpload(tx, { revisionId: draft.id, file, now: this.use.clock.now() });
    if (outcome !== 'CONTINUED') {
      await claimUploadRoom(tx, context, { storedObjectId, sizeBytes: input.size, now: this.use.clock.now() });
      await project(tx, row.id);
    }
    await this.use.audit.record(tx, context, {
      action: ACTIONS[outcome],
      subjectType: 'downloadable',
      subjectId: row.id,
      after: { fileName: input.fileName, size: input.size },
    });
    return { storedObjectId, outcome };
  }

  /** URLs to which a browser PUTs parts. */
  async signParts(
    context: RequestContext,
    uploadId: string,
    partNumbers: readonly number[],
  ): Promise<{ number: number; url: string; expiresAt: Date }[]> {
    if (partNumbers.length > LIMITS.signedParts.most) throw badInput(`Ask for at most ${LIMITS.signedParts.most} parts at a time.`);
    const object = await this.#getOpen(context, uploadId);
    // Parts that are asked for are about to arrive: the upload moves.
    await this.use.database.transaction((tx) => keepUpload(tx, object.id, this.use.clock.now()));
    const plan = planUpload(object.declaredSize);
    if (partNumbers.some((number) => number < 1 || number > plan.partCount))
      throw badInput(`This upload has the parts 1 to ${plan.partCount}.`);
    const { store } = await fromStore(() => this.use.stores.of(object));
    const expiresInSeconds = await fromStore(() => store.urlSeconds(PART_URL_SECONDS));
    const expiresAt = new Date(this.use.clock.now().getTime() + expiresInSeconds * 1_000);
    return fromStore(() =>
      Promise.all(
        partNumbers.map(async (number) => {
          const { start, end } = partRange(plan, object.declaredSize, number);
          const url = await store.signPart(object, {
            partNumber: number,
            sizeBytes: end - start,
            expiresInSeconds,
          });
          return { number, url, expiresAt };
        }),
      ),
    );
  }

  /** Makes the object of its parts and has it verified. The parts are those the store has; the sender's word is not needed. */
  async complete(context: RequestContext, uploadId: string): Promise<StoredAsset> {
    const { stores, database, jobs } = this.use;
    const { object, asset } = await this.#get(context, uploadId);
    if (object.state !== 'UPLOADING') return asset;
    const open = openUploadOf(object);
    const { store } = await fromStore(() => stores.of(object));
    const parts = await fromStore(() => store.listParts(open));
    if (parts !== null) {
      requireAllParts(object, parts);
      await fromStore(() => store.completeUpload(open, parts));
    } else if ((await fromStore(() => store.findSize(object.objectKey))) === null) {
      refuse('UPLOAD_INCOMPLETE', 'The store does not know this upload any more: remove the file and upload it again.', 'uploadId');
    }
    await database.transaction(async (tx) => {
      await lockDraftFile(tx, context, asset.id);
      if (!(await moveObject(tx, object.id, { from: 'UPLOADING', to: 'VERIFYING', expiresAt: null }))) return;
      await enqueueJob(tx, { kind: VERIFY_JOB, dedupeKey: `${VERIFY_JOB}:${object.id}`, payload: { storedObjectId: object.id } });
    });
    jobs.nudge();
    return (await listAssetsById(database, [asset.id]))[0] ?? asset;
  }

  /** Drops an unfinished upload; a file that it was to replace stays, a new one goes with it. */
  async abort(context: RequestContext, uploadId: string): Promise<void> {
    const { asset } = await this.#get(context, uploadId);
    await this.use.database.transaction(async (tx) => {
      const { row, asset: present } = await lockDraftFile(tx, context, asset.id);
      const object = await tx.lock(StoredObject, { id: uploadId });
      const isDroppable = object?.state === 'UPLOADING' || (object?.state === 'FAILED' && present.storedObjectId !== uploadId);
      if (!isDroppable) refuse('UPLOAD_FINISHED', 'All parts have arrived: remove the file instead.', 'uploadId');
      await dropUpload(tx, present, uploadId, this.use.clock.now());
      await project(tx, row.id);
      const before = { fileName: asset.fileName };
      await this.use.audit.record(tx, context, { action: 'asset.abort', subjectType: 'downloadable', subjectId: row.id, before });
    });
    this.use.jobs.nudge();
  }

  async getAsset(context: RequestContext, id: string): Promise<StoredAsset> {
    const asset = await context.loader(this.loaders.asset).load(id);
    if (!asset) throw notFound('asset');
    return asset;
  }

  /** Opens the upload in the store, after its row; when the store fails the row goes again. */
  async #open({ storedObjectId, outcome }: Declaration, downloadableId: string): Promise<Upload> {
    const { database, stores } = this.use;
    const object = await database.read.findOneBy(StoredObject, { id: storedObjectId });
    const [asset] = await listAssetsOfObject(database, storedObjectId);
    // A repetition of a request whose file is gone must not meet the upload of another file under the same name.
    if (!object || !asset)
      refuse('UPLOAD_GONE', 'This file was replaced or removed meanwhile: declare it again, with another key.', 'fileName');
    if (object.uploadId === null && object.state === 'UPLOADING') {
      const { id: storeId, store } = await stores.current();
      const storeUploadId = await store.createUpload(object.objectKey).catch(async (error: unknown) => {
        if (outcome === 'BEGUN') await this.#leaveAnnounced(object.id);
        else if (outcome !== 'CONTINUED') await this.#withdraw(asset.id, object.id, downloadableId);
        throw asUnavailable(error);
      });
      const isOurs = await database.transaction((tx) =>
        tx.execute('UPDATE stored_object SET upload_id = ?, store_id = ? WHERE id = ? AND upload_id IS NULL', [
          storeUploadId,
          columnOfStore(storeId),
          object.id,
        ]),
      );
      // A repetition of this request was faster: one open upload is enough.
      if (isOurs === 0) await store.abortUpload({ objectKey: object.objectKey, uploadId: storeUploadId });
    }
    return uploadOf(asset.id, object, this.use.clock.now());
  }

  /** Takes back a file whose upload the store did not open, unless others have gone on with it while the store was asked. */
  async #withdraw(assetId: string, storedObjectId: string, downloadableId: string): Promise<void> {
    await this.use.database.transaction(async (tx) => {
      const row = await tx.lock(Downloadable, { id: downloadableId });
      const object = await tx.lock(StoredObject, { id: storedObjectId });
      const [asset] = await listAssetsById(tx, [assetId]);
      if (object?.state !== 'UPLOADING' || object.uploadId !== null) return;
      if (asset?.openObjectId === storedObjectId) await dropUpload(tx, asset, storedObjectId, this.use.clock.now());
      else await discardObject(tx, storedObjectId, this.use.clock.now());
      if (row) await project(tx, row.id);
      // Nothing was done under this key: its repetition starts afresh.
      await tx.execute(`DELETE FROM idempotency WHERE operation = 'createUpload' AND result_id = ?`, [storedObjectId]);
    });
    this.use.jobs.nudge();
  }

  /** The store did not open the upload of an announced file: it is announced again, and its release goes on waiting. */
  async #leaveAnnounced(storedObjectId: string): Promise<void> {
    await this.use.database.transaction(async (tx) => {
      await tx.execute(`UPDATE stored_object SET fingerprint = NULL WHERE id = ? AND upload_id IS NULL AND state = 'UPLOADING'`, [
        storedObjectId,
      ]);
      await tx.execute(`DELETE FROM idempotency WHERE operation = 'createUpload' AND result_id = ?`, [storedObjectId]);
    });
  }

  async #getOpen(context: RequestContext, uploadId: string): Promise<StoredObject & { uploadId: string }> {
    const { object } = await this.#get(context, uploadId);
    if (object.state !== 'UPLOADING') refuse('UPLOAD_FINISHED', 'This upload is complete; no more parts are needed.', 'uploadId');
    return { ...object, uploadId: openUploadOf(object).uploadId };
  }

  async #get(context: RequestContext, uploadId: string): Promise<{ object: StoredObject; asset: StoredAsset }> {
    const object = await this.use.database.read.findOneBy(StoredObject, { id: uploadId });
    const [asset] = await listAssetsOfObject(this.use.database, uploadId);
    if (!object || !asset) throw notFound('upload');
    await this.use.database.transaction((tx) => lockDraftFile(tx, context, asset.id));
    return { object, asset };
  }
}

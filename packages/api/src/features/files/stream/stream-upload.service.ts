import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { ObjectStore, OpenUpload, StoredPart } from '../../../storage/object-store.js';
import { columnOfStore } from '../../../storage/ownership/object-rows.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import { claimUploadRoom } from '../../assets/open-uploads.js';
import { discardObject } from '../../assets/object-release.js';
import { StoredObject } from '../../assets/stored-object.entity.js';
import { listAssetsById, type StoredAsset } from '../../assets/stored-asset.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { lockDownloadable, lockDraft } from '../../downloadables/downloadable-lock.js';
import { project } from '../../downloadables/projection/projection.js';
import type { PublishingService } from '../../downloadables/publishing/publishing.service.js';
import { requireSameInput, type KeyClaim, type LongIdempotency } from '../../../machinery/idempotency/long-work.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { SettingsService } from '../../settings/settings.service.js';
import {
  checkDeclaration,
  findReplaced,
  insertAsset,
  insertStoredObject,
  moveObject,
  relabelAsset,
  requireFileRoom,
  type DeclaredFile,
} from '../draft/draft-files.js';
import { isAnnounced, keepUpload, takeReplacement } from '../draft/file-declaration.js';
import { digestsOf } from '../verify/digests-of.js';
import type { Digests } from '../verify/hasher.js';
import { partSizeOf, sendParts } from '../upload/part-sender.js';
import { fromStore } from '../upload/from-store.js';
import { requireMatch } from './declared-match.js';

/** A stream cannot be continued: what is left of one that died is swept this long after it last moved. */
const STREAM_HOURS = 1;
/** How often a stream under way says that it moves. */
const KEEP_EVERY_MS = 60_000;
const OPERATION = 'putFile';

/** What is known of a streamed file before its bytes come. */
export interface AnnouncedFile extends DeclaredFile {
  readonly downloadableId: string;
  /** Null when the sender does not say (`curl -T -`, forms). */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly idempotencyKey: string | null;
}

/** A file that comes through the API in one stream. */
export interface StreamedFile extends AnnouncedFile {
  readonly body: AsyncIterable<Buffer>;
}

export interface StreamUploadDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly settings: SettingsService;
  readonly stores: FileStores;
  readonly publishing: PublishingService;
  readonly jobs: JobRunner;
  readonly idempotency: LongIdempotency;
}

/** Bytes that have arrived as parts, not yet an object. */
interface SentFile {
  readonly store: ObjectStore;
  readonly upload: OpenUpload;
  readonly parts: readonly StoredPart[];
  readonly digests: Digests;
}

interface StreamedResult {
  readonly asset: StoredAsset;
  readonly isNew: boolean;
}

/** Uploads through the API (`curl -T`, `curl -F`): constant memory, hashed in flight, nothing left behind when they break off. */
export class StreamUploadService {
  constructor(private readonly use: StreamUploadDependencies) {}

  /** Refuses what can be refused before a form is sent, whose fields come with its file. @param file its name is null when the form will tell it */
  async admit(
    context: RequestContext,
    file: Pick<AnnouncedFile, 'downloadableId' | 'idempotencyKey'> & { readonly fileName: string | null },
  ): Promise<void> {
    const { maxFileSizeBytes } = await this.use.settings.read();
    if (file.fileName !== null) checkDeclaration({ fileName: file.fileName, sizeBytes: null, sha256: null }, maxFileSizeBytes);
    await this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: file.downloadableId, scope: 'release:write' });
      // What was done before under the key is answered, whatever has become of the draft.
      if (file.idempotencyKey === null) await lockDraft(tx, row);
    });
  }

  /** Stores a file of a draft; an existing one of the same name is replaced once the new one is whole. */
  async put(context: RequestContext, file: StreamedFile): Promise<StreamedResult> {
    const { maxFileSizeBytes } = await this.use.settings.read();
    checkDeclaration(file, maxFileSizeBytes);
    const begun = await this.#begin(context, file);
    if ('resultId' in begun) return this.#repeat(begun, file);
    try {
      const { store, upload, parts, digests } = await this.#send(context, begun, { file, maxFileSizeBytes });
      requireMatch(file, digests);
      await this.#close(begun.id);
      await fromStore(() => store.completeUpload(upload, parts));
      return await this.#attach(context, file, { id: begun.id, digests });
    } catch (error) {
      await this.#giveUp(context, file, begun.id);
      throw error;
    } finally {
      this.use.jobs.nudge();
    }
  }

  /** Checks that the file may come, and makes the row that will own its bytes; or finds what the same request made before. */
  async #begin(context: RequestContext, file: StreamedFile): Promise<{ id: string; objectKey: string } | (KeyClaim & { isDone: true })> {
    const now = this.use.clock.now();
    return this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: file.downloadableId, scope: 'release:write' });
      const key = file.idempotencyKey;
      const call = { operation: OPERATION, input: inputOf(file) };
      const claim = key === null ? null : await this.use.idempotency.claim(tx, context, { ...call, key });
      if (claim?.isDone) return claim;
      const draft = await lockDraft(tx, row);
      if (!(await findReplaced(tx, draft.id, file))) await requireFileRoom(tx, draft.id);
      const object = await insertStoredObject(tx, {
        declaredSize: file.sizeBytes ?? 0,
        declaredSha256: file.sha256?.toLowerCase() ?? null,
        fingerprint: null,
        partSize: partSizeOf(file.sizeBytes),
        now,
        expiresAt: streamExpiry(now),
      });
      await claimUploadRoom(tx, context, { storedObjectId: object.id, sizeBytes: file.sizeBytes ?? 0, now });
      return object;
    });
  }

  /** The same request again: its bytes are compared with the first ones', and nothing is stored. */
  async #repeat(claim: KeyClaim & { isDone: true }, file: StreamedFile): Promise<StreamedResult> {
    const sha256 = file.sha256?.toLowerCase() ?? (await digestsOf(file.body)).sha256;
    requireSameInput(claim, { ...inputOf(file), content: sha256 });
    const [asset] = await listAssetsById(this.use.database, [claim.resultId]);
    if (!asset) throw notFound('asset');
    return { asset, isNew: false };
  }

  async #send(
    context: RequestContext,
    object: { id: string; objectKey: string },
    { file, maxFileSizeBytes }: { file: StreamedFile; maxFileSizeBytes: number },
  ): Promise<SentFile> {
    const { stores, database } = this.use;
    const { id, store } = await fromStore(() => stores.current());
    const uploadId = await fromStore(() => store.createUpload(object.objectKey));
    const storeId = columnOfStore(id);
    await database.transaction((tx) => tx.manager.update(StoredObject, { id: object.id }, { uploadId, storeId }));
    const upload = { objectKey: object.objectKey, uploadId };
    let keptAt = this.use.clock.now().getTime();
    const onPart = async (): Promise<void> => {
      const now = this.use.clock.now();
      if (now.getTime() - keptAt < KEEP_EVERY_MS) return;
      keptAt = now.getTime();
      await database.transaction((tx) => this.#keep(tx, context, { file, id: object.id, now }));
    };
    return { store, upload, ...(await sendParts(store, upload, { ...file, maxFileSizeBytes, onPart })) };
  }

  /** Written down first: from here on the object may be there, and giving it up deletes it, too. */
  async #close(id: string): Promise<void> {
    const expiresAt = streamExpiry(this.use.clock.now());
    const isOurs = await this.use.database.transaction((tx) => moveObject(tx, id, { from: 'UPLOADING', to: 'VERIFYING', expiresAt }));
    if (!isOurs) refuseExpired();
  }

  async #keep(tx: Transaction, context: RequestContext, moving: { file: StreamedFile; id: string; now: Date }): Promise<void> {
    const { file, id, now } = moving;
    if (!(await keepUpload(tx, id, now, streamExpiry(now)))) refuseExpired();
    if (file.idempotencyKey !== null) await this.use.idempotency.keep(tx, context, file.idempotencyKey);
  }

  /** Nothing of a broken stream stays: neither row nor object nor open upload, nor its idempotency key. */
  async #giveUp(context: RequestContext, file: StreamedFile, storedObjectId: string): Promise<void> {
    await this.use.database.transaction(async (tx) => {
      await discardObject(tx, storedObjectId, this.use.clock.now());
      if (file.idempotencyKey !== null) await this.use.idempotency.release(tx, context, file.idempotencyKey);
    });
  }

  async #attach(context: RequestContext, file: StreamedFile, stored: { id: string; digests: Digests }): Promise<StreamedResult> {
    const { timeZone } = await this.use.settings.read();
    const now = this.use.clock.now();
    return this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: file.downloadableId, scope: 'release:write' });
      const draft = await lockDraft(tx, row);
      const ready = { ...stored.digests, declaredSize: stored.digests.size, state: 'READY', expiresAt: null } as const;
      const { affected } = await tx.manager.update(StoredObject, { id: stored.id, state: 'VERIFYING' }, ready);
      if (affected !== 1) refuseExpired();
      const previous = await findReplaced(tx, draft.id, file);
      if (previous) {
        const open = previous.openObjectId ? await tx.manager.findOneBy(StoredObject, { id: previous.openObjectId }) : null;
        // What was announced with the release is what it waits for.
        if (open && isAnnounced(open)) requireMatch({ sizeBytes: open.declaredSize, sha256: open.declaredSha256 }, stored.digests);
        await relabelAsset(tx, previous, file);
        await takeReplacement(tx, previous, stored.id, now);
      }
      const id = previous?.id ?? (await insertAsset(tx, draft.id, { ...file, storedObjectId: stored.id, now }));
      await project(tx, row.id);
      await this.use.publishing.publishIfWaiting(tx, row, timeZone);
      await this.#remember(tx, context, { file, id, digests: stored.digests, action: previous ? 'asset.replace' : 'asset.create' });
      const [asset] = await listAssetsById(tx, [id]);
      if (!asset) throw new Error('The asset that was just inserted is gone.');
      return { asset, isNew: previous === null };
    });
  }

  async #remember(
    tx: Transaction,
    context: RequestContext,
    { file, id, digests, action }: { file: StreamedFile; id: string; digests: Digests; action: AuditAction },
  ): Promise<void> {
    const key = file.idempotencyKey;
    const input = { ...inputOf(file), content: digests.sha256 };
    if (key !== null) await this.use.idempotency.finish(tx, context, { key, input, resultId: id });
    const after = { fileName: file.fileName, size: digests.size, sha256: digests.sha256 };
    await this.use.audit.record(tx, context, { action, subjectType: 'downloadable', subjectId: file.downloadableId, after });
  }
}

const streamExpiry = (now: Date): Date => new Date(now.getTime() + STREAM_HOURS * 3_600_000);

function refuseExpired(): never {
  refuse('UPLOAD_EXPIRED', 'The upload took too long and was swept away: send the file again.', 'file');
}

/** What makes two requests the same, apart from their bytes. */
function inputOf({ downloadableId, fileName, type, platform, architecture }: StreamedFile): object {
  return { downloadableId, fileName, type: type ?? null, platform: platform ?? null, architecture: architecture ?? null };
}

import type { Readable } from 'node:stream';
import { checkFileSize, fileNameKey, PART_MIN_BYTES, PARTS_MAX_COUNT } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { Refusal, refuse } from '../../kernel/refusal.js';
import type { ObjectStore, OpenUpload, StoredPart } from '../../storage/object-store.js';
import { Asset } from '../assets/asset.entity.js';
import { discardObject, releaseAssets } from '../assets/object-release.js';
import { StoredObject } from '../assets/stored-object.entity.js';
import { listAssetsById, type StoredAsset } from '../assets/stored-asset.js';
import type { Audit } from '../audit/audit.service.js';
import { lockDownloadable, lockDraft } from '../downloadables/downloadable-lock.js';
import { project } from '../downloadables/projection.js';
import type { PublishingService } from '../downloadables/publishing.service.js';
import type { JobRunner } from '../jobs/job-runner.js';
import type { SettingsService } from '../settings/settings.service.js';
import { checkDeclaration, insertAsset, insertStoredObject, type DeclaredFile } from './draft-files.js';
import { Hasher, type Digests } from './hasher.js';
import { fromStore, UPLOAD_HOURS } from './upload.service.js';
import { findMismatch } from './verify.job.js';

/** A file that comes through the API in one stream. */
export interface StreamedFile extends DeclaredFile {
  readonly downloadableId: string;
  readonly body: Readable;
  /** Null when the sender does not say (`curl -T -`). */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface StreamUploadDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly settings: SettingsService;
  readonly store: ObjectStore;
  readonly publishing: PublishingService;
  readonly jobs: JobRunner;
}

interface Limits {
  readonly maxFileSizeBytes: number;
  readonly timeZone: string;
}

/** Uploads through the API (`curl -T`): constant memory, hashed in flight, nothing left behind when they break off. */
export class StreamUploadService {
  constructor(private readonly use: StreamUploadDependencies) {}

  /** Stores a file of a draft; an existing one of the same name is replaced once the new one is whole. */
  async put(context: RequestContext, file: StreamedFile): Promise<{ asset: StoredAsset; isReplacement: boolean }> {
    const limits = await this.use.settings.read();
    checkDeclaration(file, limits.maxFileSizeBytes);
    const object = await this.#reserve(context, file);
    try {
      const digests = await this.#store(object, file, limits);
      const failure = findMismatch(
        { declaredSize: file.sizeBytes ?? digests.size, declaredSha256: file.sha256?.toLowerCase() ?? null },
        digests,
      );
      if (failure) refuse(failure, MISMATCHES[failure] ?? 'The file did not pass its check. Send it again.', 'file');
      return await this.#attach(context, file, { object, digests, limits });
    } catch (error) {
      await this.use.database.transaction((tx) => discardObject(tx, object.id, this.use.clock.now()));
      throw error;
    } finally {
      this.use.jobs.nudge();
    }
  }

  /** Checks that the file may come, and makes the row that will own its bytes. */
  async #reserve(context: RequestContext, file: StreamedFile): Promise<{ id: string; objectKey: string }> {
    const now = this.use.clock.now();
    return this.use.database.transaction(async (tx) => {
      await lockDraft(tx, await lockDownloadable(tx, context, { id: file.downloadableId, scope: 'release:write' }));
      return insertStoredObject(tx, {
        declaredSize: file.sizeBytes ?? 0,
        declaredSha256: file.sha256?.toLowerCase() ?? null,
        partSize: PART_MIN_BYTES,
        now,
        expiresAt: new Date(now.getTime() + UPLOAD_HOURS * 3_600_000),
      });
    });
  }

  async #store(object: { id: string; objectKey: string }, file: StreamedFile, limits: Limits): Promise<Digests> {
    const uploadId = await fromStore(() => this.use.store.createUpload(object.objectKey));
    await this.use.database.transaction((tx) => tx.manager.update(StoredObject, { id: object.id }, { uploadId }));
    const hasher = new Hasher();
    try {
      const upload = { objectKey: object.objectKey, uploadId };
      const parts = await this.#sendParts(upload, file, { hasher, limits });
      await fromStore(() => this.use.store.completeUpload(upload, parts));
      return await hasher.finish();
    } finally {
      await hasher.close();
    }
  }

  async #sendParts(upload: OpenUpload, file: StreamedFile, { hasher, limits }: { hasher: Hasher; limits: Limits }): Promise<StoredPart[]> {
    const partSize = Math.max(PART_MIN_BYTES, Math.ceil((file.sizeBytes ?? 0) / PARTS_MAX_COUNT));
    const parts: StoredPart[] = [];
    // One buffer for all parts: a fresh one for each would pile up faster than it is collected.
    const buffer = Buffer.allocUnsafeSlow(partSize);
    let filled = 0;
    let total = 0;
    const flush = async (): Promise<void> => {
      parts.push(await fromStore(() => this.use.store.putPart(upload, parts.length + 1, buffer.subarray(0, filled))));
      filled = 0;
    };
    for await (const chunk of chunksUpTo(file.body, partSize)) {
      if (filled + chunk.length > partSize) await flush();
      filled += chunk.copy(buffer, filled);
      total += chunk.length;
      requireSize(total, limits.maxFileSizeBytes);
      await hasher.update(chunk);
    }
    requireSize(total, limits.maxFileSizeBytes);
    await flush();
    return parts;
  }

  async #attach(
    context: RequestContext,
    file: StreamedFile,
    stored: { object: { id: string }; digests: Digests; limits: Limits },
  ): Promise<{ asset: StoredAsset; isReplacement: boolean }> {
    const now = this.use.clock.now();
    return this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: file.downloadableId, scope: 'release:write' });
      const draft = await lockDraft(tx, row);
      const previous = await tx.manager.findOneBy(Asset, { revisionId: draft.id, fileNameKey: fileNameKey(file.fileName) });
      if (previous) await releaseAssets(tx, [previous.id], now);
      const { affected } = await tx.manager.update(
        StoredObject,
        { id: stored.object.id, state: 'UPLOADING' },
        { ...stored.digests, declaredSize: stored.digests.size, state: 'READY', expiresAt: null },
      );
      if (affected !== 1) refuse('UPLOAD_EXPIRED', 'The upload took too long and was swept away. Send the file again.', 'file');
      const id = await insertAsset(tx, draft.id, { ...file, storedObjectId: stored.object.id, now });
      await project(tx, row.id);
      await this.use.publishing.publishIfWaiting(tx, row, stored.limits.timeZone);
      const after = { fileName: file.fileName, size: stored.digests.size, sha256: stored.digests.sha256 };
      await this.use.audit.record(tx, context, {
        action: previous ? 'asset.replace' : 'asset.create',
        subjectType: 'downloadable',
        subjectId: row.id,
        after,
      });
      const [asset] = await listAssetsById(tx, [id]);
      if (!asset) throw new Error('The asset that was just inserted is gone.');
      return { asset, isReplacement: previous !== null };
    });
  }
}

const MISMATCHES: Readonly<Record<string, string>> = {
  CHECKSUM_MISMATCH: 'The bytes that arrived do not have the SHA-256 that was declared. Nothing was kept; send the file again.',
  SIZE_MISMATCH: 'Fewer or more bytes arrived than Content-Length said. Nothing was kept; send the file again.',
};

function requireSize(sizeBytes: number, limitBytes: number): void {
  const problem = checkFileSize(sizeBytes, limitBytes);
  if (problem) throw new Refusal([{ code: problem.code, message: problem.message, field: 'file' }]);
}

/** The chunks of a stream, none larger than a part. The stream stays alive when the store fails: its connection carries the reply. */
async function* chunksUpTo(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    // A request's body comes in buffers.
    const buffer = chunk as Buffer;
    for (let start = 0; start < buffer.length; start += maxBytes) yield buffer.subarray(start, start + maxBytes);
  }
}

import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { bodyStream } from '../body-stream.js';
import type { ByteSpan } from '../byte-range.js';
import type { StorageFaultReason } from '../storage-fault.js';
import { DISK_FAULTS, diskFaultOf } from './disk-faults.js';
import { DiskFolder } from './disk-folder.js';
import { keepOnlyParts, listPartFiles, readPartFiles, writePartFile } from './disk-parts.js';
import { DiskUrls, type DiskUrlSettings, type SignedMethod, type StoreGrant } from './disk-urls.js';
import type {
  ListedObject,
  ListedUpload,
  ObjectStore,
  OpenUpload,
  PartBody,
  SignedGetOptions,
  SignedPartOptions,
  StoredPart,
  StoreRoom,
} from '../object-store.js';
import { StorageFault } from '../storage-fault.js';
import { includesAll, objectEtagOf, totalSizeOf } from '../stored-parts.js';

export interface DiskStoreSettings extends DiskUrlSettings {
  /** The folder that is the store's own; made when it is not there. */
  readonly directory: string;
}

/** A complete object, opened for reading. `size` in bytes. */
export interface DiskObject {
  readonly size: number;
  /** Strong: other bytes never have the same. */
  readonly etag: string;
  /** The bytes of a span, or all of them. Destroying the stream closes the file. */
  read(span?: ByteSpan): Readable;
}

/** The object store of an installation without S3: a folder, and signed URLs that `registerStoreRoutes` serves. */
export class DiskStore implements ObjectStore {
  readonly #folder: DiskFolder;
  readonly #urls: DiskUrls;
  /** Its URLs are signed and judged by one clock. */
  readonly clockOffsetSeconds = 0;
  readonly signsBytes = false;
  readonly faults: ReadonlyMap<StorageFaultReason, number> = DISK_FAULTS;

  /** Does no I/O; call `prepare` before anything else. */
  constructor(settings: DiskStoreSettings) {
    this.#folder = new DiskFolder(settings.directory);
    this.#urls = new DiskUrls(settings);
  }

  /** Makes the folders and finishes deletions that a crash cut short. @throws StorageFault when the folder cannot be used */
  prepare(): Promise<void> {
    return this.#folder.prepare();
  }

  async createUpload(objectKey: string): Promise<string> {
    const uploadId = this.#folder.newUploadId();
    try {
      await mkdir(this.#folder.uploadPath('open', { objectKey, uploadId }), { mode: 0o700 });
    } catch (error) {
      throw diskFaultOf(error);
    }
    return uploadId;
  }

  async signPart(upload: OpenUpload, options: SignedPartOptions): Promise<string> {
    return this.#urls.forPart(upload, options);
  }

  async signGet(objectKey: string, options: SignedGetOptions): Promise<string> {
    return this.#urls.forObject(objectKey, options);
  }

  async browserOrigin(): Promise<null> {
    return null;
  }

  async urlSeconds(wantedSeconds: number): Promise<number> {
    return wantedSeconds;
  }

  /** Judges a URL that a client sent. @param url path and query exactly as they arrived */
  verifyUrl(method: SignedMethod, url: string): StoreGrant {
    return this.#urls.verify(method, url);
  }

  async putPart(upload: OpenUpload, partNumber: number, body: PartBody): Promise<StoredPart> {
    const part = await this.writePart(upload, partNumber, Buffer.isBuffer(body) ? body : body.bytes);
    if (!part) throw new StorageFault('FAILED', 'The upload is not open: it was completed or aborted.');
    return part;
  }

  /** Like `putPart`, from a stream in constant memory; null when the upload is not open. A cut body leaves nothing. @throws BodyCut then */
  writePart(upload: OpenUpload, partNumber: number, body: Readable | Buffer): Promise<StoredPart | null> {
    return writePartFile(this.#folder.uploadPath('open', upload), partNumber, body);
  }

  async listParts(upload: OpenUpload): Promise<readonly StoredPart[] | null> {
    const open = await listPartFiles(this.#folder.uploadPath('open', upload));
    const parts = open ?? (await listPartFiles(this.#folder.uploadPath('closed', upload)));
    if (!parts) await this.#folder.requireUsable();
    return parts;
  }

  /** Closes the upload to late parts, checks what is there, and puts it among the objects. Repeating it is harmless. */
  async completeUpload(upload: OpenUpload, parts: readonly StoredPart[]): Promise<void> {
    const open = this.#folder.uploadPath('open', upload);
    const closed = this.#folder.uploadPath('closed', upload);
    await this.#folder.move(open, closed);
    const found = await listPartFiles(closed);
    if (!found) return this.#requireCompleted(upload, parts);
    if (!includesAll(found, parts)) {
      await this.#folder.move(closed, open);
      throw new StorageFault('FAILED', 'The parts to complete are not the parts that are stored.');
    }
    await keepOnlyParts(closed, parts);
    if (!(await this.#folder.move(closed, this.#folder.objectPath(upload.objectKey)))) await this.#requireCompleted(upload, parts);
  }

  async abortUpload(upload: OpenUpload): Promise<void> {
    await this.#folder.discard(this.#folder.uploadPath('open', upload));
    await this.#folder.discard(this.#folder.uploadPath('closed', upload));
  }

  async findSize(objectKey: string): Promise<number | null> {
    return (await this.findObject(objectKey))?.size ?? null;
  }

  async read(objectKey: string): Promise<Readable | null> {
    return (await this.findObject(objectKey))?.read() ?? null;
  }

  /** The object with its size and ETag, or null when there is none. */
  async findObject(objectKey: string): Promise<DiskObject | null> {
    const directory = this.#folder.objectPath(objectKey);
    const parts = await listPartFiles(directory);
    if (!parts) {
      await this.#folder.requireUsable();
      return null;
    }
    const size = totalSizeOf(parts);
    const read = (span: ByteSpan = { first: 0, last: size - 1 }): Readable =>
      bodyStream(Readable.from(readPartFiles(directory, parts, span), { objectMode: false, highWaterMark: 1 }), diskFaultOf);
    return { size, etag: objectEtagOf(parts), read };
  }

  async delete(objectKey: string): Promise<void> {
    await this.#folder.discard(this.#folder.objectPath(objectKey));
  }

  async *listObjects(): AsyncIterable<ListedObject> {
    for (const { objectKey } of await this.#folder.list('objects')) {
      const directory = this.#folder.objectPath(objectKey);
      const [parts, changedAt] = [await listPartFiles(directory), await this.#folder.findChange(directory)];
      // In the meantime it may have been deleted.
      if (parts && changedAt) yield { objectKey, size: totalSizeOf(parts), changedAt };
    }
  }

  async *listUploads(objectKey?: string): AsyncIterable<ListedUpload> {
    for (const shelf of ['open', 'closed'] as const) {
      for (const upload of await this.#folder.list(shelf)) {
        if (objectKey !== undefined && upload.objectKey !== objectKey) continue;
        const startedAt = await this.#folder.findChange(this.#folder.uploadPath(shelf, upload));
        if (startedAt) yield { ...upload, startedAt };
      }
    }
  }

  readClaim(): Promise<string | null> {
    return this.#folder.readClaim();
  }

  writeClaim(text: string): Promise<void> {
    return this.#folder.writeClaim(text);
  }

  checkReachable(): Promise<void> {
    return this.#folder.requireUsable();
  }

  tryOut(): Promise<void> {
    return this.#folder.tryOut();
  }

  room(): Promise<StoreRoom> {
    return this.#folder.room();
  }

  async allowUploadsFrom(): Promise<'SAME_ORIGIN'> {
    return 'SAME_ORIGIN';
  }

  async #requireCompleted(upload: OpenUpload, parts: readonly StoredPart[]): Promise<void> {
    if ((await this.findSize(upload.objectKey)) === totalSizeOf(parts)) return;
    throw new StorageFault('FAILED', 'There is no such upload to complete.');
  }
}

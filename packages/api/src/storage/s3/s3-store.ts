import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { isPlainHttp } from '../../kernel/text/is-plain-http.js';
import { bodyStream } from '../body-stream.js';
import { attachmentNamed, OBJECT_KEY_PREFIX, requireObjectKey } from '../object-key.js';
import type {
  ListedObject,
  ListedUpload,
  ListingPace,
  ObjectStore,
  OpenUpload,
  PartBody,
  SignedGetOptions,
  SignedPartOptions,
  StoredPart,
  UploadPermission,
} from '../object-store.js';
import { S3Connection, type S3Options, type S3StoreSettings } from './s3-connection.js';
import { allowS3UploadsFrom } from './s3-cors.js';
import { isAbsence, missingAnswer, orAbsent, s3FaultOf } from './s3-faults.js';
import { listS3Objects, listS3Parts, listS3Uploads, type S3Listing } from './s3-listings.js';
import { signAs } from './s3-part-hash.js';
import { S3Presigner } from './s3-presigner.js';
import { StorageFault, type StorageFaultReason } from '../storage-fault.js';
import { totalSizeOf } from '../stored-parts.js';

/** Beside the files, so that no listing of them shows it. */
export const CLAIM_KEY = 'slipway-installation';

/** Beside the files, too. */
const CHECK_PREFIX = 'slipway-check/';
const CHECK_TEXT = 'Slipway tries out whether it can write here.';

/** The object store of an S3 bucket. */
export class S3Store implements ObjectStore {
  readonly #connection: S3Connection;
  readonly #bucket: string;
  readonly #listing: S3Listing;
  /** One for each process: replicas do not meet in it, and a key that may not delete leaves no more than this. */
  readonly #checkKey = `${CHECK_PREFIX}${randomBytes(8).toString('hex')}`;
  #presigner: Promise<S3Presigner> | null = null;

  /** Does no I/O and loads nothing. @param options what tests replace */
  constructor(
    private readonly settings: S3StoreSettings,
    options?: S3Options,
  ) {
    this.#connection = new S3Connection(settings, options);
    this.#bucket = settings.bucket;
    this.#listing = { connection: this.#connection, bucket: settings.bucket };
  }

  async createUpload(objectKey: string): Promise<string> {
    const target = this.#target(objectKey);
    const { UploadId } = await this.#connection.small(({ sdk, client }, options) =>
      client.send(new sdk.CreateMultipartUploadCommand({ ...target, ContentType: 'application/octet-stream' }), options),
    );
    return UploadId ?? missingAnswer('UploadId');
  }

  async signPart({ objectKey, uploadId }: OpenUpload, options: SignedPartOptions): Promise<string> {
    return (await this.#signer()).sign({
      method: 'PUT',
      objectKey: requireObjectKey(objectKey),
      query: { partNumber: String(options.partNumber), uploadId },
      headers: { 'content-length': String(options.sizeBytes) },
      expiresInSeconds: options.expiresInSeconds,
    });
  }

  async putPart(upload: OpenUpload, partNumber: number, body: PartBody): Promise<StoredPart> {
    const target = this.#uploadTarget(upload);
    const { bytes, sha256 } = Buffer.isBuffer(body) ? { bytes: body, sha256: null } : body;
    const { ETag } = await this.#connection.long(({ sdk, client }, options) => {
      const command = new sdk.UploadPartCommand({ ...target, PartNumber: partNumber, Body: bytes });
      if (sha256 !== null || !this.signsBytes) signAs(command, sha256);
      return client.send(command, options);
    });
    return { number: partNumber, size: bytes.length, etag: ETag ?? missingAnswer('ETag') };
  }

  /** Where TLS does not guard the bytes on their way, the signature does: the store refuses others than were hashed. */
  get signsBytes(): boolean {
    const { endpoint } = this.settings;
    return endpoint !== null && isPlainHttp(endpoint);
  }

  async listParts(upload: OpenUpload): Promise<readonly StoredPart[] | null> {
    requireObjectKey(upload.objectKey);
    return orAbsent(null, () => listS3Parts(this.#listing, upload));
  }

  /** Repeating it is harmless, so a caller that lost the answer may ask again. */
  async completeUpload(upload: OpenUpload, parts: readonly StoredPart[]): Promise<void> {
    const target = this.#uploadTarget(upload);
    const Parts = parts.map((part) => ({ PartNumber: part.number, ETag: part.etag }));
    try {
      await this.#connection.long(({ sdk, client }, options) =>
        client.send(new sdk.CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }), options),
      );
    } catch (error) {
      const isDone = isAbsence(error) && (await this.findSize(upload.objectKey)) === totalSizeOf(parts);
      if (!isDone) throw error;
    }
  }

  async abortUpload(upload: OpenUpload): Promise<void> {
    const target = this.#uploadTarget(upload);
    await orAbsent(undefined, () =>
      this.#connection.small(({ sdk, client }, options) => client.send(new sdk.AbortMultipartUploadCommand(target), options)),
    );
  }

  async signGet(objectKey: string, { fileName, expiresInSeconds }: SignedGetOptions): Promise<string> {
    const query = {
      'response-cache-control': 'no-store',
      'response-content-disposition': attachmentNamed(fileName),
      'response-content-type': 'application/octet-stream',
    };
    return (await this.#signer()).sign({ method: 'GET', objectKey: requireObjectKey(objectKey), query, headers: {}, expiresInSeconds });
  }

  async browserOrigin(): Promise<string> {
    return (await this.#signer()).origin;
  }

  async urlSeconds(wantedSeconds: number): Promise<number> {
    return (await this.#signer()).urlSeconds(wantedSeconds);
  }

  async findSize(objectKey: string): Promise<number | null> {
    const target = this.#target(objectKey);
    const head = await orAbsent(null, () =>
      this.#connection.small(({ sdk, client }, options) => client.send(new sdk.HeadObjectCommand(target), options)),
    );
    if (head) return head.ContentLength ?? missingAnswer('Content-Length');
    await this.checkReachable(); // A HEAD has no body: only this tells a missing object from a missing bucket.
    return null;
  }

  async read(objectKey: string): Promise<Readable | null> {
    const target = this.#target(objectKey);
    const found = await orAbsent(null, () =>
      this.#connection.small(({ sdk, client }, options) => client.send(new sdk.GetObjectCommand(target), options)),
    );
    if (!found) return null;
    return found.Body instanceof Readable ? bodyStream(found.Body, s3FaultOf) : missingAnswer('body');
  }

  async delete(objectKey: string): Promise<void> {
    const target = this.#target(objectKey);
    await this.#connection.small(({ sdk, client }, options) => client.send(new sdk.DeleteObjectCommand(target), options));
  }

  listObjects(pace: ListingPace = 'PROMPT'): AsyncIterable<ListedObject> {
    return listS3Objects({ ...this.#listing, pace });
  }

  listUploads(objectKey?: string, pace: ListingPace = 'PROMPT'): AsyncIterable<ListedUpload> {
    return listS3Uploads({ ...this.#listing, pace }, objectKey);
  }

  readClaim(): Promise<string | null> {
    return orAbsent(null, () =>
      this.#connection.small(async ({ sdk, client }, options) => {
        const found = await client.send(new sdk.GetObjectCommand(this.#target(CLAIM_KEY)), options);
        return found.Body?.transformToString() ?? missingAnswer('body');
      }),
    );
  }

  async writeClaim(text: string): Promise<void> {
    const target = { ...this.#target(CLAIM_KEY), Body: text, ContentType: 'application/json' };
    await this.#connection.small(({ sdk, client }, options) => client.send(new sdk.PutObjectCommand(target), options));
  }

  /** Asks for one key of the list, not for HEAD of the bucket: only a body says what is wrong. */
  async checkReachable(): Promise<void> {
    const input = { Bucket: this.#bucket, MaxKeys: 1 };
    await this.#connection.small(({ sdk, client }, options) => client.send(new sdk.ListObjectsV2Command(input), options));
  }

  /** Each step has a deadline of its own, so that a store is called slow only where one answer takes too long. */
  async tryOut(): Promise<void> {
    const target = this.#target(this.#checkKey);
    const written = { ...target, Body: CHECK_TEXT, ContentType: 'text/plain' };
    await this.#connection.small(({ sdk, client }, options) => client.send(new sdk.PutObjectCommand(written), options));
    const read = await this.#connection.small(async ({ sdk, client }, options) =>
      (await client.send(new sdk.GetObjectCommand(target), options)).Body?.transformToString(),
    );
    if (read !== CHECK_TEXT) throw new StorageFault('FAILED', 'An object did not keep what was written to it.');
    await this.delete(this.#checkKey);
  }

  get clockOffsetSeconds(): number {
    return Math.round(this.#connection.storeClock.offsetMs / 1_000);
  }

  /** S3 has no request for it. */
  async room(): Promise<null> {
    return null;
  }

  get faults(): ReadonlyMap<StorageFaultReason, number> {
    return this.#connection.faults;
  }

  /** Needs `s3:GetBucketCORS` and `s3:PutBucketCORS`, which nothing else does. */
  async allowUploadsFrom(origin: string): Promise<UploadPermission> {
    const address = (await this.signGet(`${OBJECT_KEY_PREFIX}cors`, { fileName: 'cors', expiresInSeconds: 1 })).replace(/\?.*$/, '');
    return allowS3UploadsFrom({ connection: this.#connection, bucket: this.#bucket, address }, origin);
  }

  /** Closes the sockets. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  #target(objectKey: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: requireObjectKey(objectKey) };
  }

  #uploadTarget({ objectKey, uploadId }: OpenUpload): { Bucket: string; Key: string; UploadId: string } {
    return { ...this.#target(objectKey), UploadId: uploadId };
  }

  #signer(): Promise<S3Presigner> {
    return (this.#presigner ??= this.#connection.session().then((session) => new S3Presigner(session, this.settings, this.#connection)));
  }
}

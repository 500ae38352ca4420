import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import type { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { S3Connection, type S3Session, type S3StoreSettings } from '../s3/s3-connection.js';
import { isAbsence, missingAnswer, orAbsent } from '../s3/s3-faults.js';
import { S3Presigner } from '../s3/s3-presigner.js';
import { StorageFault } from '../storage-fault.js';

const TEXT = 'Slipway tries out whether it can write here.';
const PREFIX = 'slipway-check/';
const PROBE_KEY = `${PREFIX}browser`;
/** The least that S3 takes for a part that is not the last. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES = 5 * 1_024 ** 2;
const PROBE_SECONDS = 120;

export interface TrialUse {
  readonly filter: OutgoingFilter;
  readonly clock: Clock;
}

/** The requests of one trial of a bucket: nothing of the store in use is touched, and what it writes it deletes. */
export class BucketTrial {
  readonly connection: S3Connection;
  readonly key = `${PREFIX}trial-${randomBytes(8).toString('hex')}`;

  constructor(
    readonly settings: S3StoreSettings,
    readonly use: TrialUse,
  ) {
    this.connection = new S3Connection(settings, use);
  }

  /** One key of the list, not HEAD of the bucket: only a body says what is wrong. */
  async signIn(): Promise<void> {
    await this.#send(({ sdk, client }, options) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: this.settings.bucket, MaxKeys: 1 }), options),
    );
  }

  async write(): Promise<void> {
    const input = { ...this.#target, Body: TEXT, ContentType: 'text/plain' };
    await this.#send(({ sdk, client }, options) => client.send(new sdk.PutObjectCommand(input), options));
  }

  /** @throws StorageFault also when other bytes come back */
  async readBack(): Promise<void> {
    const text = await this.#send(async ({ sdk, client }, options) =>
      (await client.send(new sdk.GetObjectCommand(this.#target), options)).Body?.transformToString(),
    );
    if (text !== TEXT)
      throw new StorageFault('FAILED', 'Other bytes came back than were written; what lies between here and the store changes them.');
  }

  /** @throws StorageFault also when it is still there */
  async delete(): Promise<void> {
    await this.#send(({ sdk, client }, options) => client.send(new sdk.DeleteObjectCommand(this.#target), options));
    const left = await orAbsent(null, () =>
      this.#send(({ sdk, client }, options) => client.send(new sdk.HeadObjectCommand(this.#target), options)),
    );
    if (left) throw new StorageFault('FAILED', 'A deleted object is still there; check whether the bucket keeps what is deleted.');
  }

  /** Two parts made into one object, and gone again; nothing is left where it ends half-way. */
  async multipart(): Promise<void> {
    const { UploadId } = await this.#send(({ sdk, client }, options) =>
      client.send(new sdk.CreateMultipartUploadCommand(this.#target), options),
    );
    const upload = { ...this.#target, UploadId: UploadId ?? missingAnswer('UploadId') };
    try {
      await this.#fill(upload);
    } catch (error) {
      await this.#send(({ sdk, client }, options) => client.send(new sdk.AbortMultipartUploadCommand(upload), options)).catch(
        () => undefined,
      );
      throw error;
    }
    await this.delete();
  }

  async #fill(upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string }): Promise<void> {
    const Parts: { PartNumber: number; ETag: string }[] = [];
    for (const [index, bytes] of [PART_BYTES, 1].entries()) {
      const part = { ...upload, PartNumber: index + 1, Body: Buffer.alloc(bytes) };
      const { ETag } = await this.connection.long(({ sdk, client }, options) => client.send(new sdk.UploadPartCommand(part), options));
      Parts.push({ PartNumber: part.PartNumber, ETag: ETag ?? missingAnswer('ETag') });
    }
    await this.connection.long(({ sdk, client }, options) =>
      client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }), options),
    );
  }

  /** Whether the bucket keeps old versions, or locks objects; null: this key may not know. */
  async keepsVersions(): Promise<'NONE' | 'VERSIONS' | 'LOCK' | null> {
    const Bucket = this.settings.bucket;
    const lock = await this.#ifAnswered(({ sdk, client }, options) =>
      client.send(new sdk.GetObjectLockConfigurationCommand({ Bucket }), options),
    );
    if (lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled') return 'LOCK';
    const versioning = await this.#ifAnswered(({ sdk, client }, options) =>
      client.send(new sdk.GetBucketVersioningCommand({ Bucket }), options),
    );
    if (versioning === null) return null;
    return versioning.Status === undefined ? 'NONE' : 'VERSIONS';
  }

  /** The address of the object, unsigned. */
  async address(): Promise<string> {
    return (await this.#signPut(this.key)).replace(/\?.*$/, '');
  }

  /**
   * A signed PUT of one byte for a browser: only it knows whether it reaches the store and is let in. Works for two minutes; what
   * it leaves is one object of a fixed name, which the next trial deletes.
   */
  async browserProbe(): Promise<string> {
    const { bucket: Bucket } = this.settings;
    await this.#send(({ sdk, client }, options) => client.send(new sdk.DeleteObjectCommand({ Bucket, Key: PROBE_KEY }), options));
    return this.#signPut(PROBE_KEY);
  }

  async #signPut(objectKey: string): Promise<string> {
    const presigner = new S3Presigner(await this.connection.session(), this.settings, this.connection);
    const headers = { 'content-length': '1' };
    return presigner.sign({ method: 'PUT', objectKey, query: {}, headers, expiresInSeconds: PROBE_SECONDS });
  }

  async #ifAnswered<T>(work: (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T | null> {
    try {
      return await this.#send(work);
    } catch (error) {
      if (error instanceof StorageFault && (error.reason === 'DENIED' || error.reason === 'FAILED' || isAbsence(error))) return null;
      throw error;
    }
  }

  get #target(): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.settings.bucket, Key: this.key };
  }

  #send<T>(work: (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return this.connection.small(work);
  }
}

import type { ListMultipartUploadsCommandOutput, ListPartsCommandOutput } from '@aws-sdk/client-s3';
import { setTimeout as delay } from 'node:timers/promises';
import { OBJECT_KEY_PREFIX } from '../object-key.js';
import type { ListedObject, ListedUpload, ListingPace, OpenUpload, StoredPart } from '../object-store.js';
import { missingAnswer } from './s3-faults.js';
import type { S3Connection, S3Session } from './s3-connection.js';
import { StorageFault } from '../storage-fault.js';

const PAGE_SIZE = 1_000;
/** Before a page is asked for again. */
const PAUSES_MILLISECONDS = [1_000, 5_000, 15_000];

/** What is listed, and how much of it at a time. */
export interface S3Listing {
  readonly connection: S3Connection;
  readonly bucket: string;
  /** Items per request, 1 to 1,000; 1,000 by default. */
  readonly pageSize?: number;
  readonly pace?: ListingPace;
}

type Request<T> = (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>;

/** One page: asked for once within 2 s, or with patience, again and again from where it was. @throws StorageFault */
async function askPage<T>({ connection, pace = 'PROMPT' }: S3Listing, request: Request<T>): Promise<T> {
  if (pace === 'PROMPT') return connection.small(request);
  for (const pause of PAUSES_MILLISECONDS) {
    try {
      return await connection.long(request);
    } catch (error) {
      if (!(error instanceof StorageFault && error.reason === 'UNREACHABLE')) throw error;
      await delay(pause);
    }
  }
  return connection.long(request);
}

/** Every object of ours in a bucket; S3 lists keys by their bytes. @throws StorageFault */
export async function* listS3Objects(listing: S3Listing): AsyncGenerator<ListedObject> {
  const { bucket, pageSize = PAGE_SIZE } = listing;
  const target = { Bucket: bucket, Prefix: OBJECT_KEY_PREFIX, MaxKeys: pageSize };
  let token: string | undefined;
  do {
    const page = await askPage(listing, ({ sdk, client }, options) =>
      client.send(new sdk.ListObjectsV2Command({ ...target, ContinuationToken: token }), options),
    );
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key !== undefined)
        yield { objectKey: Key, size: Size ?? missingAnswer('Size'), changedAt: LastModified ?? missingAnswer('LastModified') };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** The open multipart uploads of ours in a bucket, or those of one key. @throws StorageFault */
export async function* listS3Uploads(listing: S3Listing, objectKey?: string): AsyncGenerator<ListedUpload> {
  const { bucket, pageSize = PAGE_SIZE } = listing;
  const target = { Bucket: bucket, Prefix: objectKey ?? OBJECT_KEY_PREFIX, MaxUploads: pageSize };
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const markers = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker };
    page = await askPage(listing, ({ sdk, client }, options) =>
      client.send(new sdk.ListMultipartUploadsCommand({ ...target, ...markers }), options),
    );
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || (objectKey !== undefined && Key !== objectKey)) continue;
      yield { objectKey: Key, uploadId: UploadId, startedAt: Initiated ?? missingAnswer('Initiated') };
    }
  } while (page.IsTruncated === true);
}

/** Every part of an open upload, ascending. @throws StorageFault also when there is no such upload */
export async function listS3Parts({ connection, bucket, pageSize = PAGE_SIZE }: S3Listing, upload: OpenUpload): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  const target = { Bucket: bucket, Key: upload.objectKey, UploadId: upload.uploadId };
  let page: ListPartsCommandOutput | undefined;
  do {
    const marker = page?.NextPartNumberMarker;
    page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListPartsCommand({ ...target, PartNumberMarker: marker, MaxParts: pageSize }), options),
    );
    for (const { PartNumber, Size, ETag } of page.Parts ?? []) {
      parts.push({ number: PartNumber ?? 0, size: Size ?? 0, etag: ETag ?? '' });
    }
  } while (page.IsTruncated === true);
  return parts.sort((a, b) => a.number - b.number);
}

import type { ListMultipartUploadsCommandOutput, ListPartsCommandOutput } from '@aws-sdk/client-s3';
import type { OpenUpload, StoredPart } from './object-store.js';
import type { S3Connection } from './s3-connection.js';

const PAGE_SIZE = 1_000;

/** What is listed, and how much of it at a time. */
export interface S3Listing {
  readonly connection: S3Connection;
  readonly bucket: string;
  /** Items per request, 1 to 1,000; 1,000 by default. */
  readonly pageSize?: number;
}

/** Every key of a bucket. @throws StorageFault */
export async function* listS3Keys({ connection, bucket, pageSize = PAGE_SIZE }: S3Listing): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token, MaxKeys: pageSize }), options),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Every open multipart upload of a bucket. @throws StorageFault */
export async function* listS3Uploads({ connection, bucket, pageSize = PAGE_SIZE }: S3Listing): AsyncGenerator<OpenUpload> {
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const markers = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker };
    page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListMultipartUploadsCommand({ Bucket: bucket, MaxUploads: pageSize, ...markers }), options),
    );
    for (const { Key, UploadId } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { objectKey: Key, uploadId: UploadId };
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

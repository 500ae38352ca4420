import type { ListMultipartUploadsCommandOutput, ListPartsCommandOutput } from '@aws-sdk/client-s3';
import type { OpenUpload, StoredPart } from './object-store.js';
import type { S3Connection } from './s3-connection.js';

/** Every key of a bucket, a page of 1,000 at a time. @throws StorageFault */
export async function* listS3Keys(connection: S3Connection, bucket: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }), options),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Every open multipart upload of a bucket. @throws StorageFault */
export async function* listS3Uploads(connection: S3Connection, bucket: string): AsyncGenerator<OpenUpload> {
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const markers = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker };
    page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListMultipartUploadsCommand({ Bucket: bucket, ...markers }), options),
    );
    for (const { Key, UploadId } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { objectKey: Key, uploadId: UploadId };
    }
  } while (page.IsTruncated === true);
}

/** Every part of an open upload, ascending. @throws StorageFault also when there is no such upload */
export async function listS3Parts(connection: S3Connection, bucket: string, upload: OpenUpload): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  const target = { Bucket: bucket, Key: upload.objectKey, UploadId: upload.uploadId };
  let page: ListPartsCommandOutput | undefined;
  do {
    const marker = page?.NextPartNumberMarker;
    page = await connection.small(({ sdk, client }, options) =>
      client.send(new sdk.ListPartsCommand({ ...target, PartNumberMarker: marker }), options),
    );
    for (const { PartNumber, Size, ETag } of page.Parts ?? []) {
      parts.push({ number: PartNumber ?? 0, size: Size ?? 0, etag: ETag ?? '' });
    }
  } while (page.IsTruncated === true);
  return parts.sort((a, b) => a.number - b.number);
}

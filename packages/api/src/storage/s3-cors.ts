import type { S3Connection } from './s3-connection.js';

const MAX_AGE_SECONDS = 3_600;

/** Makes PUT from the pages of one origin, with a readable ETag, the only cross-origin request that a bucket takes. @throws StorageFault */
export async function allowS3UploadsFrom(connection: S3Connection, bucket: string, origin: string): Promise<void> {
  const rule = { AllowedOrigins: [origin], AllowedMethods: ['PUT'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'] };
  const CORSConfiguration = { CORSRules: [{ ...rule, MaxAgeSeconds: MAX_AGE_SECONDS }] };
  await connection.small(({ sdk, client }, options) =>
    client.send(new sdk.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }), options),
  );
}

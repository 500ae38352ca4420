import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** How long a signed URL works, by default. */
export const SIGNED_SECONDS = 300;

/** Signs a GET of one object at one time. */
export type SignUrl = (objectKey: string, fileName: string, at: Date) => string;

export interface S3Access {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Signature Version 4 written out for the one request that is needed, its key derived once a day. @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export function signerOfS3(access: S3Access): SignUrl {
  const { host } = new URL(access.endpoint);
  let signing: { readonly day: string; readonly key: Buffer } = { day: '', key: Buffer.alloc(0) };
  const keyOf = (day: string): Buffer => {
    if (signing.day !== day) {
      const key = [access.region, 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${access.secretAccessKey}`, day));
      signing = { day, key };
    }
    return signing.key;
  };
  return (objectKey, fileName, at) => {
    const time = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    const day = time.slice(0, 8);
    const scope = `${day}/${access.region}/s3/aws4_request`;
    const path = `/${access.bucket}/${objectKey}`;
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD',
      `X-Amz-Credential=${encodeURIComponent(`${access.accessKeyId}/${scope}`)}`,
      `X-Amz-Date=${time}`,
      `X-Amz-Expires=${SIGNED_SECONDS}`,
      'X-Amz-SignedHeaders=host',
      'response-cache-control=no-store',
      `response-content-disposition=${encodeURIComponent(`attachment; filename="${fileName}"`)}`,
      'response-content-type=application%2Foctet-stream',
    ].join('&');
    const request = `GET\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hashOf(request)}`;
    return `${access.endpoint}${path}?${query}&X-Amz-Signature=${hmac(keyOf(day), text).toString('hex')}`;
  };
}

/** The embedded store's signature. @param publicUrl the server that serves the objects */
export function signerOfDisk(appSecret: string, publicUrl: string): SignUrl {
  const key = Buffer.from(hkdfSync('sha256', appSecret, 'slipway', 'store-url', 32));
  return (objectKey, fileName, at) => {
    const expires = Math.ceil(at.getTime() / 1_000) + SIGNED_SECONDS;
    const text = `/store/objects/${objectKey}?name=${encodeURIComponent(fileName)}&expires=${expires}`;
    return `${publicUrl}${text}&signature=${createHmac('sha256', key).update(`GET\n${text}`).digest('base64url')}`;
  };
}

import { createServer } from 'node:http';
import { CLAIM_TEXT } from '../data/claim.js';
import type { S3Access } from '../limit/sign.js';

/** An S3 endpoint of an empty bucket that says whose it is: URLs are signed for it. */
export async function openEmptyStore(port: number): Promise<{ readonly access: S3Access; close(): void }> {
  const server = createServer((request, response) => {
    if (request.url?.includes('/slipway-installation') === true) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(CLAIM_TEXT);
      return;
    }
    const isUploads = request.url?.includes('uploads') === true;
    const kind = isUploads ? 'ListMultipartUploadsResult' : 'ListBucketResult';
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0" encoding="UTF-8"?><${kind}><IsTruncated>false</IsTruncated></${kind}>`);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const access = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'slipway-bench',
    accessKeyId: 'bench-access-key',
    secretAccessKey: 'bench-secret-key-of-no-store',
  };
  return { access, close: () => server.close() };
}

/** The same as the product's environment. */
export const environmentOfStore = (access: S3Access): Record<string, string> => ({
  S3_ENDPOINT: access.endpoint,
  S3_REGION: access.region,
  S3_BUCKET: access.bucket,
  S3_ACCESS_KEY_ID: access.accessKeyId,
  S3_SECRET_ACCESS_KEY: access.secretAccessKey,
});

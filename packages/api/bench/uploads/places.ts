import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { environmentOfStore } from '../drive/empty-store.js';
import type { S3Access } from '../limit/sign.js';
import { S3Store, CLAIM_KEY } from '../../src/storage/s3/s3-store.js';
import { runTimed } from './timed-command.js';

/** A store that files are sent to, through the product and past it. */
export interface UploadPlace {
  readonly name: 'S3' | 'disk';
  /** What sends a file past the product, as the table calls it. */
  readonly plainly: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Sends a file past the product. @returns seconds */
  sendPlainly(file: string): Promise<number>;
  close(): Promise<void>;
}

/** The embedded store keeps what it took through a power cut, so the copy is synced as well. */
export function diskPlace(): UploadPlace {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-copies-'));
  const copy = join(folder, 'copy');
  return {
    name: 'disk',
    plainly: 'cp and sync',
    environment: {},
    sendPlainly: async (file) => {
      const seconds = await runTimed('sh', ['-c', 'cp "$1" "$2" && sync "$2"', 'sh', file, copy]);
      rmSync(copy);
      return seconds;
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A bucket of its own: `curl -T` sends the file as the one part of an upload that is never completed. */
export async function s3Place(server: Omit<S3Access, 'bucket'>): Promise<UploadPlace> {
  const access = { ...server, bucket: `slipway-bench-${randomBytes(6).toString('hex')}` };
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = access;
  const owner = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await owner.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = new S3Store({ ...access, publicEndpoint: null, forcePathStyle: true });
  return {
    name: 'S3',
    plainly: 'curl -T',
    environment: { ...environmentOfStore(access), S3_FORCE_PATH_STYLE: 'true' },
    sendPlainly: async (file) => {
      const upload = { objectKey: 'objects/plain', uploadId: await store.createUpload('objects/plain') };
      const sizeBytes = statSync(file).size;
      const url = await store.signPart(upload, { partNumber: 1, sizeBytes, expiresInSeconds: 3_600 });
      const seconds = await runTimed('curl', ['-sS', '--fail-with-body', '-T', file, url]);
      await store.abortUpload(upload);
      return seconds;
    },
    close: () => removeBucket(owner, store, bucket),
  };
}

async function removeBucket(owner: S3Client, store: S3Store, bucket: string): Promise<void> {
  for await (const upload of store.listUploads()) await store.abortUpload(upload);
  for await (const { objectKey } of store.listObjects()) await store.delete(objectKey);
  await store.delete(CLAIM_KEY);
  await owner.send(new DeleteBucketCommand({ Bucket: bucket }));
  owner.destroy();
  await store.close();
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.js';
import type { Clock } from '../kernel/clock.js';
import type { StoreGuarding } from '../storage/ownership/store-guard.js';
import { newId } from '../kernel/ids.js';
import type { Secrets } from '../kernel/secret/secrets.js';
import { DiskStore } from '../storage/disk/disk-store.js';
import type { ObjectStore } from '../storage/object-store.js';
import { PATIENT } from '../storage/contract/patience.cases.js';
import { CLAIM_KEY, S3Store } from '../storage/s3/s3-store.js';

/** An empty store, and how to be rid of it. */
export interface TestStore {
  readonly store: ObjectStore;
  readonly s3: S3Config | null;
  /** What a process of its own needs in its environment to use the same store. */
  readonly environment: Readonly<Record<string, string>>;
  /** Loses what says whose store it is. */
  forgetClaim(): Promise<void>;
  drop(): Promise<void>;
}

export interface StoreSetting {
  readonly publicUrl: string;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** Tests have no clones but those they make: what they discard goes at once. */
export const TEST_GUARDING: StoreGuarding = {
  places: { database: 'the database of the test', store: 'the store of the test' },
  settleSeconds: 0,
};

const endpoint = process.env['TEST_S3_ENDPOINT'];

/** Whether a real S3 server was given to the tests. */
export const hasS3 = endpoint !== undefined;

export async function createDiskStore(setting: StoreSetting): Promise<TestStore> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-store-'));
  const store = new DiskStore({ directory, ...setting });
  await store.prepare();
  const forgetClaim = (): Promise<void> => rm(join(directory, 'installation.json'));
  return { store, s3: null, environment: {}, forgetClaim, drop: () => rm(directory, { recursive: true, force: true }) };
}

export async function createS3Store(): Promise<TestStore> {
  const keys = {
    accessKeyId: process.env['TEST_S3_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['TEST_S3_SECRET_ACCESS_KEY'] ?? '',
  };
  const s3: S3Config = {
    endpoint: endpoint ?? '',
    publicEndpoint: null,
    region: 'us-east-1',
    bucket: `slipway-${newId().toLowerCase()}`,
    ...keys,
    forcePathStyle: true,
  };
  const admin = new S3Client({ endpoint: s3.endpoint ?? '', region: s3.region, forcePathStyle: true, credentials: keys });
  await admin.send(new CreateBucketCommand({ Bucket: s3.bucket }));
  const store = new S3Store(s3, { patience: PATIENT });
  const drop = async (): Promise<void> => {
    for await (const upload of store.listUploads()) await store.abortUpload(upload);
    for await (const { objectKey } of store.listObjects()) await store.delete(objectKey);
    await store.delete(CLAIM_KEY);
    await admin.send(new DeleteBucketCommand({ Bucket: s3.bucket }));
    admin.destroy();
  };
  return { store, s3, environment: environmentOf(s3), forgetClaim: () => store.delete(CLAIM_KEY), drop };
}

function environmentOf(s3: S3Config): Record<string, string> {
  return {
    S3_ENDPOINT: s3.endpoint ?? '',
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey ?? '',
    S3_FORCE_PATH_STYLE: 'true',
  };
}

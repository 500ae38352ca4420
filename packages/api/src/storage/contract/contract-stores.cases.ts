import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe } from 'vitest';
import { systemClock } from '../../kernel/clock.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import { DiskStore } from '../disk/disk-store.js';
import { registerStoreRoutes } from '../disk/disk-store.routes.js';
import type { ObjectStore } from '../object-store.js';
import type { S3StoreSettings } from '../s3/s3-connection.js';
import { CLAIM_KEY, S3Store } from '../s3/s3-store.js';
import { PATIENT } from './patience.cases.js';

/** The smallest part that S3 takes, the last one aside. */
export const PART_BYTES = 5 * 1024 * 1024;

/** A running store under contract. */
export interface ContractStore {
  readonly kind: 'disk' | 's3';
  readonly store: ObjectStore;
  /** The address of an object without any signature. */
  unsignedUrl(objectKey: string): string;
  /** The address that lists everything, without any signature. */
  readonly listUrl: string;
  close(): Promise<void>;
}

/** A disk store in a fresh folder, served on 127.0.0.1. */
export interface ServedDiskStore extends ContractStore {
  readonly store: DiskStore;
  readonly directory: string;
}

/** Opens a disk store behind a real server. @param idleMilliseconds after which stalled connections are cut */
export async function openDiskStore(directory?: string, idleMilliseconds?: number): Promise<ServedDiskStore> {
  const folder = directory ?? (await mkdtemp(path.join(tmpdir(), 'slipway-store-')));
  const app = fastify();
  const settings = { directory: folder, publicUrl: '', secrets: new Secrets(randomBytes(32).toString('hex')), clock: systemClock };
  const store = new DiskStore(settings);
  await store.prepare();
  registerStoreRoutes(app, store, idleMilliseconds);
  settings.publicUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    kind: 'disk',
    store,
    directory: folder,
    unsignedUrl: (objectKey) => `${settings.publicUrl}/store/objects/${objectKey}`,
    listUrl: `${settings.publicUrl}/store/objects/`,
    close: () => closeDiskStore(app, folder),
  };
}

async function closeDiskStore(app: FastifyInstance, folder: string): Promise<void> {
  app.server.closeAllConnections();
  await app.close();
  await rm(folder, { recursive: true, force: true });
}

/** Settings of the S3 store under test, with a bucket name of its own; null when the environment names none. */
export function s3TestSettings(): S3StoreSettings | null {
  const { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY_ID: accessKeyId, TEST_S3_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!endpoint || !accessKeyId || !secretAccessKey) return null;
  const bucket = `slipway-test-${randomBytes(6).toString('hex')}`;
  return { endpoint, publicEndpoint: null, region: 'us-east-1', bucket, accessKeyId, secretAccessKey, forcePathStyle: true };
}

/** Opens the S3 store on a new bucket, which `close` empties and removes. */
export async function openS3Store(settings: S3StoreSettings): Promise<ContractStore & { readonly store: S3Store }> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { S3Client, CreateBucketCommand, DeleteBucketCommand } = await import('@aws-sdk/client-s3');
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = settings;
  const credentials = { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' };
  const owner = new S3Client({ endpoint: endpoint ?? '', region, credentials, forcePathStyle: true });
  await owner.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = new S3Store(settings, { patience: PATIENT });
  const close = async (): Promise<void> => {
    await emptyStore(store);
    await owner.send(new DeleteBucketCommand({ Bucket: bucket }));
    owner.destroy();
    await store.close();
  };
  const listUrl = `${endpoint}/${bucket}`;
  return { kind: 's3', store, unsignedUrl: (objectKey) => `${listUrl}/${objectKey}`, listUrl, close };
}

/** Runs one suite against every store that this machine has. */
export function describeEachStore(title: string, suite: (contract: () => ContractStore) => void): void {
  describe(`${title}, embedded disk store`, () => withStore(openDiskStore, suite));
  const settings = s3TestSettings();
  const skipped = settings ? '' : ' (skipped: TEST_S3_ENDPOINT, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY are not set)';
  describe.runIf(settings)(`${title}, S3 store${skipped}`, () =>
    settings ? withStore(() => openS3Store(settings), suite) : suite(noStore),
  );
}

function withStore(open: () => Promise<ContractStore>, suite: (contract: () => ContractStore) => void): void {
  let opened: ContractStore | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  suite(() => opened ?? noStore());
}

function noStore(): never {
  throw new Error('The store is open only while its tests run.');
}

async function emptyStore(store: ObjectStore): Promise<void> {
  for await (const upload of store.listUploads()) await store.abortUpload(upload);
  for await (const { objectKey } of store.listObjects()) await store.delete(objectKey);
  await store.delete(CLAIM_KEY);
}

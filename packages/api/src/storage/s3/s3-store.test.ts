import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { collectList, openUpload, storeObject } from '../contract/contract-uploads.cases.js';
import { S3Connection, type S3StoreSettings } from './s3-connection.js';
import { listS3Objects, listS3Parts, listS3Uploads } from './s3-listings.js';
import { S3Store } from './s3-store.js';

const NOWHERE: S3StoreSettings = {
  endpoint: 'http://127.0.0.1:1',
  publicEndpoint: null,
  region: 'us-east-1',
  bucket: 'downloads',
  accessKeyId: 'key',
  secretAccessKey: 'secret-that-never-leaves',
  forcePathStyle: true,
};

describe('an S3 store', () => {
  test.each<[what: string, settings: Partial<S3StoreSettings>, origin: string]>([
    ['in its folder', {}, 'http://127.0.0.1:1'],
    ['at its public address', { publicEndpoint: 'https://files.example.com:8443' }, 'https://files.example.com:8443'],
    ['at a host of the bucket', { endpoint: 'https://s3.example.com', forcePathStyle: false }, 'https://downloads.s3.example.com'],
    ['at Amazon', { endpoint: null, region: 'eu-central-1' }, 'https://s3.eu-central-1.amazonaws.com'],
    [
      'at a host of the bucket at Amazon',
      { endpoint: null, region: 'eu-central-1', forcePathStyle: false },
      'https://downloads.s3.eu-central-1.amazonaws.com',
    ],
    ['at Amazon in China', { endpoint: null, region: 'cn-north-1' }, 'https://s3.cn-north-1.amazonaws.com.cn'],
  ])('%s is allowed to browsers at the very origin of the URLs that it signs', async (_what, settings, origin) => {
    const store = new S3Store({ ...NOWHERE, ...settings });
    expect(await store.browserOrigin()).toBe(origin);
    expect(new URL(await store.signGet('a/b', { fileName: 'a.exe', expiresInSeconds: 60 })).origin).toBe(origin);
  });

  test('signs URLs at its public address, in either style, without asking anybody', async () => {
    const settings = { ...NOWHERE, publicEndpoint: 'https://files.example.com' };
    const options = { fileName: 'a.exe', expiresInSeconds: 60 };
    expect(await new S3Store(settings).signGet('a/b', options)).toMatch(/^https:\/\/files\.example\.com\/downloads\/a\/b\?/);
    const virtual = new S3Store({ ...settings, forcePathStyle: false });
    expect(await virtual.signGet('a/b', options)).toMatch(/^https:\/\/downloads\.files\.example\.com\/a\/b\?/);
    const amazon = new S3Store({ ...NOWHERE, endpoint: null, region: 'eu-central-1', forcePathStyle: false });
    expect(await amazon.signGet('a/b', options)).toMatch(/^https:\/\/downloads\.s3\.eu-central-1\.amazonaws\.com\/a\/b\?/);
  });

  test('does not load the SDK until it is used', () => {
    const module = JSON.stringify(fileURLToPath(new URL('s3-store.ts', import.meta.url)));
    const script = `
      const { S3Store } = await import(${module});
      const { createRequire } = await import('node:module');
      const loaded = () => Object.keys(createRequire(${module}).cache).some((name) => name.includes('@aws-sdk'));
      const store = new S3Store(${JSON.stringify(NOWHERE)});
      const before = loaded();
      await store.signGet('a', { fileName: 'a.exe', expiresInSeconds: 60 });
      process.stdout.write(JSON.stringify([before, loaded()]));`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    expect(JSON.parse(output.toString())).toEqual([false, true]);
  });

  test('signs a URL in less than 2 ms of processor time', async () => {
    const store = new S3Store(NOWHERE);
    await store.signGet('a', { fileName: 'a.exe', expiresInSeconds: 60 });
    const before = process.cpuUsage();
    const count = 2_000;
    for (let i = 0; i < count; i += 1) await store.signGet(`objects/${i}`, { fileName: 'a.exe', expiresInSeconds: 60 });
    const { user, system } = process.cpuUsage(before);
    const perSecond = count / ((user + system) / 1e6);
    console.info(`S3: ${Math.round(perSecond)} signed URLs per second`);
    expect(perSecond).toBeGreaterThan(500);
  });
});

const settings = s3TestSettings();
describe.skipIf(settings === null)('a real S3 store (skipped where TEST_S3_ENDPOINT is not set)', () => {
  const real = settings ?? NOWHERE;
  let opened: Awaited<ReturnType<typeof openS3Store>>;
  beforeAll(async () => {
    opened = await openS3Store(real);
  });
  afterAll(() => opened.close());

  test.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'DENIED'],
    ['a wrong key', { accessKeyId: 'wrong' }, 'DENIED'],
    ['a bucket that does not exist', { bucket: 'slipway-no-such-bucket' }, 'NO_BUCKET'],
  ])('refuses %s, and no absence is made of it', async (_, change, reason) => {
    const store = new S3Store({ ...real, ...change });
    const fault = { name: 'StorageFault', reason };
    await expect(store.checkReachable()).rejects.toMatchObject(fault);
    await expect(store.findSize('a')).rejects.toMatchObject(fault);
    await expect(store.read('a')).rejects.toMatchObject(fault);
    await expect(store.listParts({ objectKey: 'a', uploadId: 'b' })).rejects.toMatchObject(fault);
    await store.close();
  });

  test('a fault holds no trace of the credentials', async () => {
    const store = new S3Store({ ...real, secretAccessKey: 'canary-secret' });
    const fault: unknown = await store.checkReachable().catch((error: unknown) => error);
    expect(JSON.stringify(fault, Object.getOwnPropertyNames(fault)) + String((fault as Error).cause)).not.toMatch(
      /canary|Signature=|Credential=/,
    );
    await store.close();
  });

  test('pages of an allowed origin may PUT parts and read their ETag; others may not', async () => {
    await opened.store.allowUploadsFrom('https://console.example.com');
    const upload = await openUpload(opened.store);
    const put = async (origin: string): Promise<Headers> => {
      const url = await opened.store.signPart(upload, { partNumber: 1, sizeBytes: 3, expiresInSeconds: 60 });
      return (await fetch(url, { method: 'PUT', body: 'abc', headers: { origin } })).headers;
    };
    const allowed = await put('https://console.example.com');
    expect(allowed.get('access-control-allow-origin')).toBe('https://console.example.com');
    expect(allowed.get('access-control-expose-headers')).toMatch(/etag/i);
    expect((await put('https://evil.example.com')).get('access-control-allow-origin')).toBeNull();
  });

  test('lists every part, upload and key, however many pages they fill', async () => {
    const { store } = opened;
    const connection = new S3Connection(real);
    const listing = { connection, bucket: real.bucket, pageSize: 2 };
    const upload = await openUpload(store);
    for (const number of [1, 2, 3, 4, 5]) await store.putPart(upload, number, Buffer.from('x'));
    expect((await listS3Parts(listing, upload)).map((part) => part.number)).toEqual([1, 2, 3, 4, 5]);
    const uploads = [upload, await openUpload(store), await openUpload(store), await openUpload(store), await openUpload(store)];
    const listedUploads = await collectList(listS3Uploads(listing));
    expect(listedUploads).toEqual(expect.arrayContaining(uploads.map((one) => expect.objectContaining(one))));
    expect(new Set(listedUploads.map(({ uploadId }) => uploadId)).size).toBe(listedUploads.length);
    const keys = await Promise.all([1, 2, 3, 4, 5].map(() => storeObject(store, Buffer.from('x'))));
    expect((await collectList(listS3Objects(listing))).map(({ objectKey }) => objectKey)).toEqual(keys.sort());
    await connection.close();
  });
});

import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from './contract/contract-stores.cases.js';
import { collectList, openUpload, storeObject } from './contract/contract-uploads.cases.js';
import type { S3StoreSettings } from './s3-connection.js';
import { S3Store } from './s3-store.js';

const ANSWER_MILLISECONDS = 2_000;
const NOWHERE: S3StoreSettings = {
  endpoint: 'http://127.0.0.1:1',
  publicEndpoint: null,
  region: 'us-east-1',
  bucket: 'downloads',
  accessKeyId: 'key',
  secretAccessKey: 'secret-that-never-leaves',
  forcePathStyle: true,
};

describe('an S3 store that is down', () => {
  let silent: Server;
  beforeAll(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await new S3Store(NOWHERE).checkReachable().catch(() => undefined); // loads the SDK
  });
  afterAll(() => silent.close());

  const silentEndpoint = (): string => `http://127.0.0.1:${(silent.address() as AddressInfo).port}`; // listens on TCP

  test.each([
    ['refuses connections', () => 'http://127.0.0.1:1'],
    ['takes connections and never answers', silentEndpoint],
    ['has no address', () => 'http://store.invalid:80'],
  ])('and %s is UNREACHABLE within 2 s, for every small operation', async (_, endpoint) => {
    const store = new S3Store({ ...NOWHERE, endpoint: endpoint() });
    const upload = { objectKey: 'a', uploadId: 'b' };
    const startedAt = performance.now();
    const attempts = [
      store.checkReachable(),
      store.createUpload('a'),
      store.findSize('a'),
      store.read('a'),
      store.delete('a'),
      store.listParts(upload),
      store.abortUpload(upload),
      collectList(store.listKeys()),
    ];
    const outcomes = await Promise.allSettled(attempts);
    const fault = { status: 'rejected', reason: expect.objectContaining({ name: 'StorageFault', reason: 'UNREACHABLE' }) };
    expect(outcomes).toEqual(attempts.map(() => fault));
    expect(performance.now() - startedAt).toBeLessThan(ANSWER_MILLISECONDS);
    await store.close();
  });
});

describe('an S3 store', () => {
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

  test('signs thousands of URLs per second', async () => {
    const store = new S3Store(NOWHERE);
    await store.signGet('a', { fileName: 'a.exe', expiresInSeconds: 60 });
    const startedAt = performance.now();
    const count = 2_000;
    for (let i = 0; i < count; i += 1) await store.signGet(`objects/${i}`, { fileName: 'a.exe', expiresInSeconds: 60 });
    const perSecond = count / ((performance.now() - startedAt) / 1000);
    console.info(`S3: ${Math.round(perSecond)} signed URLs per second`);
    expect(perSecond).toBeGreaterThan(1_000);
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
    ['a bucket that does not exist', { bucket: 'slipway-no-such-bucket' }, 'FAILED'],
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

  test('lists more parts, keys and uploads than fit a page', async () => {
    const { store } = opened;
    const numbers = Array.from({ length: 1_005 }, (_, index) => index + 1);
    const upload = await openUpload(store);
    await inParallel(numbers, (number) => store.putPart(upload, number, Buffer.from('x')));
    expect((await store.listParts(upload))?.map((part) => part.number)).toEqual(numbers);
    await inParallel(numbers, () => openUpload(store));
    expect(new Set(await collectList(store.listUploads())).size).toBeGreaterThan(1_005);
    await inParallel(numbers, () => storeObject(store, Buffer.from('x')));
    expect(new Set(await collectList(store.listKeys())).size).toBe(1_005);
  });
});

/** Runs the work for every item, as many at a time as a server would. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

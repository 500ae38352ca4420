import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { steadily } from '../../testing/steady-time.js';
import { collectList } from '../contract/contract-uploads.cases.js';
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
    const attempts = (): Promise<unknown>[] => [
      store.checkReachable(),
      store.createUpload('a'),
      store.findSize('a'),
      store.read('a'),
      store.delete('a'),
      store.listParts(upload),
      store.abortUpload(upload),
      collectList(store.listObjects()),
      store.readClaim(),
      store.writeClaim('{}'),
    ];
    const { result, ms } = await steadily(() => Promise.allSettled(attempts()));
    const fault = { status: 'rejected', reason: expect.objectContaining({ name: 'StorageFault', reason: 'UNREACHABLE' }) };
    expect(result).toEqual(Array.from({ length: 10 }, () => fault));
    expect(ms).toBeLessThan(ANSWER_MILLISECONDS);
    await store.close();
  });
});

import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { collectList, storeObject } from '../contract/contract-uploads.cases.js';
import { S3Connection } from './s3-connection.js';
import { listS3Objects } from './s3-listings.js';
import { S3Store } from './s3-store.js';
import { openStoreFront } from './store-front.cases.js';

/** Three answers are slower than one may be, and each of them is far from it. */
const DELAY_MILLISECONDS = 1_500;
const ONE_ANSWER_MILLISECONDS = 4_000;
const settings = s3TestSettings();

describe.skipIf(settings === null)('a store that is slow (skipped where TEST_S3_ENDPOINT is not set)', () => {
  if (settings === null) return;
  let opened: Awaited<ReturnType<typeof openS3Store>>;
  beforeAll(async () => {
    opened = await openS3Store(settings);
  });
  afterAll(() => opened.close());

  test('or fails for a while in the middle of a long list is listed to its end from where it was, by who has time', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => storeObject(opened.store, Buffer.from('bytes'))));
    let pages = 0;
    let failures = 4;
    const front = await openStoreFront(settings.endpoint ?? '', {
      delayMilliseconds: 500,
      answer: ({ url = '' }, reply) => {
        if (!url.includes('continuation-token') || failures === 0) {
          pages += 1;
          return false;
        }
        failures -= 1;
        reply.writeHead(503).end();
        return true;
      },
    });
    const patience = { connectMilliseconds: 30_000, smallOperationMilliseconds: 100 };
    const connection = new S3Connection({ ...settings, endpoint: front.endpoint }, { patience });
    const listing = { connection, bucket: settings.bucket, pageSize: 1 };
    await expect(collectList(listS3Objects(listing))).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    pages = 0;
    const listed = await collectList(listS3Objects({ ...listing, pace: 'PATIENT' }));
    expect(listed.map(({ objectKey }) => objectKey)).toEqual([...keys].sort());
    expect([pages, failures]).toEqual([keys.length, 0]);
    await connection.close();
    front.close();
  });

  test('and right passes the check of a start: write, read and delete have a deadline each', async () => {
    const front = await openStoreFront(settings.endpoint ?? '', { delayMilliseconds: DELAY_MILLISECONDS });
    const patience = { connectMilliseconds: ONE_ANSWER_MILLISECONDS, smallOperationMilliseconds: ONE_ANSWER_MILLISECONDS };
    const store = new S3Store({ ...settings, endpoint: front.endpoint }, { patience });
    const startedAt = performance.now();
    await store.tryOut();
    expect(performance.now() - startedAt).toBeGreaterThan(ONE_ANSWER_MILLISECONDS);
    await store.close();
    front.close();
  });
});

describe('a store that takes longer for one answer than it may', () => {
  test.each([
    ['the store', 'key'],
    ['the store, or what gives this machine its credentials,', null],
  ])('is called slow, not wrong, by the variable that says where %s is', async (who, key) => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`; // it listens on TCP
    const role = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
    process.env[role] = endpoint;
    const own = { endpoint, publicEndpoint: null, region: 'us-east-1', bucket: 'downloads', forcePathStyle: true };
    const patience = { connectMilliseconds: 800, smallOperationMilliseconds: 200 };
    const store = new S3Store({ ...own, accessKeyId: key, secretAccessKey: key }, { patience });
    const message = `S3_ENDPOINT: ${who} did not answer within 0.2 s: it is slow or cannot be reached from here; check its load and the network between.`;
    await expect(store.tryOut()).rejects.toMatchObject({ reason: 'UNREACHABLE', message });
    delete process.env[role];
    await store.close();
    silent.close();
  });
});

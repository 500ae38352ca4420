import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { storeObject } from '../contract/contract-uploads.cases.js';
import { PATIENT } from '../contract/patience.cases.js';
import { S3Store } from './s3-store.js';

const SECONDS_LEFT = 400;
const ROLE = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const settings = s3TestSettings();

/** What gives a container on AWS its role: temporary credentials, here those of the test's store. */
function giveRole(token: string): Promise<Server> {
  const server = createServer((_request, reply) => {
    const Expiration = new Date(Date.now() + SECONDS_LEFT * 1_000).toISOString();
    const keys = { AccessKeyId: settings?.accessKeyId, SecretAccessKey: settings?.secretAccessKey };
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ ...keys, Token: token, Expiration }));
  });
  server.listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

async function withRole(token: string, work: (store: S3Store) => Promise<void>): Promise<void> {
  if (settings === null) return;
  const server = await giveRole(token);
  process.env[ROLE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/role`; // it listens on TCP
  const store = new S3Store({ ...settings, accessKeyId: null, secretAccessKey: null }, { patience: PATIENT });
  try {
    await work(store);
  } finally {
    delete process.env[ROLE];
    await store.close();
    server.close();
  }
}

const lifeOf = (url: string): number => Number(new URL(url).searchParams.get('X-Amz-Expires'));

describe.skipIf(settings === null)('an S3 store without keys in its settings (skipped where TEST_S3_ENDPOINT is not set)', () => {
  if (settings === null) return;
  let opened: Awaited<ReturnType<typeof openS3Store>>;
  beforeAll(async () => {
    opened = await openS3Store(settings);
  });
  afterAll(() => opened.close());

  test('works with the role of its machine, and no URL says that it outlives the credentials', async () => {
    const key = await storeObject(opened.store, Buffer.from('bytes'));
    await withRole('', async (store) => {
      await store.tryOut();
      const sign = (expiresInSeconds: number): Promise<string> => store.signGet(key, { fileName: 'a.exe', expiresInSeconds });
      expect((await fetch(await sign(60))).status).toBe(200);
      expect(lifeOf(await sign(60))).toBe(60);
      const longest = lifeOf(await sign(86_400));
      expect(longest).toBeGreaterThan(60);
      expect(longest).toBeLessThanOrEqual(SECONDS_LEFT);
      // They are reported in their own words.
      expect([await store.urlSeconds(60), (await store.urlSeconds(86_400)) <= longest]).toEqual([60, true]);
      const upload = { objectKey: 'objects/a', uploadId: await store.createUpload('objects/a') };
      expect(lifeOf(await store.signPart(upload, { partNumber: 1, sizeBytes: 1, expiresInSeconds: 86_400 }))).toBeLessThanOrEqual(
        SECONDS_LEFT,
      );
      await store.abortUpload(upload);
    });
  });

  test('signs the session token of temporary credentials into its URLs', async () => {
    await withRole('a-session-token', async (store) => {
      const url = await store.signGet('objects/a', { fileName: 'a.exe', expiresInSeconds: 60 });
      expect(new URL(url).searchParams.get('X-Amz-Security-Token')).toBe('a-session-token');
    });
  });

  test('and without any others says which variables are missing', async () => {
    const store = new S3Store({ ...settings, accessKeyId: null, secretAccessKey: null });
    const fault = {
      name: 'StorageFault',
      reason: 'DENIED',
      message: expect.stringMatching(/^S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: neither is given/),
    };
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    await expect(store.checkReachable()).rejects.toMatchObject(fault);
    await expect(store.signGet('objects/a', { fileName: 'a.exe', expiresInSeconds: 60 })).rejects.toMatchObject(fault);
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    await store.close();
  });
});

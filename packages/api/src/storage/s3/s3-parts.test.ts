import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { openUpload, readAll } from '../contract/contract-uploads.cases.js';
import { startTlsFront } from '../../testing/tls-front.js';
import { PATIENT } from '../contract/patience.cases.js';
import type { OpenUpload } from '../object-store.js';
import { S3Store } from './s3-store.js';
import { openStoreFront, type FrontUse } from './store-front.cases.js';

const settings = s3TestSettings();
const BYTES = randomBytes(300_000);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const isPart = ({ method, url = '' }: IncomingMessage): boolean => method === 'PUT' && url.includes('partNumber=');

const refusal = (reply: ServerResponse, status: number, code: string): void =>
  void reply.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);

const FAILURES: readonly [what: string, fail: (asked: IncomingMessage, reply: ServerResponse) => void][] = [
  ['503 SlowDown', (_, reply) => refusal(reply, 503, 'SlowDown')],
  ['500 InternalError', (_, reply) => refusal(reply, 500, 'InternalError')],
  ['a connection that breaks', (asked) => asked.socket.destroy()],
];

describe.skipIf(settings === null)('parts that the server sends to S3 (skipped where TEST_S3_ENDPOINT is not set)', () => {
  if (settings === null) return;
  let opened: Awaited<ReturnType<typeof openS3Store>>;
  let upload: OpenUpload;
  beforeAll(async () => {
    opened = await openS3Store(settings);
  });
  afterAll(() => opened.close());

  /** Runs with a store behind a front that does something to parts. */
  async function behind(use: FrontUse, work: (store: S3Store) => Promise<void>): Promise<void> {
    const front = await openStoreFront(settings?.endpoint ?? '', use);
    upload = await openUpload(opened.store);
    const store = new S3Store({ ...(settings ?? never()), endpoint: front.endpoint }, { patience: PATIENT });
    try {
      await work(store);
    } finally {
      await store.close();
      front.close();
    }
  }

  test.each(FAILURES)('are sent again after %s, and nothing of it is left', async (_, fail) => {
    let failures = 0;
    const answer = (asked: IncomingMessage, reply: ServerResponse): boolean => {
      if (!isPart(asked) || failures > 0) return false;
      failures += 1;
      fail(asked, reply);
      return true;
    };
    await behind({ answer }, async (store) => {
      const part = await store.putPart(upload, 1, { bytes: BYTES, sha256: SHA256 });
      await store.completeUpload(upload, [part]);
    });
    expect(failures).toBe(1);
    expect((await readAll(opened.store, upload.objectKey)).equals(BYTES)).toBe(true);
  });

  test.each([
    ['503 SlowDown', 503, 'SlowDown', 'UNREACHABLE'],
    ['403 AccessDenied', 403, 'AccessDenied', 'DENIED'],
    ['507 InsufficientStorage', 507, 'InsufficientStorage', 'FULL'],
  ])('that get %s again and again fail with it', async (_, status, code, reason) => {
    const answer = (asked: IncomingMessage, reply: ServerResponse): boolean => isPart(asked) && (refusal(reply, status, code), true);
    await behind({ answer }, async (store) => {
      const sent = store.putPart(upload, 1, { bytes: BYTES, sha256: SHA256 });
      await expect(sent).rejects.toMatchObject({ name: 'StorageFault', reason, code });
      expect(store.faults.get(reason as 'FULL')).toBe(1);
    });
  });

  test('are refused by the store when a byte changes on its way over plain HTTP, and nothing of them is left', async () => {
    const alter = (bytes: Buffer): void => void (bytes[0] = (bytes[0] ?? 0) ^ 1);
    await behind({ alter }, async (store) => {
      expect(store.signsBytes).toBe(true);
      for (const body of [{ bytes: BYTES, sha256: SHA256 }, BYTES])
        await expect(store.putPart(upload, 1, body)).rejects.toMatchObject({ name: 'StorageFault', reason: 'FAILED' });
    });
    expect(await opened.store.listParts(upload)).toEqual([]);
  });

  test('are not signed where TLS guards them', async () => {
    const signed: unknown[] = [];
    const answer = (asked: IncomingMessage): boolean => {
      if (isPart(asked)) signed.push(asked.headers['x-amz-content-sha256']);
      return false;
    };
    const front = await openStoreFront(settings.endpoint ?? '', { answer });
    const tls = await startTlsFront(front.endpoint, 1);
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    upload = await openUpload(opened.store);
    const store = new S3Store({ ...settings, endpoint: tls.url }, { patience: PATIENT });
    const part = await store.putPart(upload, 1, { bytes: BYTES, sha256: null });
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    expect([store.signsBytes, part.size, signed]).toEqual([false, BYTES.length, ['UNSIGNED-PAYLOAD']]);
    await store.close();
    tls.close();
    front.close();
  });

  test('are refused when they are not what was hashed', async () => {
    const other = { bytes: randomBytes(BYTES.length), sha256: SHA256 };
    upload = await openUpload(opened.store);
    await expect(opened.store.putPart(upload, 1, other)).rejects.toMatchObject({ name: 'StorageFault', reason: 'FAILED' });
    expect(await opened.store.listParts(upload)).toEqual([]);
  });

  test.each([
    ['http://store.example', true],
    ['HTTP://store.example', true],
    ['https://store.example', false],
    [null, false],
  ])('to %s have their bytes signed: %s', async (endpoint, isSigned) => {
    const store = new S3Store({ ...settings, endpoint });
    expect(store.signsBytes).toBe(isSigned);
    await store.close();
  });
});

function never(): never {
  throw new Error('Skipped without settings.');
}

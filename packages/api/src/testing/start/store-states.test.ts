import { CreateBucketCommand, DeleteBucketCommand, GetBucketCorsCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeNotes } from '../../app/start/store-notes.js';
import type { S3Config } from '../../config.js';
import { Audit } from '../../machinery/audit/audit.service.js';
import { UploadOrigin } from '../../storage/stores/upload-origin.js';
import { StoreGuard } from '../../storage/ownership/store-guard.js';
import { createLog } from '../../kernel/log.js';
import { newId } from '../../kernel/ids.js';
import { PATIENT } from '../../storage/contract/patience.cases.js';
import { S3Store } from '../../storage/s3/s3-store.js';
import { TestClock } from '../clock.js';
import { TEST_DIALECTS, type TestDatabase } from '../databases.js';
import { Gate } from '../promises/gate.js';
import { startApp } from '../promises/broken-app.js';
import { createS3Store, hasS3, TEST_GUARDING, type TestStore } from '../stores.js';
import { TEST_SECRETS } from '../test-secrets.js';
import { makeStartEnvironment, startServing, TEST_PASSWORD } from './start-in-process.js';

const ADMIN = { ADMIN_EMAIL: 'first@vendor.example', ADMIN_PASSWORD: TEST_PASSWORD };
const environmentOfS3 = {
  S3_ENDPOINT: process.env['TEST_S3_ENDPOINT'] ?? '',
  S3_ACCESS_KEY_ID: process.env['TEST_S3_ACCESS_KEY_ID'] ?? '',
  S3_SECRET_ACCESS_KEY: process.env['TEST_S3_SECRET_ACCESS_KEY'] ?? '',
};

interface Ready {
  readonly status: number;
  readonly store: string;
  readonly text: string;
}

async function askReady(port: string): Promise<Ready> {
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
  const text = await reply.text();
  const { checks } = JSON.parse(text) as { checks: { store: string } }; // as health.routes.ts writes it
  return { status: reply.status, store: checks.store, text };
}

describe.skipIf(!hasS3)('a server whose S3 settings are wrong (skipped where TEST_S3_ENDPOINT is not set)', () => {
  let environment: Record<string, string>;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ environment, drop } = await makeStartEnvironment());
  });
  afterEach(() => drop());

  it.each([
    ['denied', { S3_SECRET_ACCESS_KEY: 'wrong-secret' }, 'S3_SECRET_ACCESS_KEY'],
    ['denied', { S3_ACCESS_KEY_ID: 'wrong-key' }, 'S3_ACCESS_KEY_ID'],
    ['no bucket', {}, 'S3_BUCKET'],
    ['no answer', { S3_ENDPOINT: 'http://127.0.0.1:1' }, 'S3_ENDPOINT'],
  ])(
    'starts, is not ready for "%s" with %j, names the variable to the operator and nothing to the world',
    async (kind, change, variable) => {
      const lines: string[] = [];
      const bucket = 'slipway-no-such-bucket';
      const serving = await startServing({ ...environment, ...environmentOfS3, S3_BUCKET: bucket, ...change }, (line) => lines.push(line));
      const ready = await askReady(environment['PORT'] ?? '');
      expect([ready.status, ready.store]).toEqual([503, kind]);
      expect(ready.text).not.toMatch(/S3_|wrong|no-such|127\.0\.0\.1/);
      expect(lines.join('\n')).toMatch(new RegExp(`Warning: the file store cannot be used yet.* ${variable}: `));
      await serving.stop();
    },
  );

  it('is ready as soon as the bucket is there, and then also lets browsers upload to it', async () => {
    const Bucket = `slipway-${newId().toLowerCase()}`;
    const credentials = { accessKeyId: environmentOfS3.S3_ACCESS_KEY_ID, secretAccessKey: environmentOfS3.S3_SECRET_ACCESS_KEY };
    const owner = new S3Client({ endpoint: environmentOfS3.S3_ENDPOINT, region: 'us-east-1', forcePathStyle: true, credentials });
    const serving = await startServing({ ...environment, ...environmentOfS3, ...ADMIN, S3_BUCKET: Bucket }, () => undefined);
    expect((await askReady(environment['PORT'] ?? '')).store).toBe('no bucket');
    await owner.send(new CreateBucketCommand({ Bucket }));
    expect((await askReady(environment['PORT'] ?? '')).store).toBe('ok');
    await expect
      .poll(
        () =>
          owner.send(new GetBucketCorsCommand({ Bucket })).then(
            ({ CORSRules }) => CORSRules?.[0]?.AllowedOrigins,
            () => null,
          ),
        { timeout: 60_000 },
      )
      .toEqual([`http://127.0.0.1:${environment['PORT']}`]);
    const { database } = serving.foundation;
    await expect
      .poll(() => database.query(`SELECT after_json FROM audit_event WHERE action = 'store.allowUploads'`), { timeout: 60_000 })
      .toHaveLength(1);
    await serving.stop();
    const left = new S3Store({
      ...credentials,
      endpoint: environmentOfS3.S3_ENDPOINT,
      publicEndpoint: null,
      region: 'us-east-1',
      bucket: Bucket,
      forcePathStyle: true,
    });
    await left.delete('slipway-installation');
    await owner.send(new DeleteBucketCommand({ Bucket }));
    await left.close();
  });
});

describe.skipIf(!hasS3)('what browsers may do with a store that was down at the start', () => {
  it.each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))(
    'is told in the log as soon as the store answers: it is not let go because the start is over, on $name',
    async ({ create }) => {
      const [test, real] = [await create(), await createS3Store()];
      if (!real.s3) throw new Error('No S3 was given to the tests.');
      const { s3 } = real;
      const gate = new Gate('127.0.0.1', Number(new URL(s3.endpoint ?? '').port));
      await gate.open();
      await gate.shut();
      const store = new S3Store({ ...s3, endpoint: `http://127.0.0.1:${gate.port}` }, { patience: PATIENT });
      const lines: string[] = [];
      const log = createLog('warn', { write: (text: string) => void lines.push(text) });
      const guard = new StoreGuard({ ...TEST_GUARDING, database: test.database, store, clock: new TestClock(), log });
      await guard.open();
      const stores = { current: async () => ({ id: 'base', store, bare: store, guard, place: 'the bucket of the test' }) };
      const uploadOrigin = new UploadOrigin({ database: test.database, stores, audit: new Audit(new TestClock(), TEST_SECRETS), log });
      const config = { publicUrl: 'https://downloads.example.com', s3 };
      const told = await storeNotes({ config, features: { uploadOrigin, stores }, log });
      expect(told).toEqual([expect.stringMatching(/^Warning: the file store cannot be used yet.* S3_ENDPOINT: nothing listens there/)]);
      await denyCorsRules(s3);
      await gate.open();
      await guard.requireAsked();
      await expect.poll(() => lines.join(''), { timeout: 60_000 }).toMatch(/has no CORS rule for them, and this key may not add one/);
      await gate.shut();
      await store.close();
      await test.drop();
      await real.drop();
    },
  );
});

/** As a least-privilege policy does: the rules can be read and not be written. */
async function denyCorsRules({ bucket: Bucket }: S3Config): Promise<void> {
  const credentials = { accessKeyId: environmentOfS3.S3_ACCESS_KEY_ID, secretAccessKey: environmentOfS3.S3_SECRET_ACCESS_KEY };
  const owner = new S3Client({ endpoint: environmentOfS3.S3_ENDPOINT, region: 'us-east-1', forcePathStyle: true, credentials });
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: ['s3:PutBucketCORS'], Resource: [`arn:aws:s3:::${Bucket}`] }];
  await owner.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  owner.destroy();
}

describe.skipIf(!hasS3).each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))(
  'a server whose clock is 40 minutes behind its store, on $name',
  ({ create }) => {
    let test: TestDatabase;
    let store: TestStore;
    let behind: S3Store;
    beforeEach(async () => {
      [test, store] = [await create(), await createS3Store()];
      if (!store.s3) throw new Error('No S3 was given to the tests.');
      const clock = new TestClock();
      clock.advance({ seconds: -2_400 });
      behind = new S3Store(store.s3, { patience: PATIENT, clock });
    });
    afterEach(async () => {
      await behind.close();
      await test.drop();
      await store.drop();
    });

    it('is ready, and says in /readyz how far it is off', async () => {
      const running = await startApp(test.database, behind);
      const reply = await running.admin.fetch('/readyz');
      const { checks } = (await reply.json()) as { checks: { clock: { storeAheadSeconds: number } } }; // as health.routes.ts writes it
      expect(reply.status).toBe(200);
      expect(Math.abs(checks.clock.storeAheadSeconds - 2_400)).toBeLessThan(5);
      await running.close();
    });

    it('says it once in the log, however often it looks', async () => {
      const lines: string[] = [];
      const log = createLog('warn', { write: (text: string) => void lines.push(text) });
      const guard = new StoreGuard({ ...TEST_GUARDING, database: test.database, store: behind, clock: new TestClock(), log });
      await guard.open();
      for (const _ of [1, 2, 3]) await guard.look();
      expect(lines.filter((line) => line.includes('the clock of this machine'))).toHaveLength(1);
    });
  },
);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../testing/clock.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { DiskStore } from '../../storage/disk/disk-store.js';
import { makeToken } from '../../testing/make.js';
import { createS3Store, hasS3, type TestStore } from '../../testing/stores.js';

interface Check {
  readonly kind: string;
  readonly verdict: string;
  readonly message: string;
  readonly field: string | null;
  readonly fix: { readonly text: string } | null;
}

const TEST =
  'mutation($input: TestStorageInput!) { testStorage(input: $input) { storageTest { browserProbeUrl checks { kind verdict message detail field fix { label text } } } userErrors { code message field } } }';
const ALLOW = TEST.replaceAll('testStorage(', 'allowStorageUploads(');
type Answer = Readonly<
  Record<string, { storageTest: { checks: Check[]; browserProbeUrl: string | null } | null; userErrors: readonly unknown[] }>
>;

describe('which storage settings there are', () => {
  const setups = TEST_SETUPS.filter((setup) => setup.isAvailable);
  it.each(setups)('is for administrators on $name', async ({ start }) => {
    const harness = await start();
    try {
      const others = [harness.nobody, await harness.makeUser('SUPPORT'), await makeToken(harness.admin, { scopes: ['release:read'] })];
      for (const client of others)
        for (const query of ['{ storageSettings { bucket } }', 'mutation { testStorage(input: {}) { userErrors { code } } }'])
          expect((await client.graphql(query)).errors[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
      const { storageSettings } = await harness.admin.query<{ storageSettings: Record<string, unknown> }>(
        '{ storageSettings { isEmbedded isFixed hasSecret bucket endpoint } }',
      );
      const isEmbedded = harness.store instanceof DiskStore;
      expect(storageSettings).toMatchObject({ isEmbedded, isFixed: !isEmbedded, hasSecret: !isEmbedded });
    } finally {
      await harness.close();
    }
  });
});

describe.skipIf(!hasS3 || !TEST_SETUPS[1]?.isAvailable)('the store that the environment gives', () => {
  it('opens no private address that is typed beside it', async () => {
    const harness = await TEST_SETUPS[1]!.start();
    let hits = 0;
    const server = createServer((_, answer) => {
      hits += 1;
      answer.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    const publicEndpoint = `http://[::1]:${(server.address() as AddressInfo).port}`; // listening on TCP
    const { data } = await harness.admin.graphql<Answer>(TEST, { input: { publicEndpoint } });
    const checks = data!['testStorage']!.storageTest!.checks;
    expect(checks.find(({ kind }) => kind === 'SIGN_IN')?.verdict).toBe('PASSED');
    expect(checks.find(({ kind }) => kind === 'PRIVATE')?.verdict).toBe('SKIPPED');
    expect(hits).toBe(0);
    server.close();
    await harness.close();
  });
});

describe.skipIf(!hasS3)('a store that is tried out from the console (skipped where TEST_S3_ENDPOINT is not set)', () => {
  let harness: Harness;
  let bucket: TestStore;
  let owner: S3Client;
  beforeAll(async () => {
    // What is tried is whether the clocks agree: near midnight the usual one is ahead.
    harness = await TEST_SETUPS[0]!.start({ clock: new TestClock() });
    bucket = await createS3Store();
    const { endpoint, region, accessKeyId, secretAccessKey } = bucket.s3!;
    const credentials = { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' };
    owner = new S3Client({ endpoint: endpoint ?? '', region, credentials, forcePathStyle: true });
  });
  afterAll(async () => {
    await bucket.drop();
    owner.destroy();
    await harness.close();
  });

  const inputOf = (more: object = {}): object => {
    const { endpoint, region, bucket: name, accessKeyId, secretAccessKey } = bucket.s3!;
    return { endpoint, region, bucket: name, accessKeyId, secretAccessKey, forcePathStyle: true, ...more };
  };
  const ask = async (query: string, more?: object) => {
    const { data, errors } = await harness.admin.graphql<Answer>(query, { input: inputOf(more) });
    expect(errors).toEqual([]);
    return Object.values(data!)[0]!;
  };
  const checksOf = async (more?: object): Promise<Map<string, Check>> =>
    new Map((await ask(TEST, more)).storageTest!.checks.map((check) => [check.kind, check]));
  const verdictsOf = (checks: ReadonlyMap<string, Check>): object =>
    Object.fromEntries([...checks].map(([kind, { verdict }]) => [kind, verdict]));
  const Bucket = (): string => bucket.s3!.bucket;
  const GOOD = {
    REACH: 'WARNING',
    SIGN_IN: 'PASSED',
    WRITE: 'PASSED',
    READ: 'PASSED',
    PRIVATE: 'PASSED',
    DELETE: 'PASSED',
    MULTIPART: 'PASSED',
  };

  it('a good bucket passes; without a rule for uploads one click sets it beside those that are there', async () => {
    const other = { AllowedOrigins: ['https://www.example.com'], AllowedMethods: ['GET'] };
    await owner.send(new PutBucketCorsCommand({ Bucket: Bucket(), CORSConfiguration: { CORSRules: [other] } }));
    const before = await checksOf();
    expect(verdictsOf(before)).toEqual({ ...GOOD, CORS: 'FAILED', CLOCK: 'PASSED', VERSIONS: 'PASSED' });
    expect(JSON.parse(before.get('CORS')!.fix!.text)).toEqual([expect.objectContaining({ AllowedOrigins: [harness.baseUrl] })]);
    const after = await ask(ALLOW);
    expect(after.storageTest!.checks.find(({ kind }) => kind === 'CORS')).toMatchObject({ verdict: 'PASSED', fix: null });
    const { CORSRules } = await owner.send(new GetBucketCorsCommand({ Bucket: Bucket() }));
    expect(CORSRules).toEqual([expect.objectContaining(other), expect.objectContaining({ AllowedOrigins: [harness.baseUrl] })]);
    const { auditEvents } = await harness.admin.query<{ auditEvents: { nodes: unknown[] } }>(
      '{ auditEvents(first: 1) { nodes { action change { after } } } }',
    );
    expect(auditEvents.nodes).toEqual([
      { action: 'STORE_ALLOW_UPLOADS', change: { after: { origin: harness.baseUrl, method: 'PUT', bucket: Bucket() } } },
    ]);
  });

  it('a browser hears of an answer to its probe only where a rule lets its page in, and the next test removes what it left', async () => {
    const probe = async (): Promise<Response> =>
      fetch((await ask(TEST)).storageTest!.browserProbeUrl!, { method: 'PUT', body: 'x', headers: { origin: harness.baseUrl } });
    await ask(ALLOW);
    const allowed = await probe();
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, harness.baseUrl]);
    await owner.send(new DeleteBucketCorsCommand({ Bucket: bucket.s3!.bucket }));
    expect((await probe()).headers.get('access-control-allow-origin')).toBeNull();
    await ask(TEST);
  });

  it.each<[string, object, string, object]>([
    ['a wrong secret', { secretAccessKey: 'wrong-secret' }, 'SIGN_IN', { field: 'secretAccessKey' }],
    ['an unknown key', { accessKeyId: 'wrong-key' }, 'SIGN_IN', { field: 'accessKeyId' }],
    ['no such bucket', { bucket: 'slipway-no-such-bucket' }, 'SIGN_IN', { field: 'bucket' }],
    ['a dead port', { endpoint: 'http://127.0.0.1:1' }, 'REACH', { field: 'endpoint' }],
    ['TLS where there is none', { endpoint: 'https://127.0.0.1:14102' }, 'REACH', { field: 'endpoint' }],
    [
      'metadata',
      { endpoint: 'http://169.254.169.254' },
      'REACH',
      { field: 'endpoint', message: expect.stringContaining('no setting may lead there') },
    ],
    [
      'the private network',
      { endpoint: 'http://10.0.0.7' },
      'REACH',
      { field: 'endpoint', message: expect.stringContaining('set ALLOWED_PRIVATE_HOSTS to 10.0.0.7') },
    ],
    [
      'loopback by IPv6',
      { endpoint: 'http://[::1]:14102' },
      'REACH',
      { field: 'endpoint', message: expect.stringContaining('ALLOWED_PRIVATE_HOSTS') },
    ],
  ])('with %s it fails at its own line, names the field in words, and the rest is not tried', async (_, more, kind, expected) => {
    const given = Object.fromEntries(
      Object.entries(more).map(([name, value]) => [name, String(value).replace(':14102', `:${new URL(bucket.s3!.endpoint ?? '').port}`)]),
    );
    const checks = await checksOf(given);
    const broken = [...checks.values()].filter(({ verdict }) => verdict === 'FAILED');
    expect(broken).toEqual([expect.objectContaining({ kind, ...expected })]);
    expect(broken[0]!.message).toMatch(/^[A-Z“].*\.$/);
    expect(broken[0]!.message).not.toMatch(/S3_|packages\//);
    expect(checks.get('MULTIPART')!.verdict).toBe('SKIPPED');
    // What failed has not touched the store that is used.
    expect((await harness.app.server.inject('/readyz')).statusCode).toBe(200);
  });

  it('an endpoint that has the bucket in it comes back as it should be written', async () => {
    const endpoint = `${bucket.s3!.endpoint}/${Bucket()}`;
    expect((await checksOf({ endpoint })).get('SIGN_IN')).toMatchObject({ field: 'endpoint', fix: { text: bucket.s3!.endpoint } });
  });

  it('a bucket that anyone can read and fill is not private', async () => {
    await owner.send(new PutBucketAclCommand({ Bucket: Bucket(), ACL: 'public-read-write' }));
    const check = (await checksOf()).get('PRIVATE')!;
    await owner.send(new PutBucketAclCommand({ Bucket: Bucket(), ACL: 'private' }));
    expect(check).toMatchObject({ verdict: 'FAILED', message: expect.stringMatching(/^Anyone can list files and write files/) });
    expect(check.fix!.text).toContain('put-public-access-block');
  });

  it('a clock that is 20 minutes ahead is told, with what sets it right', async () => {
    harness.clock.advance({ seconds: 1_200 });
    const check = (await checksOf()).get('CLOCK')!;
    harness.clock.advance({ seconds: -1_200 });
    expect(check).toMatchObject({ verdict: 'WARNING', message: expect.stringMatching(/^This server is 1,[12]\d\d s ahead of the store/) });
    expect(check.fix!.text).toContain('set-ntp');
  });

  it('leaves nothing behind', async () => {
    const { Contents = [] } = await owner.send(new ListObjectsV2Command({ Bucket: bucket.s3!.bucket }));
    const { Uploads = [] } = await owner.send(new ListMultipartUploadsCommand({ Bucket: bucket.s3!.bucket }));
    expect([Contents, Uploads]).toEqual([[], []]);
  });

  it('says where deleting is not final', async () => {
    const Bucket = `slipway-versions-${Date.now()}`;
    await owner.send(new CreateBucketCommand({ Bucket }));
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await checksOf({ bucket: Bucket })).get('VERSIONS')).toMatchObject({ verdict: 'WARNING', field: 'bucket' });
    const { Versions = [], DeleteMarkers = [] } = await owner.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
      await owner.send(new DeleteObjectCommand({ Bucket, Key: Key!, VersionId: VersionId! }));
    await owner.send(new DeleteBucketCommand({ Bucket }));
  });

  it('each field that cannot be is refused at the field, before anything is asked', async () => {
    const { storageTest, userErrors } = await ask(TEST, { endpoint: 'store', bucket: 's3://x', region: 'Europe 1', secretAccessKey: '' });
    expect(storageTest).toBeNull();
    expect(userErrors).toMatchObject([
      { code: 'URL_INVALID', field: 'endpoint' },
      { code: 'VALUE_INVALID', field: 'region' },
      { code: 'VALUE_INVALID', field: 'bucket' },
      { code: 'NAME_REQUIRED', field: 'secretAccessKey' },
    ]);
  });

  it('never repeats the secret, in no answer and no audit entry', async () => {
    const secret = bucket.s3!.secretAccessKey!;
    for (const answer of [
      await ask(TEST),
      await ask(ALLOW),
      await harness.admin.graphql('{ auditEvents(first: 100) { nodes { change { before after } } } }'),
    ])
      expect(JSON.stringify(answer)).not.toContain(secret);
  });
});

import {
  DeleteBucketPolicyCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  S3Client,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { uploadRule } from '../upload-rule.js';
import { PATIENT } from '../contract/patience.cases.js';
import { S3Store } from './s3-store.js';
import { openStoreFront } from './store-front.cases.js';

const ORIGIN = 'https://downloads.example.com';
const GET_RULE: CORSRule = { AllowedOrigins: ['https://www.example.com'], AllowedMethods: ['GET'] };

const settings = s3TestSettings();
describe.skipIf(settings === null)('the CORS rules of a bucket (skipped where TEST_S3_ENDPOINT is not set)', () => {
  if (settings === null) return;
  const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = settings;
  const credentials = { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' };
  const owner = new S3Client({ endpoint: endpoint ?? '', region, credentials, forcePathStyle: true });
  let opened: Awaited<ReturnType<typeof openS3Store>>;
  beforeEach(async () => {
    opened = await openS3Store(settings);
  });
  afterEach(async () => {
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    await opened.close();
  });

  const setRules = (...CORSRules: CORSRule[]): Promise<unknown> =>
    owner.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  const readRules = async (): Promise<CORSRule[]> => (await owner.send(new GetBucketCorsCommand({ Bucket }))).CORSRules ?? [];
  /** Takes rights away from everybody, as a least-privilege policy does from one key. */
  const deny = (...actions: string[]): Promise<unknown> => {
    const Action = actions.map((action) => `s3:${action}`);
    const Statement = [{ Effect: 'Deny', Principal: '*', Action, Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`] }];
    return owner.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  };

  test('a fresh bucket gets the rule that browsers need, once', async () => {
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('ADDED');
    expect(await readRules()).toEqual([expect.objectContaining({ AllowedOrigins: [ORIGIN], AllowedMethods: ['PUT'] })]);
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('ALLOWED');
    expect(await readRules()).toHaveLength(1);
  });

  test('rules that are there stay as they are beside ours', async () => {
    await setRules(GET_RULE);
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('ADDED');
    expect(await readRules()).toEqual([expect.objectContaining(GET_RULE), expect.objectContaining({ AllowedMethods: ['PUT'] })]);
  });

  test.each([['*'], ['https://*.example.com'], ['https://downloads.*'], [ORIGIN]])(
    'a rule for %s is enough, and nothing is written',
    async (pattern) => {
      const rule = { AllowedOrigins: ['https://other.example', pattern], AllowedMethods: ['GET', 'PUT'] };
      await setRules(rule);
      expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('ALLOWED');
      expect(await readRules()).toEqual([expect.objectContaining({ AllowedMethods: ['GET', 'PUT'] })]);
    },
  );

  test('rules that cannot be read are not written over; whether they do is asked as a browser asks', async () => {
    await setRules(GET_RULE);
    await deny('GetBucketCORS');
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('UNREADABLE');
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await readRules()).toEqual([expect.objectContaining(GET_RULE)]);
    await setRules(GET_RULE, uploadRule(ORIGIN));
    await deny('GetBucketCORS');
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('ALLOWED');
  });

  test('a key that may read but not write them is told', async () => {
    await deny('PutBucketCORS');
    expect(await opened.store.allowUploadsFrom(ORIGIN)).toBe('UNWRITABLE');
  });

  test.each([
    ['says that it has none', 404, 'NoSuchCORSConfiguration'],
    ['does not know the question', 501, 'NotImplemented'],
  ])(
    'a store that keeps no rules, %s and lets every page in is asked as a browser asks, and not judged by its rules',
    async (_, status, code) => {
      const lets = { on: true };
      const front = await openStoreFront(endpoint ?? '', {
        answer: ({ method, url = '', headers }, reply) => {
          if (method === 'OPTIONS') {
            const allow = { 'access-control-allow-origin': headers.origin ?? '', 'access-control-allow-methods': 'PUT' };
            reply.writeHead(lets.on ? 204 : 403, lets.on ? allow : {}).end();
          } else if (url.includes('cors')) {
            const said = method === 'GET' ? { status, code } : { status: 501, code: 'NotImplemented' };
            reply.writeHead(said.status, { 'content-type': 'application/xml' }).end(`<Error><Code>${said.code}</Code></Error>`);
          } else return false;
          return true;
        },
      });
      const store = new S3Store({ ...settings, endpoint: front.endpoint }, { patience: PATIENT });
      expect(await store.allowUploadsFrom(ORIGIN)).toBe('ALLOWED');
      lets.on = false;
      expect(await store.allowUploadsFrom(ORIGIN)).toMatch(/^UN/);
      await store.close();
      front.close();
    },
  );

  test('a key that may only read files is found out by doing', async () => {
    await opened.store.tryOut();
    await deny('PutObject');
    await expect(opened.store.tryOut()).rejects.toMatchObject({
      reason: 'DENIED',
      message: expect.stringMatching(/^S3_ACCESS_KEY_ID: the store knows this key, but/),
    });
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    await deny('DeleteObject');
    await expect(opened.store.tryOut()).rejects.toMatchObject({ reason: 'DENIED' });
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    await opened.store.tryOut();
  });
});

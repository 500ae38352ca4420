import { STORAGE_PROVIDERS } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { checkStorage, headingOf, inputOf, presetOf, textsOf, withBrowserCheck, type StorageCheck } from './storage-form.rules';

const EMPTY = textsOf({
  lockVersion: 0,
  place: 'the folder of this server',
  problem: null,
  room: null,
  move: null,
  formerStores: [],
  usage: { files: 0, bytes: 0, products: [], otherProducts: 0, otherBytes: 0 },
  isEmbedded: true,
  isFixed: false,
  hasSecret: false,
  endpoint: null,
  publicEndpoint: null,
  region: null,
  bucket: null,
  accessKeyId: null,
  forcePathStyle: true,
});
const check = (kind: StorageCheck['kind'], verdict: StorageCheck['verdict']): StorageCheck => ({
  kind,
  verdict,
  message: 'So it is.',
  detail: null,
  field: null,
  fix: null,
  milliseconds: 1,
});

describe('the fields of a store', () => {
  it('say what is missing, and what of a preset is still to be filled in', () => {
    const [r2] = STORAGE_PROVIDERS.filter(({ id }) => id === 'r2');
    expect(checkStorage({ ...EMPTY, ...presetOf(r2!) }, false)).toEqual({
      bucket: 'Bucket is missing: enter it.',
      endpoint: 'Replace {account} by your own.',
    });
  });

  it('want the secret with its key, unless it is known', () => {
    const texts = { ...EMPTY, bucket: 'releases', accessKeyId: 'key' };
    expect(checkStorage(texts, false)).toEqual({ secretAccessKey: 'Enter the secret that belongs to the access key.' });
    expect(checkStorage(texts, true)).toEqual({});
  });

  it('send an empty secret as the one that is known, and all else as it stands', () => {
    expect(inputOf({ ...EMPTY, bucket: ' releases ' }, true)).toEqual({
      endpoint: '',
      publicEndpoint: '',
      region: 'us-east-1',
      bucket: 'releases',
      accessKeyId: '',
      forcePathStyle: true,
    });
    expect(inputOf({ ...EMPTY, secretAccessKey: 's' }, false)).toMatchObject({ secretAccessKey: 's' });
  });
});

describe('the outcome of a test', () => {
  it.each([
    [['PASSED', 'SKIPPED'], 'The store works'],
    [['PASSED', 'WARNING'], 'The store works, 1 to know'],
    [['FAILED', 'WARNING', 'FAILED'], '2 to fix, 1 to know'],
  ] as const)('of %j is headed %s', (verdicts, heading) => {
    expect(headingOf(verdicts.map((verdict) => check('READ', verdict)))).toBe(heading);
  });

  it('says what the browser found only where the server found that it may', () => {
    const checks = [check('CORS', 'PASSED'), check('READ', 'PASSED')];
    expect(withBrowserCheck(checks, true, 'https://d.example')[0]).toMatchObject({
      verdict: 'PASSED',
      message: 'This browser may upload from https://d.example.',
    });
    expect(withBrowserCheck(checks, false, 'https://d.example')[0]).toMatchObject({ verdict: 'FAILED', field: 'publicEndpoint' });
    expect(withBrowserCheck([check('CORS', 'FAILED')], false, '')).toEqual([check('CORS', 'FAILED')]);
  });
});

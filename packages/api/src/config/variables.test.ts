import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../config.js';
import { misspeltVariables } from './misspelt.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing: the embedded default runs on 127.0.0.1:4000', () => {
    expect(readConfig({})).toMatchObject({
      port: 4_000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4000',
      databaseUrl: null,
      s3: null,
    });
  });

  it('reports every fault at once', () => {
    expect(faultsOf({ PORT: 'x', PUBLIC_URL: 'y', S3_ACCESS_KEY_ID: 'key' })).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^PUBLIC_URL: /),
      expect.stringMatching(/^S3_BUCKET: needed/),
      expect.stringMatching(/^S3_SECRET_ACCESS_KEY: needed/),
    ]);
  });

  it('takes empty variables for absent ones', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4_000, databaseUrl: null });
  });

  it.each([
    ['::1', '::1', 'http://[::1]:4000'],
    ['[::1]', '::1', 'http://[::1]:4000'],
    ['::', '::', 'http://127.0.0.1:4000'],
    ['0.0.0.0', '0.0.0.0', 'http://127.0.0.1:4000'],
    ['2001:db8::7', '2001:db8::7', 'http://[2001:db8::7]:4000'],
    ['releases.internal', 'releases.internal', 'http://releases.internal:4000'],
  ])('makes links of the host %s that a browser can open', (given, host, publicUrl) => {
    expect(readConfig({ HOST: given })).toMatchObject({ host, publicUrl });
  });

  it('takes lists of proxies, ranges and Fastify’s names for ranges', () => {
    const TRUSTED_PROXIES = '10.0.0.5, 10.1.0.0/16,2001:db8::/32, loopback';
    expect(readConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual(['10.0.0.5', '10.1.0.0/16', '2001:db8::/32', 'loopback']);
  });

  it.each(['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_REGION', 'S3_FORCE_PATH_STYLE'])(
    'is never the embedded store by mistake: %s alone asks for the bucket',
    (name) => {
      const value = name.endsWith('ENDPOINT') ? 'https://s3.example.com' : name === 'S3_REGION' ? 'eu-central-1' : 'true';
      expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(/^S3_BUCKET: needed/)]);
    },
  );

  it('takes a bucket without keys: the machine’s own role gives them', () => {
    expect(readConfig({ S3_BUCKET: 'releases' }).s3).toMatchObject({ bucket: 'releases', accessKeyId: null, secretAccessKey: null });
  });
});

describe('a variable that nothing reads', () => {
  it.each([
    ['S3_BUKCET', 'S3_BUCKET'],
    ['S3_BUCKETS', 'S3_BUCKET'],
    ['s3_bucket', 'S3_BUCKET'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['PUBLIC_URl', 'PUBLIC_URL'],
    ['ADMIN_PASWORD', 'ADMIN_PASSWORD'],
    ['APPSECRET', 'APP_SECRET'],
    ['PROT', 'PORT'],
  ])('and looks meant for Slipway, such as %s, is named with what was meant: %s', (given, meant) => {
    expect(misspeltVariables({ [given]: 'x' })).toEqual([
      `${given} is not a variable of Slipway and changes nothing: did you mean ${meant}?`,
    ]);
  });

  it('is named when it begins as only ours do', () => {
    expect(misspeltVariables({ S3_SECRET: 'x' })).toEqual([expect.stringMatching(/^S3_SECRET is not a variable of Slipway/)]);
  });

  it('is left alone when it belongs to somebody else, or is empty', () => {
    const others = [
      'HOME',
      'PATH',
      'HOSTNAME',
      'USER',
      'POST',
      'SORT',
      'TZ',
      'AWS_ACCESS_KEY_ID',
      'NODE_ENV',
      'SHELL',
      'LANG',
      'MAIL',
      'EDITOR',
      'PWD',
    ];
    expect(misspeltVariables({ ...Object.fromEntries(others.map((name) => [name, 'x'])), S3_BUKCET: '' })).toEqual([]);
  });
});

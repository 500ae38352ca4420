import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from './config.js';

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

  it.each([
    [{ PORT: 'abc' }, 'PORT: expected 0 to 65535, got "abc"'],
    [{ PORT: '70000' }, 'PORT: expected 0 to 65535, got "70000"'],
    [
      { PUBLIC_URL: 'downloads.example.com' },
      'PUBLIC_URL: expected a URL such as https://downloads.example.com, got "downloads.example.com"',
    ],
    [
      { DATABASE_URL: 'postgres://x', APP_SECRET: 'x'.repeat(32) },
      'DATABASE_URL: expected a URL such as mysql://slipway:password@db.example.com:3306/slipway, got "postgres://x"',
    ],
    [{ APP_SECRET: 'short' }, 'APP_SECRET: expected at least 32 characters; make one with: openssl rand -base64 48'],
    [{ S3_FORCE_PATH_STYLE: 'yes' }, 'S3_FORCE_PATH_STYLE: expected true or false, got "yes"'],
    [{ SAMPLE_DATA: '1' }, 'SAMPLE_DATA: expected on or off, got "1"'],
    [{ ADMIN_EMAIL: 'admin', ADMIN_PASSWORD: 'long enough' }, 'ADMIN_EMAIL: expected an e-mail address, got "admin"'],
    [{ ADMIN_EMAIL: 'admin@slipway.example' }, 'ADMIN_EMAIL and ADMIN_PASSWORD: give both or none'],
    [
      { DATABASE_URL: 'mysql://a@b/c' },
      'APP_SECRET: needed with DATABASE_URL, the same for every replica; make one with: openssl rand -base64 48',
    ],
    [{ S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'key' }, 'S3_SECRET_ACCESS_KEY: needed because other S3 settings are given'],
  ])('says what is wrong with %j', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault]);
  });

  it('reports every fault at once', () => {
    expect(faultsOf({ PORT: 'x', PUBLIC_URL: 'y', S3_BUCKET: 'b' })).toHaveLength(4);
  });

  it('takes empty variables for absent ones', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4_000, databaseUrl: null });
  });
});

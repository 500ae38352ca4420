import { describe, expect, it } from 'vitest';
import { checkStorageField, providerOf, STORAGE_FIELD_NAMES, STORAGE_FIELDS, STORAGE_PROVIDERS, type StorageFieldName } from './storage.js';

describe('a field of the storage settings', () => {
  it.each(STORAGE_FIELD_NAMES.filter((name) => !STORAGE_FIELDS[name].isSecret))('%s takes its own example', (name) => {
    expect(checkStorageField(name, STORAGE_FIELDS[name].example)).toBeNull();
  });

  it.each<[StorageFieldName, string, string]>([
    ['endpoint', 's3.example.com', 'URL_INVALID'],
    ['endpoint', 'ftp://s3.example.com', 'URL_INVALID'],
    ['endpoint', 'https://key:secret@s3.example.com', 'URL_INVALID'],
    ['publicEndpoint', 'https://files.example.com/?x', 'URL_INVALID'],
    ['region', 'Europe (Frankfurt)', 'VALUE_INVALID'],
    ['region', '', 'NAME_REQUIRED'],
    ['bucket', 's3://releases', 'VALUE_INVALID'],
    ['bucket', '', 'NAME_REQUIRED'],
    ['accessKeyId', 'two words', 'VALUE_INVALID'],
    ['secretAccessKey', '"quoted"', 'VALUE_INVALID'],
    ['secretAccessKey', 'x'.repeat(201), 'TOO_LONG'],
  ])('%s cannot be %j: one sentence says what to write', (name, text, code) => {
    expect(checkStorageField(name, text)).toEqual({ code, message: expect.stringMatching(/^[^a-z].*: .*\.$/) });
  });

  it('never repeats a secret', () => {
    for (const name of ['accessKeyId', 'secretAccessKey'] as const)
      expect(checkStorageField(name, 'my secret')?.message).not.toContain('my secret');
    expect(checkStorageField('endpoint', 'https://a:hunter2@s3.example.com')?.message).not.toContain('hunter2');
  });

  it.each<StorageFieldName>(['endpoint', 'publicEndpoint', 'accessKeyId', 'secretAccessKey'])('%s may be empty', (name) => {
    expect(checkStorageField(name, '')).toBeNull();
  });
});

describe('a provider', () => {
  it.each([
    ['', 'Amazon S3'],
    ['https://s3.eu-central-1.amazonaws.com', 'Amazon S3'],
    ['https://0a1b.eu.r2.cloudflarestorage.com', 'Cloudflare R2'],
    ['https://s3.us-west-004.backblazeb2.com', 'Backblaze B2'],
    ['https://s3.eu-central-1.wasabisys.com', 'Wasabi'],
    ['https://fra1.digitaloceanspaces.com/', 'DigitalOcean Spaces'],
    ['https://store.example.com:9000', undefined],
  ])('of the endpoint %j is %s', (endpoint, name) => {
    expect(providerOf(endpoint)?.name).toBe(name);
  });

  it.each(STORAGE_PROVIDERS)('$name has a region and an endpoint that its own fields take', ({ region, endpoint }) => {
    expect(checkStorageField('region', region)).toBeNull();
    expect(checkStorageField('endpoint', (endpoint ?? '').replace(/\{\w+\}/, 'x'))).toBeNull();
  });
});

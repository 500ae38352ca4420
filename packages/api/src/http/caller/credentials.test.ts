import { realmOf } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { carriedCredential, credentialOf } from './credentials.js';

const D = '/d/:assetId/:fileName';
const API = '/api/v1/downloadables/:id/files/:fileName';
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const NONE = { kind: 'NONE' };

const of = (url: string, headers: Record<string, string>, query: Record<string, unknown> = {}) =>
  credentialOf({ headers, query, routeOptions: { url } });

describe('the credential of a request', () => {
  it.each([
    ['a token', D, 'Bearer slipway_x', { kind: 'TOKEN', secret: 'slipway_x' }],
    ['a key', D, 'License 7K3QX-AAAAA', { kind: 'LICENSE_KEY', secret: '7K3QX-AAAAA' }],
    ['a key with spaces is not cut', D, 'license  7K3QX AAAAA BBBBB ', { kind: 'LICENSE_KEY', secret: '7K3QX AAAAA BBBBB' }],
    ['Basic with any user name', D, basic('license:K'), { kind: 'BASIC', secret: 'K' }],
    ['Basic without a user name', API, basic(':K'), { kind: 'BASIC', secret: 'K' }],
    ['Basic whose password has colons', API, basic('a:b:c'), { kind: 'BASIC', secret: 'b:c' }],
    ['an empty header', D, ' ', NONE],
  ])('%s', (_what, url, authorization, expected) => {
    expect(of(url, { authorization })).toEqual(expected);
  });

  it.each(['Digest x', 'K', 'Bearer', 'License ', 'Basic', basic('no colon'), basic('empty:'), 'Basic %%%'])(
    '%j is refused in one sentence that says what to send, and repeats nothing',
    (authorization) => {
      expect(() => of(D, { authorization })).toThrow(/^[A-Z].*(?:use|send) .*\.$/);
    },
  );

  it.each([
    [D, true],
    ['/download/:product/:channel/:target', true],
    ['/api/v1/updates/check', true],
    ['/feeds/:product', true],
    [API, false],
    ['/graphql', false],
    ['/s/:token/:fileName', false],
  ])('X-License-Key counts on %s: %s', (url, isTaken) => {
    expect(of(url, { 'x-license-key': 'K' })).toEqual(isTaken ? { kind: 'LICENSE_KEY', secret: 'K' } : NONE);
  });

  it('a key in the address counts on download links alone, and after any header', () => {
    expect(of(D, {}, { key: 'K' })).toEqual({ kind: 'LICENSE_KEY', secret: 'K' });
    for (const url of [
      API,
      '/graphql',
      '/s/:token',
      '/s/:token/:fileName',
      '/store/:id',
      '/api/v1/statistics/downloads.csv',
      '/*',
      '/downloads/x',
    ])
      expect(of(url, {}, { key: 'K' }), url).toEqual(NONE);
    expect(of('/download/:product/:channel/:target', {}, { key: 'K' })).toEqual({ kind: 'LICENSE_KEY', secret: 'K' });
    expect(of(D, { 'x-license-key': 'H', authorization: 'Bearer T' }, { key: 'K' })).toEqual({ kind: 'TOKEN', secret: 'T' });
  });
});

describe('whether a program shows its credential to the next host', () => {
  it.each([
    ['curl drops Authorization', { authorization: 'License K', 'user-agent': 'curl/8.0' }, 'NOT_CARRIED'],
    ['wget keeps a header that it was given', { authorization: 'License K', 'user-agent': 'Wget/1.21' }, 'ALWAYS'],
    ['aria2 too', { authorization: 'Bearer K', 'user-agent': 'aria2/1.36.0' }, 'ALWAYS'],
    ['urllib too', { authorization: 'License K', 'user-agent': 'Python-urllib/3.11' }, 'ALWAYS'],
    ['Basic among them: it may be such a header', { authorization: basic('a:K'), 'user-agent': 'Wget/1.21' }, 'ALWAYS'],
    ['whichever program it is', { authorization: basic('a:K'), 'user-agent': 'aria2/1.36.0' }, 'ALWAYS'],
    ['of those that keep it', { authorization: basic('a:K'), 'user-agent': 'python-requests/2.32' }, 'NOT_CARRIED'],
    ['everybody keeps X-License-Key', { 'x-license-key': 'K', 'user-agent': 'curl/8.0' }, 'UNLESS_BASIC'],
    ['and wget would keep Basic as well', { 'x-license-key': 'K', 'user-agent': 'Wget/1.21' }, 'ALWAYS'],
    ['nobody keeps nothing', { 'user-agent': 'Wget/1.21' }, 'NOT_CARRIED'],
  ])('%s', (_what, headers, carried) => {
    expect(carriedCredential({ headers })).toBe(carried);
  });
});

describe('the realm of a challenge', () => {
  it.each([
    ['Northwind Tools', 'Northwind Tools'],
    ['M\u00fcller & S\u00f6hne', 'Muller & Sohne'],
    ['A "quoted\\" name', 'A quoted name'],
    ['line\r\nX-Injected: 1', 'lineX-Injected: 1'],
    ['\u682a\u5f0f\u4f1a\u793e', 'downloads'],
    ['', 'downloads'],
  ])('of %j is %j', (name, realm) => {
    expect(realmOf(name)).toBe(realm);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../kernel/log.js';
import { basicOf, Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeLicense, makeProduct, makePublished, makeToken } from '../../testing/make.js';
import { makeShareLink } from '../../testing/make-share-link.js';
import { plainRequest } from '../../testing/plain-request.js';
import { createServer } from '../server.js';

const BROWSERS: readonly Readonly<Record<string, string>>[] = [
  { cookie: 'slipway=x' },
  { origin: 'https://evil.example' },
  { referer: 'https://evil.example/' },
  { 'sec-fetch-mode': 'cors' },
];

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('credentials over HTTP on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let path: string;
  let key: string;
  let token: string;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    const { file } = await makePublished(harness, { productId });
    path = `/d/${file.id}/${file.fileName}`;
    key = (await makeLicense(harness, { productId })).key;
    token = ((await makeToken(harness.admin, { scopes: ['release:read'] })).headers['authorization'] ?? '').slice(7);
  });
  afterAll(() => harness.close());

  const get = (asked: string, headers: Record<string, string> = {}) => plainRequest(harness.baseUrl + asked, { headers });

  it('every 401 says how to sign in: Basic to programs that ask for files, Bearer to browsers and GraphQL', async () => {
    const statistics = '/api/v1/statistics/downloads.csv';
    const wrong = { authorization: 'Bearer slipway_wrong' };
    for (const [asked, headers] of [
      [path, {}],
      [path, wrong],
      [path, { authorization: 'Digest x' }],
      [statistics, {}],
      [statistics, wrong],
    ] as const) {
      const reply = await get(asked, headers);
      expect([reply.status, reply.headers['www-authenticate']], asked).toEqual([401, 'Basic realm="Slipway"']);
      for (const browser of BROWSERS)
        expect((await get(asked, { ...headers, ...browser })).headers['www-authenticate']).toBe('Bearer realm="Slipway"');
    }
    const body = JSON.stringify({ query: '{ viewer { permissions } }' });
    const graphql = await plainRequest(`${harness.baseUrl}/graphql`, {
      method: 'POST',
      headers: { ...wrong, 'content-type': 'application/json' },
      body,
    });
    expect([graphql.status, graphql.headers['www-authenticate']]).toEqual([401, 'Bearer realm="Slipway"']);
    expect(JSON.parse(graphql.body)).toMatchObject({
      errors: [
        { message: expect.stringMatching(/^This API token .*\.$/), extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } },
      ],
    });
  });

  it('a key or token passes in every place that takes it, in whatever spelling a person gives it', async () => {
    const spellings = [
      key,
      key.toLowerCase(),
      key.replaceAll('-', ''),
      key.replaceAll('-', ' '),
      ` ${key} `,
      key.replace('0', 'o').replace('1', 'l'),
    ];
    for (const spelling of spellings) {
      const encoded = encodeURIComponent(spelling);
      for (const [asked, headers] of [
        [path, { authorization: `License ${spelling}` }],
        [path, { authorization: basicOf(`License ${spelling}`) }],
        [path, { 'x-license-key': spelling }],
        [`${path}?key=${encoded}`, {}],
      ] as const)
        expect((await get(asked, headers)).status, `${asked} ${JSON.stringify(headers)}`).toBe(302);
    }
    for (const spelling of [key.replaceAll('-', '\u2013'), `${key}\u00a0`]) {
      const { data } = await harness.nobody.graphql<{ signIn: { viewer: object | null } }>(
        'mutation($key: String) { signIn(input: { licenseKey: $key }) { viewer { permissions } } }',
        { key: spelling },
      );
      expect(data?.signIn.viewer, spelling).not.toBeNull();
    }
    const search = await harness.admin.query<{ licenses: { totalCount: number } }>(
      'query($search: String) { licenses(search: $search) { totalCount } }',
      { search: key.replaceAll('-', ' ').toLowerCase() },
    );
    expect(search.licenses.totalCount).toBe(1);
    for (const authorization of [`Bearer ${token}`, basicOf(`Bearer ${token}`)])
      expect((await get(path, { authorization })).status).toBe(302);
    const graphql = new Client(harness.baseUrl, { authorization: basicOf(`License ${key}`) });
    expect((await graphql.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer).not.toBeNull();
    const elsewhere = new Client(harness.baseUrl, { 'x-license-key': key });
    expect((await elsewhere.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer).toBeNull();
  });

  it('a token that is sent as a key is told so, and is no wrong key', async () => {
    const failures = () => harness.database.query('SELECT * FROM sign_in_failure');
    const before = await failures();
    for (const [asked, headers] of [
      [path, { authorization: `License ${token}` }],
      [path, { 'x-license-key': token }],
      [`${path}?key=${token}`, {}],
    ] as const) {
      const reply = await get(asked, headers);
      expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="Slipway"']);
      expect(JSON.parse(reply.body)).toMatchObject({ code: 'UNAUTHENTICATED', detail: expect.stringMatching(/API token.*Bearer/) });
    }
    const query = 'mutation($key: String) { signIn(input: { licenseKey: $key }) { userErrors { code } } }';
    expect((await harness.nobody.graphql(query, { key: token })).errors).toMatchObject([{ message: expect.stringMatching(/API token/) }]);
    expect(await failures()).toEqual(before);
    expect((await get(path, { authorization: 'License slipway_no-token' })).status).toBe(403);
  });

  it('characters that nobody sees are no part of a key or token, in whatever place it is pasted', async () => {
    const unseen = (text: string): string => `\u200b${text.slice(0, 9)}\u200b${text.slice(9)}\ufeff`;
    const inHeader = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
    for (const [asked, headers] of [
      [path, { authorization: inHeader(`License ${unseen(key)}`) }],
      [path, { authorization: basicOf(`License ${unseen(key)}`) }],
      [path, { 'x-license-key': inHeader(unseen(key)) }],
      [`${path}?key=${encodeURIComponent(unseen(key))}`, {}],
      [path, { authorization: inHeader(`Bearer ${unseen(token)}`) }],
      [path, { authorization: basicOf(`Bearer ${unseen(token)}`) }],
    ] as const)
      expect((await get(asked, headers)).status, `${asked} ${JSON.stringify(headers)}`).toBe(302);
  });

  it('a key of the vendor’s own making is taken as it was made, blanks inside included', async () => {
    const own = 'Vendor-Key_2026.A=B';
    await makeLicense(harness, { productId, key: own });
    expect((await get(path, { authorization: `License ${own.toLowerCase()}` })).status).toBe(302);
    expect((await get(path, { authorization: `License ${own.replace('-', '')}` })).status).toBe(403);
  });

  it('no credential goes to a third host: an external file is refused to a program that would show it there, and not counted', async () => {
    const draft = await makeDraft(harness.admin, { productId });
    const input = { downloadableId: draft.id, fileName: 'setup.exe', url: 'https://third.example/setup.exe', size: 5 };
    const { asset } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', input, 'asset { id }');
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    const { url } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    const external = `/d/${asset.id}/setup.exe`;
    const wget = { 'user-agent': 'Wget/1.21.3' };
    for (const [asked, headers, advice] of [
      [external, { 'x-license-key': key }, /the password of Basic/],
      [external, { 'x-license-key': 'any', authorization: `License ${key}` }, /the password of Basic/],
      [external, { 'x-license-key': key, ...wget }, /add \?key=KEY to the address instead/],
      [external, { authorization: `License ${key}`, ...wget }, /add \?key=KEY to the address instead/],
      [external, { authorization: basicOf(`License ${key}`), ...wget }, /add \?key=KEY to the address instead/],
      [`${new URL(url).pathname}/setup.exe`, { 'x-license-key': key }, /Basic/],
    ] as const)
      for (const method of ['GET', 'HEAD']) {
        const reply = await plainRequest(harness.baseUrl + asked, { method, headers });
        expect([reply.status, reply.headers.location]).toEqual([403, undefined]);
        if (method === 'GET')
          expect(JSON.parse(reply.body)).toMatchObject({ code: 'CREDENTIAL_WOULD_LEAK', detail: expect.stringMatching(advice) });
      }
    expect(await harness.database.query('SELECT id FROM download_event WHERE asset_id = ?', [asset.id])).toEqual([]);
    for (const [asked, headers] of [
      [`${external}?key=${key}`, wget],
      [external, { authorization: basicOf(`License ${key}`), 'user-agent': 'curl/8.0' }],
    ] as const)
      expect((await get(asked, headers)).headers.location).toBe('https://third.example/setup.exe');
  });

  it('no log ever shows a credential, whatever place it stands in and however it is refused', async () => {
    const lines: string[] = [];
    const log = createLog('trace', { write: (line) => void lines.push(line) });
    const server = await createServer({
      publicUrl: harness.baseUrl,
      trustedProxies: [],
      storeOrigins: () => [],
      authenticators: harness.app.features,
      log,
    });
    const config = { access: 'public', params: { assetId: 26, fileName: 400 }, query: { key: 2_000 } } as const;
    server.app.get('/d/:assetId/:fileName', { config }, (request) => {
      request.log.info({ req: request.raw }, 'a line with the whole request');
      if (request.headers['x-fail'] !== undefined) throw new Error('a fault');
      return {};
    });
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    // Listening on TCP, it has a port.
    const base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
    const secrets = [key, token, 'WRONG-CANARY-KEY', 'slipway_wrong-canary'];
    for (const secret of secrets)
      for (const headers of [
        { authorization: `License ${secret}` },
        { authorization: `Bearer ${secret}` },
        { authorization: basicOf(`License ${secret}`) },
        { authorization: `Canary ${secret}` },
        { 'x-license-key': secret },
        { 'x-license-key': secret, 'x-fail': '1' },
      ])
        for (const query of ['', `?key=${secret}`]) await plainRequest(`${base}/d/x/y${query}`, { headers });
    await server.app.close();
    expect(lines.length).toBeGreaterThan(20);
    for (const secret of secrets) {
      const forms = [secret, basicOf(`License ${secret}`).slice(6), Buffer.from(secret).toString('hex')];
      expect(lines.filter((line) => forms.some((form) => line.includes(form)))).toEqual([]);
    }
  });
});

import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits/limits.js';
import { createLog } from '../kernel/log.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { openRaw, readToEnd } from './raw-request.cases.js';
import { createServer, type Server } from './server.js';

const CANARY = 'CANARY-5f3a9';
const LONG = 'x'.repeat(LIMITS.pathPart.most + 1);

/** Requests that no route ever sees, each with a secret in it. */
const UNROUTABLE: readonly [what: string, request: string, status: number][] = [
  ['a percent sign alone', `GET /%?key=${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 400],
  ['half an encoding', `GET /d/%E0%A4%A/${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 400],
  ['an over-long part', `GET /d/${LONG}/a?key=${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 414],
  [
    'an over-long part of an upload',
    `PUT /api/v1/downloadables/${LONG}/files/${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    414,
  ],
  ['no HTTP', `HELLO ${CANARY}\r\n\r\n`, 400],
  ['a method that is none', `${CANARY} / HTTP/1.1\r\n\r\n`, 400],
  ['a header that is none', `GET / HTTP/1.1\r\nHost: a\r\n${CANARY}\r\n\r\n`, 400],
  ['a NUL in a header', `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${CANARY}\0\r\n\r\n`, 400],
  ['headers without end', `GET /?key=${CANARY} HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['another expectation', `GET /?key=${CANARY} HTTP/1.1\r\nHost: a\r\nExpect: ${CANARY}\r\n\r\n`, 417],
];

describe.each(['http://localhost', 'https://downloads.example'])('every answer of a server at %s', (publicUrl) => {
  let harness: Harness;
  let server: Server;
  let port = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    harness = await TEST_SETUPS[0]!.start();
    const log = createLog('trace', { write: (line) => void lines.push(line) });
    server = await createServer({ publicUrl, trustedProxies: [], storeOrigins: () => [], authenticators: harness.app.features, log });
    const config = { access: 'public', params: { assetId: 26, fileName: LIMITS.pathPart.most, id: 26 }, query: { key: 2_000 } } as const;
    server.app.get('/d/:assetId/:fileName', { config }, async () => ({ fine: true }));
    server.app.put('/api/v1/downloadables/:id/files/:fileName', { config }, async () => ({ fine: true }));
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    // Listening on TCP, it has a port.
    port = (server.app.server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.app.server.closeAllConnections();
    await server.app.close();
    await harness.close();
  });

  async function ask(request: string) {
    const socket = openRaw(port);
    socket.write(request);
    return readToEnd(socket);
  }

  it.each(UNROUTABLE)('has the security headers, a request id and a problem, and repeats nothing: %s', async (_what, request, status) => {
    const ordinary = await ask('GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const reply = await ask(request);
    expect(reply).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    });
    const missing = Object.keys(ordinary.headers).filter((name) => name !== 'keep-alive' && name !== 'date' && !(name in reply.headers));
    expect(missing).toEqual([]);
    expect(JSON.parse(reply.body)).toMatchObject({
      status,
      code: expect.stringMatching(/^[A-Z_]+$/),
      detail: expect.stringMatching(/^[A-Z].*\.$/),
      requestId: reply.headers['x-request-id'],
    });
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(reply)).not.toContain(CANARY);
  });

  it.each([
    ['twice', `?key=a&key=${CANARY}`, 'Give "key" once.'],
    ['over-long', `?key=${CANARY}${'x'.repeat(2_000)}`, 'The parameter "key" is too long: use at most 2,000 characters.'],
    ['with a NUL', `?key=${CANARY}%00`, 'The parameter "key" has a NUL character (U+0000): remove it.'],
  ])('names the parameter that is %s, not its value', async (_what, query, detail) => {
    const reply = await ask(`GET /d/a/b${query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'BAD_USER_INPUT', detail });
    expect(JSON.stringify(reply)).not.toContain(CANARY);
  });

  it('leaves no secret in the log, at its lowest level', async () => {
    await ask(`GET /d/a/b?%6bey=${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await ask(`GET /s%2f${CANARY} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await ask(`GET /s/${CANARY} HTTP/1.1\r\nHost: a\r\nCookie: slipway=${CANARY}\r\nConnection: close\r\n\r\n`);
    expect(lines.filter((line) => line.includes('"url"')).length).toBeGreaterThan(2);
    const encoded = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 12), Buffer.from(CANARY).toString('hex')];
    expect(lines.filter((line) => encoded.some((text) => line.includes(text)))).toEqual([]);
  });

  it('comes from a route that declares the length of its parameters, or the server does not start', async () => {
    const log = createLog('silent');
    const fresh = await createServer({ publicUrl, trustedProxies: [], storeOrigins: () => [], authenticators: harness.app.features, log });
    const config = { access: 'public', params: { id: 26 } } as const;
    expect(() => fresh.app.get('/x/:id/:secret', { config }, async () => null)).toThrow(
      '/x/:id/:secret does not state the length of :secret',
    );
    await fresh.app.close();
  });
});

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what is answered to one caller on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it.each(['/graphql?query={viewer{permissions}}', '/graphql', '/api/v1/statistics/downloads.csv', '/api/v1/nothing', '/d/a/b', '/s/x'])(
    'is not stored by anyone: %s',
    async (path) => {
      for (const client of [harness.admin, harness.nobody]) {
        const reply = await client.fetch(path, { headers: { 'apollo-require-preflight': 'yes' } });
        expect([reply.status, reply.headers.get('cache-control')]).toEqual([reply.status, 'no-store']);
      }
    },
  );
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../kernel/log.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { openRaw, parseReply, readToEnd } from './raw-request.cases.js';
import { createServer, type Server } from './server.js';

describe('a body that drips', () => {
  let harness: Harness;
  let server: Server;
  let port = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    harness = await TEST_SETUPS[0]!.start();
    const log = createLog('trace', { write: (line) => void lines.push(line) });
    const options = {
      publicUrl: 'http://localhost',
      trustedProxies: [],
      storeOrigins: () => [],
      authenticators: harness.app.features,
      log,
    };
    server = await createServer({ ...options, bodyMilliseconds: 50 });
    server.app.post('/json', { config: { access: 'public' } }, async () => ({ read: true }));
    server.app.get('/page', { config: { access: 'public' } }, async () => ({ read: true }));
    server.app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      scope.put('/file', { config: { access: 'public', asksForBody: true } }, async (request, reply) => {
        if (request.headers['x-refused']) return reply.code(401).send({ read: false });
        let bytes = 0;
        for await (const chunk of request.raw) bytes += (chunk as Buffer).length;
        return { bytes };
      });
    });
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    // Listening on TCP, it has a port.
    port = (server.app.server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.app.server.closeAllConnections();
    await server.app.close();
    await harness.close();
  });

  const head = (line: string, ...more: string[]): string =>
    [`${line} HTTP/1.1`, 'Host: localhost', 'Content-Length: 1000', 'Content-Type: application/json', ...more, '', '{'].join('\r\n');

  it.each(['POST /json', 'PUT /json', 'POST /nowhere'])('is cut with 408 at %s, and the connection ends', async (line) => {
    const socket = openRaw(port);
    socket.write(head(line));
    const reply = await readToEnd(socket);
    expect(reply).toMatchObject({
      status: 408,
      headers: { connection: 'close', 'content-type': 'application/problem+json; charset=utf-8' },
    });
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'REQUEST_TIMEOUT', requestId: reply.headers['x-request-id'] });
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
  });

  it('is cut where nobody reads it, after the answer', async () => {
    const socket = openRaw(port);
    socket.write(head('GET /page'));
    expect(await readToEnd(socket)).toMatchObject({ status: 200, body: '{"read":true}' });
  });

  it('may drip where a file is streamed, longer than any other body, and ends well', async () => {
    const upload = openRaw(port);
    const chunks: Buffer[] = [];
    upload.on('data', (chunk: Buffer) => chunks.push(chunk));
    upload.write(head('PUT /file').replace('1000', '3'));
    // Whatever the clock says: three other bodies run out of time one after the other while this one waits.
    for (let round = 0; round < 3; round += 1) {
      const socket = openRaw(port);
      socket.write(head('POST /json'));
      expect((await readToEnd(socket)).status).toBe(408);
    }
    expect(chunks).toEqual([]);
    upload.write('}\n');
    await once(upload, 'data');
    expect(parseReply(Buffer.concat(chunks).toString())).toMatchObject({ status: 200, body: '{"bytes":3}' });
    upload.destroy();
  });

  it('of a file that was refused is cut like any other', async () => {
    const socket = openRaw(port);
    socket.write(head('PUT /file', 'X-Refused: yes'));
    expect(await readToEnd(socket)).toMatchObject({ status: 401 });
  });

  it('is nothing to wait for where a request came over no connection', async () => {
    const request = { method: 'GET', url: '/page', payload: { is: 'never read' } } as const;
    expect((await server.app.inject(request)).statusCode).toBe(200);
    const socket = openRaw(port);
    // Begun after it, this one is cut after it would have been.
    socket.write(head('POST /json'));
    expect((await readToEnd(socket)).status).toBe(408);
  });

  it('is no fault of ours: the log has no error', () => {
    expect(
      lines
        .map((line) => JSON.parse(line) as { level: string; msg: string })
        .filter(({ level }) => !['trace', 'debug', 'info'].includes(level)),
    ).toEqual([]);
  });
});

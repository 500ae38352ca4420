import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { countedAddressOf } from './forwarded-for.js';
import { createServer } from '../server.js';

interface Line {
  readonly msg: string;
}

/** A server that writes its log into a list. */
async function listen(trustedProxies: readonly string[]) {
  const lines: Line[] = [];
  const log = createLog('warn', { write: (text: string) => void lines.push(JSON.parse(text) as Line) }); // pino writes a JSON object a line
  // Nobody signs in here.
  const authenticators = { requestRates: {} } as Parameters<typeof createServer>[0]['authenticators'];
  const { app } = await createServer({ publicUrl: 'http://localhost', trustedProxies, storeOrigins: () => [], authenticators, log });
  app.get('/address', { config: { access: 'public' } }, (request, reply) => void reply.send(request.ip));
  app.get('/counted', { config: { access: 'public' } }, (request, reply) => void reply.send({ address: countedAddressOf(request) }));
  const get = (url: string, forwardedFor?: string) =>
    app.inject({ url, remoteAddress: '203.0.113.9', ...(forwardedFor ? { headers: { 'x-forwarded-for': forwardedFor } } : {}) });
  const ask = async (forwardedFor?: string): Promise<string> => (await get('/address', forwardedFor)).body;
  const counted = async (forwardedFor?: string): Promise<unknown> => (await get('/counted', forwardedFor)).json();
  return { app, lines, ask, counted };
}

describe('X-Forwarded-For', () => {
  let server: Awaited<ReturnType<typeof listen>>;
  afterEach(() => server.app.close());

  it.each([[[]], [['10.0.0.1']]])('from an address that TRUSTED_PROXIES (%j) does not name is ignored, and told once', async (trusted) => {
    server = await listen(trusted);
    expect(await server.ask()).toBe('203.0.113.9');
    expect(server.lines).toEqual([]);
    for (const claimed of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) expect(await server.ask(claimed)).toBe('203.0.113.9');
    expect(server.lines.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^X-Forwarded-For came from 203\.0\.113\.9, which TRUSTED_PROXIES does not name/),
    ]);
  });

  it.each([
    { trusted: [], forwardedFor: '198.51.100.1', address: null, what: 'a proxy that nobody named is nobody’s address' },
    { trusted: [], address: '203.0.113.9', what: 'who forwards nothing is himself' },
    { trusted: ['10.0.0.1'], forwardedFor: '198.51.100.1', address: '203.0.113.9', what: 'beside named proxies a header frees nobody' },
    { trusted: ['203.0.113.9'], forwardedFor: '198.51.100.1', address: '198.51.100.1', what: 'a named proxy is believed' },
    { trusted: ['203.0.113.9'], forwardedFor: '6.6.6.6, 198.51.100.1', address: '198.51.100.1', what: 'and what it was told is not' },
  ])('as the address that guesses count against: $what', async ({ trusted, forwardedFor, address }) => {
    server = await listen(trusted);
    expect(await server.counted(forwardedFor)).toEqual({ address });
  });

  it('has no address to count once the connection has gone', () => {
    expect(countedAddressOf({ headers: {}, ip: undefined })).toBeNull();
  });

  it.each([
    ['an address with its port', '198.51.100.1:50123', '198.51.100.1'],
    ['an IPv6 address in brackets', '[2001:db8::1]', '2001:db8::1'],
    ['one with its port', '[2001:db8:1111:2222:3333:4444:5555:6666]:50123', '2001:db8:1111:2222:3333:4444:5555:6666'],
    ['one with its zone', `fe80::1%${'a'.repeat(500)}`, 'fe80::1'],
    ['no address', 'unknown', '203.0.113.9'],
    ['a text longer than an address', 'a'.repeat(5_000), '203.0.113.9'],
    ['no address behind one that is trusted', 'hidden, 203.0.113.10', '203.0.113.10'],
  ])('from a trusted proxy with %s counts as one address of at most 45 characters', async (_what, forwardedFor, address) => {
    server = await listen(['203.0.113.0/24']);
    expect(await server.counted(forwardedFor)).toEqual({ address });
  });

  it('from a trusted proxy counts, and nothing is told', async () => {
    server = await listen(['203.0.113.0/24']);
    expect(await server.ask('198.51.100.1')).toBe('198.51.100.1');
    expect(server.lines).toEqual([]);
  });
});

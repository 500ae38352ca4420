import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../kernel/log.js';
import { createServer } from './server.js';

interface Line {
  readonly msg: string;
}

/** A server that writes its log into a list. */
async function listen(trustedProxies: readonly string[]) {
  const lines: Line[] = [];
  const log = createLog('warn', { write: (text: string) => void lines.push(JSON.parse(text) as Line) }); // pino writes a JSON object a line
  // Nobody signs in here.
  const authenticators = {} as Parameters<typeof createServer>[0]['authenticators'];
  const { app } = await createServer({ publicUrl: 'http://localhost', trustedProxies, storeOrigin: null, authenticators, log });
  app.get('/address', { config: { access: 'public' } }, (request, reply) => void reply.send(request.ip));
  const ask = async (forwardedFor?: string): Promise<string> =>
    (
      await app.inject({
        url: '/address',
        remoteAddress: '203.0.113.9',
        ...(forwardedFor ? { headers: { 'x-forwarded-for': forwardedFor } } : {}),
      })
    ).body;
  return { app, lines, ask };
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

  it('from a trusted proxy counts, and nothing is told', async () => {
    server = await listen(['203.0.113.0/24']);
    expect(await server.ask('198.51.100.1')).toBe('198.51.100.1');
    expect(server.lines).toEqual([]);
  });
});

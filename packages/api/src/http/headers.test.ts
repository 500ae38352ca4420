import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { registerHeaders, type HeaderOptions } from './headers.js';

const OPTIONS: HeaderOptions = { isHttps: true, storeOrigins: () => [] };

async function headersOf(options: Partial<HeaderOptions> = {}, url = '/'): Promise<Record<string, unknown>> {
  const app = fastify();
  await registerHeaders(app, { ...OPTIONS, ...options });
  app.get('/*', (_request, reply) => reply.type('text/html').send('<!doctype html>a page'));
  const { headers } = await app.inject({ url });
  await app.close();
  return headers;
}

/** What a page may do, directive by directive. */
async function policyOf(options: Partial<HeaderOptions> = {}): Promise<Record<string, string>> {
  const policy = String((await headersOf(options))['content-security-policy']);
  return Object.fromEntries(policy.split(';').map((directive) => /^(\S+) (.*)$/.exec(directive.trim())?.slice(1) ?? []));
}

describe('the headers of a page', () => {
  it('let it load what is ours alone, run no inline code, and be framed by nobody', async () => {
    expect(await policyOf()).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'manifest-src': "'self'",
    });
    expect(await headersOf()).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('let it send parts to the store, and to no other place', async () => {
    const policy = await policyOf({ storeOrigins: () => ['https://files.example.com'] });
    expect(policy['connect-src']).toBe("'self' https://files.example.com");
    expect(Object.entries(policy).filter(([name, value]) => name !== 'connect-src' && value.includes('files.example.com'))).toEqual([]);
  });

  it('keep a browser on HTTPS only where the address is one', async () => {
    expect((await headersOf())['strict-transport-security']).toBe('max-age=31536000');
    expect(await headersOf({ isHttps: false })).not.toHaveProperty('strict-transport-security');
  });

  it.each([
    ['/admin', true],
    ['/admin/downloadables', true],
    ['/login?next=/', true],
    ['/d/x/app.exe', true],
    ['/s/x', true],
    ['/graphql', true],
    ['/portal', false],
    ['/downloads', false],
    ['/administrators', false],
    ['/', false],
  ])('keep %s out of search: %s', async (url, isKept) => {
    expect((await headersOf({}, url))['x-robots-tag']).toBe(isKept ? 'noindex, nofollow' : undefined);
  });
});

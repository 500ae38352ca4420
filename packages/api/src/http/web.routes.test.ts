import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerWebRoutes } from './web.routes.js';

const SCRIPT = 'console.log("Slipway");';
let folder = '';
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-web-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, 'admin', 'products'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html>any page');
  await writeFile(join(folder, 'admin.html'), '<!doctype html>overview');
  await writeFile(join(folder, 'robots.txt'), '<!doctype html>robots');
  await writeFile(join(folder, 'admin', 'products.html'), '<!doctype html>products');
  await writeFile(join(folder, 'admin', 'products', '_.html'), '<!doctype html>one product');
  await writeFile(join(folder, 'assets', 'page-abc.js'), SCRIPT);
  await writeFile(join(folder, 'assets', 'page-abc.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(folder, 'assets', 'page-abc.js.gz'), gzipSync(SCRIPT));
  app = fastify();
  await registerWebRoutes(app, folder);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the web app over HTTP', () => {
  const table = [
    { accepted: 'gzip, deflate, br', encoding: 'br', decode: brotliDecompressSync },
    { accepted: 'gzip', encoding: 'gzip', decode: gunzipSync },
    { accepted: 'identity', encoding: undefined, decode: (bytes: Buffer) => bytes },
  ];
  it.each(table)('a client that accepts $accepted gets the script as $encoding', async ({ accepted, encoding, decode }) => {
    const reply = await app.inject({ url: '/assets/page-abc.js', headers: { 'accept-encoding': accepted } });
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(decode(reply.rawPayload).toString()).toBe(SCRIPT);
    expect(reply.headers['content-type']).toContain('javascript');
    expect(reply.headers['vary']).toBe('Accept-Encoding');
  });

  it('a file beside the pages is sent as it is', async () => {
    const reply = await app.inject({ url: '/robots.txt' });
    expect([reply.statusCode, reply.headers['content-type'], reply.body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      '<!doctype html>robots',
    ]);
  });

  it.each(['/wp-login.php', '/favicon.png', '/admin/products/42/files', '/..%2fadmin', '/.env'])(
    '%s, where nothing is, is answered 404: with the page that says so for a browser, with a problem for a program',
    async (url) => {
      const browser = await app.inject({ url, headers: { accept: 'text/html,*/*;q=0.8', 'accept-encoding': 'br' } });
      expect([browser.statusCode, browser.body]).toEqual([404, '<!doctype html>any page']);
      const program = await app.inject({ url });
      expect([program.statusCode, program.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
    },
  );

  const addresses = [
    { url: '/portal', page: 'any page' },
    { url: '/admin', page: 'overview' },
    { url: '/admin/', page: 'overview' },
    { url: '/admin?days=7', page: 'overview' },
    { url: '/admin/products', page: 'products' },
    { url: '/admin/products/42', page: 'one product' },
    { url: '/', page: 'any page' },
  ];
  it.each(addresses)('$url is answered with the file of: $page', async ({ url, page }) => {
    const reply = await app.inject({ url, headers: { 'accept-encoding': 'br' } });
    expect(reply.body).toBe(`<!doctype html>${page}`);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.headers['cache-control']).toBe('no-cache');
  });
});

import { gunzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressReply } from './compress-reply.js';

const LARGE = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ version: `1.${index}.0 – é` })));
let app: FastifyInstance;

beforeAll(() => {
  app = fastify();
  app.get('/large', { onSend: compressReply }, () => LARGE);
  app.get('/small', { onSend: compressReply }, () => '{}');
});
afterAll(() => app.close());

describe('a reply made for one request', () => {
  it('is sent gzipped when it is large and the client takes it', async () => {
    const reply = await app.inject({ url: '/large', headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers['vary']).toBe('Accept-Encoding');
    expect(Number(reply.headers['content-length'])).toBe(reply.rawPayload.length);
    expect(reply.rawPayload.length).toBeLessThan(LARGE.length / 4);
    expect(gunzipSync(reply.rawPayload).toString()).toBe(LARGE);
  });

  it.each(['identity', 'br', 'gzip;q=0', undefined])('is sent as it is to a client that accepts %s', async (accepted) => {
    const reply = await app.inject({ url: '/large', headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });
    expect(reply.headers['content-encoding']).toBeUndefined();
    expect(reply.body).toBe(LARGE);
  });

  it('is sent as it is when it is small', async () => {
    const reply = await app.inject({ url: '/small', headers: { 'accept-encoding': 'gzip' } });
    expect([reply.headers['content-encoding'], reply.body]).toEqual([undefined, '{}']);
  });
});

import { S3Client } from '@aws-sdk/client-s3';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { expect, it } from 'vitest';
import { UrlSigner, type SignedRequest } from './url-signer.js';

const REQUESTS = 10_000;
const CHARACTERS = [...'abcXYZ019-_.~ !\'()*/?&=+%:;,@"<>', '\u00fc', '\u{1f600}'];

/** Numbers that only depend on the seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const chance = chanceOf(2026);
const below = (most: number): number => Math.floor(chance() * most);
const textOf = (most: number): string => Array.from({ length: below(most) }, () => CHARACTERS[below(CHARACTERS.length)]).join('');
const idOf = (length: number): string => Array.from({ length }, () => 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'[below(32)]).join('');

function randomRequest(): SignedRequest {
  const isPart = chance() < 0.5;
  return {
    method: isPart ? 'PUT' : 'GET',
    host: chance() < 0.5 ? '127.0.0.1:9000' : 'files.store.example',
    path: `/bucket-${below(9)}/objects/${idOf(26)}`,
    query: isPart
      ? { partNumber: String(1 + below(10_000)), uploadId: textOf(60) }
      : {
          'response-content-disposition': `attachment; filename="${textOf(40)}"`,
          'response-cache-control': 'no-store',
          [idOf(5)]: textOf(20),
        },
    headers: isPart ? { 'content-length': String(below(64_000_000)) } : {},
    expiresInSeconds: 1 + below(604_800),
    at: new Date(Date.UTC(2020 + below(20), below(12), 1 + below(28), below(24), below(60), below(60), below(1_000))),
  };
}

it('signs as the SDK does, request by request', async () => {
  const { sha256 } = new S3Client({ region: 'x' }).config;
  const different: string[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const region = ['us-east-1', 'eu-central-1', 'default'][below(3)] ?? '';
    const credentials = {
      accessKeyId: idOf(20),
      secretAccessKey: textOf(40),
      ...(chance() < 0.3 ? { sessionToken: textOf(200) } : {}),
    };
    const request = randomRequest();
    const { host, path: pathname, query, headers, method, expiresInSeconds: expiresIn, at: signingDate } = request;
    const sdk = new S3RequestPresigner({ credentials, region, sha256 });
    const [hostname = '', port] = host.split(':');
    const asked = { protocol: 'https:', hostname, path: pathname, ...(port === undefined ? {} : { port: Number(port) }) };
    const signed = await sdk.presign({ ...asked, method, query: { ...query }, headers: { host, ...headers } }, { expiresIn, signingDate });
    const own = new URLSearchParams(new UrlSigner(region).sign(request, credentials).split('?')[1]);
    const theirs = Object.entries(signed.query ?? {}).map(([name, value]) => `${name}=${String(value)}`);
    if (
      [...own]
        .map(([name, value]) => `${name}=${value}`)
        .toSorted()
        .join() !== theirs.toSorted().join()
    )
      different.push(pathname);
  }
  expect(different).toEqual([]);
}, 120_000);

it('one signer takes each day and each secret for itself', () => {
  const signer = new UrlSigner('us-east-1');
  const request = randomRequest();
  const sign = (at: string, secretAccessKey: string) =>
    signer.sign({ ...request, at: new Date(at) }, { accessKeyId: 'KEY', secretAccessKey });
  const first = sign('2026-01-01T23:59:59Z', 'one');
  const [nextDay, otherSecret] = [sign('2026-01-02T00:00:00Z', 'one'), sign('2026-01-01T23:59:59Z', 'two')];
  expect(new Set([first, nextDay, otherSecret].map((url) => url.slice(-64))).size).toBe(3);
  expect(sign('2026-01-01T23:59:59Z', 'one')).toBe(first);
});

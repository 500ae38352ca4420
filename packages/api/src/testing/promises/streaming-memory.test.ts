import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { freePort } from '../free-port.js';
import { makeDraft, makeToken } from '../make.js';
import { ServerProcess } from '../server-process.js';
import { BigFile, putFile, sendInParts, type SendingWay } from './big-file.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';
import { residentBytes, tellsMemory, withPeak } from './resident-memory.js';

/** PERFORMANCE.md: a 2 GB file in `pnpm prove`, 200 MB in every test run; at most 64 MB above idle. */
const SIZE_BYTES = process.env['PROVE'] ? 2_000_000_000 : 200_000_000;
const ALLOWED_BYTES = 64_000_000;
const MINUTES_10 = 600_000;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

describe.runIf(tellsMemory).each(SERVER_PLACES)('a file of 2 GB, or 200 MB in short, on $name', ({ make }) => {
  let place: ServerPlace;
  let server: ServerProcess;
  let admin: Client;
  let idleBytes: number;
  const file = new BigFile(SIZE_BYTES);
  const sha256 = file.sha256();
  beforeAll(async () => {
    place = await make();
  });
  // A fresh process for each: what one file leaves behind in the heap is not the next one's.
  beforeEach(async () => {
    server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
    await server.start();
    admin = await signInFirstAdmin(server);
    // What is loaded at the first use (the S3 client) belongs to a server at rest, not to a file that passes.
    await makeFile(admin, new BigFile(1_000_000), 'LENGTH');
    idleBytes = await residentBytes(server.pid);
  });
  afterEach(() => server.kill('SIGTERM'));
  afterAll(() => place.drop());

  const expectLittle = (peakBytes: number): void => {
    const figures = `idle ${megabytes(idleBytes)}, peak ${megabytes(peakBytes)}, above ${megabytes(peakBytes - idleBytes)}`;
    if (process.env['SHOW_FIGURES']) process.stderr.write(`${figures}\n`);
    expect(peakBytes - idleBytes, figures).toBeLessThanOrEqual(ALLOWED_BYTES);
  };

  it.each([
    { name: 'with its length told', way: 'LENGTH' },
    { name: 'in chunks of no told length', way: 'CHUNKS' },
    { name: 'in a form', way: 'FORM' },
  ] as const)('passes through the API $name within 64 MB above idle, byte for byte', { timeout: MINUTES_10 }, async ({ way }) => {
    const { result, peakBytes } = await withPeak(server.pid, () => makeFile(admin, file, way));
    expect(result.status, result.text).toBe(201);
    expect(JSON.parse(result.text)).toMatchObject({ size: SIZE_BYTES, sha256, state: 'READY' });
    expectLittle(peakBytes);
  });

  it('is received in parts and verified within 64 MB above idle', { timeout: MINUTES_10 }, async () => {
    const draft = await makeDraft(admin);
    const sent = await withPeak(server.pid, () => sendInParts(admin, draft.id, 'parts.iso', file));
    const verified = await withPeak(server.pid, () => assetOnceVerified(admin, draft.id));
    expect(verified.result).toMatchObject({ state: 'READY', size: SIZE_BYTES, sha256 });
    expectLittle(sent.peakBytes);
    expectLittle(verified.peakBytes);
  });
});

async function makeFile(admin: Client, file: BigFile, way: SendingWay): Promise<{ status: number; text: string }> {
  const draft = await makeDraft(admin);
  const token = await makeToken(admin, { scopes: ['release:read', 'release:write'] });
  return putFile(token, `/api/v1/downloadables/${draft.id}/files/big.iso`, { file, way });
}

async function assetOnceVerified(client: Client, downloadableId: string): Promise<{ state: string } | undefined> {
  for (;;) {
    const { downloadable } = await client.query<{ downloadable: { assets: { state: string }[] } }>(
      'query($id: ID!) { downloadable(id: $id) { assets { state size sha256 } } }',
      { id: downloadableId },
    );
    const [asset] = downloadable.assets;
    if (asset?.state !== 'VERIFYING') return asset;
    await delay(100);
  }
}

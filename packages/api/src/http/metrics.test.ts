import { fastify } from 'fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3Store } from '../storage/s3/s3-store.js';
import { StorageFault } from '../storage/storage-fault.js';
import { ANONYMOUS } from '../kernel/actor.js';
import type { RequestContext } from '../kernel/context.js';
import type { Client } from '../testing/client.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeDraft, makePublished, makeToken } from '../testing/make.js';
import { requireRouteAccess } from './route-access.js';
import { registerFaults } from './faults.js';
import { createLog } from '../kernel/log.js';
import { measureServer } from './metrics.js';
import { registerMetricsRoutes } from './metrics.routes.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the figures of a server on $name', ({ start }) => {
  let harness: Harness;
  let reader: Client;
  beforeAll(async () => {
    harness = await start();
    reader = await makeToken(harness.admin, { scopes: ['log:read'] });
  });
  afterAll(() => harness.close());

  const read = async (): Promise<string> => (await reader.fetch('/metrics')).text();
  const valueOf = (text: string, name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );

  it('are for staff and tokens with log:read, and for no token of one product', async () => {
    const { productId } = await makeDraft(harness.admin);
    const bound = await makeToken(harness.admin, { scopes: ['log:read'], productId });
    const other = await makeToken(harness.admin, { scopes: ['release:read'] });
    const statuses = await Promise.all(
      [harness.nobody, other, bound, reader, harness.admin].map(async (client) => (await client.fetch('/metrics')).status),
    );
    expect(statuses).toEqual([401, 403, 403, 200, 200]);
  });

  it('count requests by route, never by address or id', async () => {
    const { file } = await makePublished(harness);
    await harness.nobody.fetch(`/d/${file.id}/${file.fileName}?key=a-secret-key`);
    await harness.nobody.fetch('/nothing/at/all');
    // A request is counted once its answer is out.
    await expect.poll(read).toMatch(/_count\{method="GET",route="\/d\/:assetId\/:fileName",status="40[13]"\} 1/);
    for (const secret of [file.id, file.fileName, 'a-secret-key', '/nothing']) expect(await read()).not.toContain(secret);
  });

  it('tell what waits in each lane and for how long', async () => {
    const text = await read();
    for (const lane of ['publish', 'files', 'upkeep']) expect(valueOf(text, `slipway_jobs_due{lane="${lane}"}`)).toBeGreaterThanOrEqual(0);
  });

  it('have the pool or the queue, the process, and the running request itself', async () => {
    const text = await read();
    const states = harness.database.dialect === 'mysql' ? ['used', 'free', 'waiting'] : ['writing'];
    for (const state of states) expect(valueOf(text, `slipway_database{state="${state}"}`)).toBeGreaterThanOrEqual(0);
    if (harness.database.dialect === 'mysql') expect(valueOf(text, 'slipway_database{state="free"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'slipway_http_requests_running')).toBeGreaterThanOrEqual(1);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('count what the store refuses, by reason', async () => {
    const settings = { region: 'r', bucket: 'b', accessKeyId: 'k', secretAccessKey: 's', publicEndpoint: null, forcePathStyle: true };
    const store = new S3Store({ ...settings, endpoint: 'http://127.0.0.1:1' });
    const requests = { count: () => 0, isDraining: () => false, drain: () => undefined };
    const registry = measureServer(fastify(), { database: harness.database, stores: store, jobs: harness.app.features.jobs, requests });
    await expect(store.checkReachable()).rejects.toThrow(StorageFault);
    expect(await registry.metrics()).toContain('slipway_store_faults_total{reason="UNREACHABLE"} 1');
    await store.close();
  });
});

describe('the addresses that read figures without a token', () => {
  const ask = async (openTo: readonly string[], remoteAddress: string, headers: Record<string, string> = {}): Promise<number> => {
    const app = fastify();
    registerFaults(app, { log: createLog('silent'), storeEvents: { note: () => undefined } });
    requireRouteAccess(app);
    const contextOf = (): RequestContext => ({ actor: ANONYMOUS }) as RequestContext;
    registerMetricsRoutes(app, { registry: new Registry(), contextOf, openTo });
    return (await app.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
  };

  it.each([
    [['10.0.0.5'], '10.0.0.5', 200],
    [['10.0.0.0/8'], '10.9.9.9', 200],
    [['::1', 'fd00::/8'], 'fd12::1', 200],
    [['10.0.0.5'], '10.0.0.6', 401],
    [[], '127.0.0.1', 401],
  ] as const)('are %j: %s gets %i', async (openTo, address, status) => {
    expect(await ask(openTo, address)).toBe(status);
  });

  it('are never those of a proxy that nobody named: whoever is behind it would have them', async () => {
    expect(await ask(['127.0.0.1'], '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(401);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../database/instants.js';
import type { RequestContext } from '../../kernel/context.js';
import { createServer } from '../../http/server.js';
import { createLog } from '../../kernel/log.js';
import type { ObjectStore } from '../../storage/object-store.js';
import { DiskStore } from '../../storage/disk/disk-store.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeToken } from '../../testing/make.js';
import { PUBLISH_JOB } from '../downloadables/publishing/publishing.service.js';
import { SystemConcerns } from './system-concerns.js';

const GIB = 1_024 ** 3;
/** As much of a request as decides. */
const STAFF = { actor: { kind: 'USER', scopes: new Set(['release:read']) } } as unknown as RequestContext;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what needs attention on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const ask = async (client = harness.admin) =>
    (await client.query<{ systemConcerns: { kind: string; message: string }[] }>('{ systemConcerns { kind message } }')).systemConcerns;

  it('is nothing while all is well', async () => {
    expect((await ask()).filter(({ kind }) => kind !== 'DISK_NEARLY_FULL')).toEqual([]);
  });

  it('are jobs that wait for minutes, by lane', async () => {
    await harness.database.transaction((tx) =>
      tx.insertIfAbsent('job', {
        id: '01J00000000000000000000000',
        kind: PUBLISH_JOB,
        dedupe_key: 'late',
        payload: '{}',
        run_at: toSqlInstant(new Date(Date.now() - 20 * 60_000)),
        attempts: 0,
      }),
    );
    expect(await ask()).toContainEqual({
      kind: 'JOBS_LATE',
      message: expect.stringMatching(/^1 job of the lane publish wait, the oldest for (19|20) minutes: look for errors in the log\.$/),
    });
  });

  it('is for staff who see all releases', async () => {
    const { productId } = await makeDraft(harness.admin);
    const others = [
      harness.nobody,
      await makeToken(harness.admin, { scopes: ['log:read'] }),
      await makeToken(harness.admin, { scopes: ['release:read'], productId }),
    ];
    for (const client of others)
      expect((await client.graphql('{ systemConcerns { kind } }')).errors[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
  });

  it('is a proxy that nobody named, once it has forwarded', async () => {
    const { requestRates } = harness.app.features;
    const options = {
      publicUrl: harness.baseUrl,
      trustedProxies: [],
      storeOrigins: () => [],
      authenticators: harness.app.features,
      log: createLog('silent'),
    };
    const { app } = await createServer(options);
    await app.inject({ url: '/x', headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(requestRates.hasUntrustedProxy).toBe(true);
    expect((await ask()).map(({ kind }) => kind)).toContain('UNTRUSTED_PROXY');
  });

  it('is known of a disk, and of a bucket not', async () => {
    const room = await harness.store.room();
    if (harness.store instanceof DiskStore) expect(room!.freeBytes).toBeLessThanOrEqual(room!.totalBytes);
    else expect(room).toBeNull();
  });
});

describe('a disk and a clock', () => {
  const listOf = (store: Partial<Pick<ObjectStore, 'room' | 'clockOffsetSeconds'>>) => {
    const use = { room: async () => null, clockOffsetSeconds: 0, ...store };
    const parts = {
      jobs: { measure: async () => [] },
      stores: { current: async () => ({ store: use }) },
      requestRates: { hasUntrustedProxy: false },
    };
    return new SystemConcerns(parts).list(STAFF);
  };

  it.each([
    [19, 500, true],
    [19, 100, false],
    [21, 500, false],
  ])('of %i GiB left of %i need attention: %s', async (free, total, isScarce) => {
    const found = await listOf({ room: async () => ({ freeBytes: free * GIB, totalBytes: total * GIB }) });
    expect(found.map(({ kind }) => kind)).toEqual(isScarce ? ['DISK_NEARLY_FULL'] : []);
  });

  it('that do not answer are told elsewhere', async () => {
    expect(await listOf({ room: () => Promise.reject(new Error('gone')) })).toEqual([]);
  });

  it.each([
    [-41, "The clock of this server is 41 s ahead of the file store's: keep it set with NTP."],
    [3_600, "The clock of this server is 3,600 s behind the file store's: keep it set with NTP."],
  ])('that is %i s off is told', async (clockOffsetSeconds, message) => {
    expect(await listOf({ clockOffsetSeconds })).toEqual([{ kind: 'CLOCK', message }]);
  });
});

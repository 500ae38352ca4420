import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../database/instants.js';
import { createServer } from '../../http/server.js';
import { createLog } from '../../kernel/log.js';
import { BASE_STORE } from '../../storage/ownership/object-rows.js';
import { lockStores, rememberUnknown } from '../../storage/stores/saved-stores.js';
import type { StorageFaultReason } from '../../storage/storage-fault.js';
import { DiskStore } from '../../storage/disk/disk-store.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeToken, uploadInParts } from '../../testing/make.js';
import { PUBLISH_JOB } from '../downloadables/publishing/publishing.service.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what needs attention on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  interface Asked {
    readonly kind: string;
    readonly message: string;
    readonly action: { readonly label: string; readonly path: string } | null;
  }
  const ask = async (client = harness.admin) =>
    (await client.query<{ systemConcerns: Asked[] }>('{ systemConcerns { kind message action { label path } } }')).systemConcerns;
  const STORAGE = { label: 'Storage settings', path: '/admin/settings/storage' };

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
      message: expect.stringMatching(/^1 job of the lane publish has waited for (19|20) minutes: look for errors in the log\.$/),
      action: { label: 'View faults', path: '/admin/logs/store?kind=FAILED' },
    });
  });

  it('are objects that belong to no release, once they were compared with the database, until they are gone', async () => {
    const { database } = harness;
    const find = async () => (await ask()).find(({ kind }) => kind === 'UNKNOWN_OBJECTS');
    expect(await find()).toBeUndefined();
    await database.transaction((tx) => rememberUnknown(tx, BASE_STORE, 1_017));
    expect(await find()).toEqual({
      kind: 'UNKNOWN_OBJECTS',
      message: '1,017 objects in the file store belong to no release: run "slipway doctor" on the server to list them.',
      action: { label: 'View comparisons', path: '/admin/logs/store?kind=COMPARED' },
    });
    await database.transaction((tx) => rememberUnknown(tx, BASE_STORE, 0));
    expect(await find()).toBeUndefined();
  });

  it('is a store that met a write for which it had no room, until bytes of a file are written again', async () => {
    const find = async () => (await ask()).find(({ kind }) => kind === 'STORE_FULL');
    const { id } = await makeDraft(harness.admin);
    // What a full store makes of a write is shown by the tests of each store; here it is counted as they do.
    const faults = harness.store.faults as Map<StorageFaultReason, number>;
    faults.set('FULL', (faults.get('FULL') ?? 0) + 1);
    const message = 'The file store had no room for what was written last: make room in it, or raise its quota.';
    expect(await find()).toEqual({ kind: 'STORE_FULL', message, action: STORAGE });
    await uploadInParts(harness.admin, { downloadableId: id, fileName: 'a.exe', bytes: Buffer.from('MZ') });
    expect(await find()).toBeUndefined();
  });

  it('is a move that is held up, with its names only for those who may change the store', async () => {
    const { database } = harness;
    const problem = 'Moving files to the bucket releases is held up: the bucket is gone.';
    const setProblem = (text: string | null) =>
      database.transaction(async (tx) => {
        await lockStores(tx);
        await tx.execute('UPDATE object_store SET problem = ? WHERE id = ?', [text, BASE_STORE]);
      });
    await setProblem(problem);
    expect(await ask()).toContainEqual({ kind: 'MOVE_HELD_UP', message: problem, action: STORAGE });
    const reader = await makeToken(harness.admin, { scopes: ['release:read'] });
    const message = 'Moving files to another store is held up: tell an administrator.';
    expect(await ask(reader)).toContainEqual({ kind: 'MOVE_HELD_UP', message, action: null });
    await setProblem(null);
    expect((await ask()).map(({ kind }) => kind)).not.toContain('MOVE_HELD_UP');
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

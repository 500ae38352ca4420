import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adopt } from '../../commands/adopt-store.command.js';
import { StorageFault } from '../../storage/storage-fault.js';
import type { TestDatabase } from '../databases.js';
import type { TestStore } from '../stores.js';
import { discard, finishUpload, listKeys, makeOpenUpload, makeReadyFile, PAIRS, passOneDay, startProgram } from './one-store-world.js';

/** PROMISES.md, row 26: bytes outlive their database. */
const RAISES = process.env['PROVE'] ? 200 : 20;

describe.each(PAIRS)('one installation and one store, on $name', ({ create, makeStore }) => {
  let original: TestDatabase;
  let place: TestStore;
  const others: TestDatabase[] = [];
  const copyOf = async (test: TestDatabase): Promise<TestDatabase> => {
    const copy = await test.clone();
    others.push(copy);
    return copy;
  };
  const emptyDatabase = async (): Promise<TestDatabase> => {
    const empty = await create();
    others.push(empty);
    return empty;
  };
  beforeEach(async () => {
    [original, place] = [await create(), await makeStore()];
  });
  afterEach(async () => {
    for (const test of others.splice(0)) await test.drop();
    await original.drop();
    await place.drop();
  });
  const start = (test: TestDatabase) => startProgram(test.database, place.store);

  it('an empty store beside an empty database becomes its own, and stays so from start to start', async () => {
    await start(original);
    const written = JSON.parse((await place.store.readClaim()) ?? '{}');
    expect(written).toMatchObject({ installationId: expect.stringMatching(/^\w{26}$/), claim: 1 });
    await makeReadyFile(await start(original));
    expect(JSON.parse((await place.store.readClaim()) ?? '{}')).toEqual(written);
  });

  it('a full store beside an empty database is refused, with an id and without one, and nothing is deleted', async () => {
    const file = await makeReadyFile(await start(original));
    const empty = await emptyDatabase();
    await expect(start(empty)).rejects.toMatchObject({ reason: 'OTHER_INSTALLATION' });
    await place.forgetClaim();
    await expect(start(empty)).rejects.toMatchObject({
      reason: 'UNKNOWN_FILES',
      message: expect.stringMatching(/the store of the test.*Nothing was changed/s),
    });
    expect(await listKeys(place.store)).toEqual([file.objectKey]);
  });

  it('a clone that starts after the original went on is refused, and deletes nothing', async () => {
    const first = await start(original);
    const file = await makeReadyFile(first);
    const clone = await copyOf(original);
    first.settle();
    await first.features.stores.base.guard.look();
    await first.features.stores.base.guard.look();
    await expect(start(clone)).rejects.toMatchObject({ reason: 'OTHER_CLAIM', message: expect.stringMatching(/claim 2 there, 1 here/) });
    expect(await listKeys(place.store)).toEqual([file.objectKey]);
  });

  it('a clone younger than a minute ends by itself before it may delete, and the original goes on', async () => {
    const first = await start(original);
    const [kept, given] = [await makeReadyFile(first), await makeReadyFile(first)];
    const clone = await start(await copyOf(original));
    await discard(clone, kept);
    await clone.features.jobs.runDue();
    await clone.features.stores.base.guard.look();
    expect(clone.refusals).toEqual([]);
    first.settle();
    await first.features.stores.base.guard.look();
    await clone.features.stores.base.guard.look();
    expect(clone.refusals).toEqual(['OTHER_CLAIM']);
    clone.settle();
    await clone.features.jobs.runDue();
    await expect(clone.features.stores.base.store.delete(kept.objectKey)).rejects.toMatchObject({ name: 'StorageFault' });
    await discard(first, given);
    await first.features.jobs.runDue();
    expect(await listKeys(place.store)).toEqual([kept.objectKey]);
  });

  it('of two copies that both have run for long, the one that finds the other’s claim stops deleting, visibly', async () => {
    const first = await start(original);
    const file = await makeReadyFile(first);
    const second = await start(await copyOf(original));
    for (const program of [first, second]) program.settle();
    await first.features.stores.base.guard.look();
    await second.features.stores.base.guard.look();
    expect(second.features.stores.base.guard.standing).toBe('STRANGE');
    expect(second.features.stores.base.guard.reason).toMatch(/last used by another copy/);
    await discard(second, file);
    await second.features.jobs.runDue();
    expect(await listKeys(place.store)).toEqual([file.objectKey]);
    expect(first.features.stores.base.guard.standing).toBe('OURS');
  });

  it('a dump restored over newer releases costs no byte, not even of uploads that finished after the dump', async () => {
    const first = await start(original);
    const [stale, given] = [await makeOpenUpload(first), await makeOpenUpload(first)];
    const dump = await copyOf(original);
    for (const upload of [stale, given]) await finishUpload(first, upload);
    const newer = await makeReadyFile(first);
    first.settle();
    await first.features.stores.base.guard.look();
    await expect(start(dump)).rejects.toMatchObject({ reason: 'OTHER_CLAIM' });
    await adopt({ database: dump.database, store: place.store });
    const restored = await start(dump);
    restored.settle();
    // One is given up by hand, as unfinished as the dump knows it; the other one expires.
    await discard(restored, given);
    const found = await passOneDay(restored);
    const all = [stale, given, newer].map(({ objectKey }) => objectKey).sort();
    expect(await listKeys(place.store)).toEqual(all);
    expect(found.unknownObjects.map(({ objectKey }) => objectKey)).toEqual(all);
    expect(await dump.database.query('SELECT id FROM stored_object'), 'no row is stuck').toEqual([]);
    await first.features.stores.base.guard.look();
    expect(first.features.stores.base.guard.standing, 'the copy that was left running').toBe('STRANGE');
  });

  it('an empty store for a database with files is refused', async () => {
    await makeReadyFile(await start(original));
    const other = await makeStore();
    await expect(startProgram(original.database, other.store)).rejects.toMatchObject({ reason: 'EMPTY_STORE' });
    expect(await other.store.readClaim()).toBeNull();
    await other.drop();
  });

  it('the id lost by hand is mended at the next start, and so is a store of before there were ids', async () => {
    const file = await makeReadyFile(await start(original));
    const before = await place.store.readClaim();
    await place.forgetClaim();
    await start(original);
    expect(await place.store.readClaim()).toBe(before);
    await place.forgetClaim();
    await original.database.transaction((tx) => tx.execute('DELETE FROM installation'));
    await start(original);
    expect(JSON.parse((await place.store.readClaim()) ?? '{}')).toMatchObject({ claim: 1 });
    await place.forgetClaim();
    await place.store.delete(file.objectKey);
    const stray = await makeReadyFile(await start(await emptyDatabase()));
    await place.forgetClaim();
    await expect(start(original)).rejects.toMatchObject({ reason: 'FILES_DIFFER' });
    expect(await listKeys(place.store)).toEqual([stray.objectKey]);
  });

  it('a process that died between raising its claim and writing it down starts again', async () => {
    const first = await start(original);
    await makeReadyFile(first);
    const older = (await place.store.readClaim()) ?? '';
    first.settle();
    await first.features.stores.base.guard.look();
    await place.store.writeClaim(older);
    const again = await start(original);
    again.settle();
    again.clock.advance({ seconds: 60 });
    await original.database.transaction((tx) => tx.execute('UPDATE installation SET claimed_at = ?', ['2020-01-01 00:00:00.000']));
    await again.features.stores.base.guard.look();
    expect(JSON.parse((await place.store.readClaim()) ?? '{}')).toMatchObject({ claim: 3 });
  });

  it(`replicas that raise their claim at once, ${RAISES} times, never take each other for strangers`, async () => {
    const replicas = await Promise.all([start(original), start(original), start(original)]);
    for (const replica of replicas) replica.settle();
    for (let round = 0; round < RAISES; round += 1) {
      await original.database.transaction((tx) => tx.execute('UPDATE installation SET claimed_at = ?', ['2020-01-01 00:00:00.000']));
      await Promise.all(replicas.map(({ features }) => features.stores.base.guard.look()));
      expect(replicas.map(({ features }) => features.stores.base.guard.standing)).toEqual(['OURS', 'OURS', 'OURS']);
    }
    expect(JSON.parse((await place.store.readClaim()) ?? '{}').claim).toBeGreaterThan(RAISES);
  });

  it('what this database discarded goes, and a stale upload is aborted by its id', async () => {
    const program = await start(original);
    program.settle();
    const [kept, gone] = [await makeReadyFile(program), await makeReadyFile(program)];
    await discard(program, gone);
    const stale = await makeOpenUpload(program);
    const unnamed = await makeOpenUpload(program);
    await original.database.transaction((tx) => tx.execute('UPDATE stored_object SET upload_id = NULL WHERE id = ?', [unnamed.id]));
    const found = await passOneDay(program);
    expect(await listKeys(place.store)).toEqual([kept.objectKey]);
    expect(await place.store.listParts(stale)).toBeNull();
    expect(found).toMatchObject({ objects: 1, unknownObjects: [], unknownUploads: [], missing: [], healed: [] });
    expect(await original.database.query(`SELECT id FROM stored_object WHERE state <> 'READY'`)).toEqual([]);
  });

  it('a store that does not answer takes no upload and loses nothing until it does', async () => {
    const file = await makeReadyFile(await start(original));
    const empty = await emptyDatabase();
    let isDown = true;
    const flaky = new Proxy(place.store, {
      get: (store, name) => {
        const value: unknown = Reflect.get(store, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (isDown && name === 'readClaim') return Promise.reject(new StorageFault('UNREACHABLE', 'It is down.'));
          return value.apply(store, args) as unknown;
        };
      },
    });
    const program = await startProgram(empty.database, flaky);
    expect(program.features.stores.base.guard.standing).toBe('UNASKED');
    await expect(program.features.stores.base.store.createUpload('objects/x')).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    await expect(program.features.stores.base.store.delete(file.objectKey)).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    isDown = false;
    await expect(program.features.stores.base.guard.look()).rejects.toMatchObject({ reason: 'OTHER_INSTALLATION' });
    expect(program.refusals).toEqual(['OTHER_INSTALLATION']);
    const ours = await startProgram(original.database, flaky);
    expect(ours.features.stores.base.guard.standing).toBe('OURS');
    expect(await listKeys(place.store)).toEqual([file.objectKey]);
  });
});

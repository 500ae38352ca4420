import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareStore } from '../../features/assets/presence/store-comparison.js';
import { removeUnknown, unknownToRemove } from '../../features/assets/presence/unknown-objects.js';
import type { TestDatabase } from '../databases.js';
import type { TestStore } from '../stores.js';
import { TEST_SECRETS } from '../test-secrets.js';
import { compare, listKeys, makeOpenUpload, makeReadyFile, PAIRS, passOneDay, startProgram } from './one-store-world.js';

describe.each(PAIRS)('store and database compared, on $name', ({ create, makeStore }) => {
  let original: TestDatabase;
  let place: TestStore;
  const others: TestDatabase[] = [];
  beforeEach(async () => {
    [original, place] = [await create(), await makeStore()];
  });
  afterEach(async () => {
    for (const test of others.splice(0)) await test.drop();
    await original.drop();
    await place.drop();
  });
  const start = (test: TestDatabase) => startProgram(test.database, place.store);
  const copyOf = async (): Promise<TestDatabase> => {
    const copy = await original.clone();
    others.push(copy);
    return copy;
  };

  it('a lost file is seen by one comparison, and healed by the next when it is back', async () => {
    const program = await start(original);
    const [kept, lost] = [await makeReadyFile(program), await makeReadyFile(program)];
    await place.store.delete(lost.objectKey);
    expect(await compare(program)).toMatchObject({ missing: [lost.id] });
    expect(await program.features.presence.countMissing()).toBe(1);
    const upload = { objectKey: lost.objectKey, uploadId: await place.store.createUpload(lost.objectKey) };
    await place.store.completeUpload(upload, [await place.store.putPart(upload, 1, Buffer.from('the bytes of a file'))]);
    expect(await compare(program)).toMatchObject({ missing: [], healed: [lost.id] });
    expect(await program.features.presence.countMissing()).toBe(0);
    expect((await listKeys(place.store)).sort()).toEqual([kept.objectKey, lost.objectKey].sort());
  });

  it('what others keep in the same store is not listed, not unknown, and never removed', async () => {
    const program = await start(original);
    const foreign = { objectKey: 'others/thing', uploadId: await place.store.createUpload('others/thing') };
    const open = { objectKey: 'others/open', uploadId: await place.store.createUpload('others/open') };
    await place.store.completeUpload(foreign, [await place.store.putPart(foreign, 1, Buffer.from('theirs'))]);
    const found = await passOneDay(program);
    expect(found).toMatchObject({ objects: 0, unknownObjects: [], unknownUploads: [] });
    expect([await listKeys(place.store), await place.store.findSize('others/thing')]).toEqual([[], 6]);
    expect(await place.store.listParts(open)).toEqual([]);
    await place.store.delete('others/thing');
    await place.store.abortUpload(open);
  });

  it('an upload whose id is about to be written is known, another one of the same file is not', async () => {
    const program = await start(original);
    const upload = await makeOpenUpload(program);
    await program.database.transaction((tx) => tx.execute('UPDATE stored_object SET upload_id = NULL WHERE id = ?', [upload.id]));
    expect(await compare(program)).toMatchObject({ unknownUploads: [] });
    await program.database.transaction((tx) =>
      tx.execute('UPDATE stored_object SET upload_id = ? WHERE id = ?', [upload.uploadId, upload.id]),
    );
    const second = await place.store.createUpload(upload.objectKey);
    expect(await compare(program)).toMatchObject({ unknownUploads: [{ objectKey: upload.objectKey, uploadId: second }] });
  });

  it('what is unknown is removed on request only: oldest first, not before a week, and at most 100 in one run', async () => {
    const program = await start(original);
    program.settle();
    const kept = await makeReadyFile(program);
    const strangers = await startProgram((await copyOf()).database, place.store);
    const unknown = Array.from({ length: 101 }, () => strangers).map(makeReadyFile);
    await Promise.all(unknown);
    const upload = await makeOpenUpload(strangers);
    const found = await passOneDay(program);
    expect([found.unknownObjects.length, found.unknownUploads.length]).toEqual([101, 1]);
    expect(found.unknownCount).toEqual({ objects: 101, uploads: 1 });
    const { database, features } = program;
    const few = await compareStore({
      database,
      store: features.stores.base.store,
      check: (id) => features.presence.peek(id),
      namedAtMost: 3,
    });
    expect(few).toMatchObject({ unknownObjects: found.unknownObjects.slice(0, 3), unknownCount: { objects: 101, uploads: 1 } });
    const days = (count: number): Date => new Date(Date.now() + count * 24 * 3_600_000);
    expect(unknownToRemove(found, days(6))).toEqual({ objects: [], uploads: [], left: 0 });
    const removable = unknownToRemove(found, days(8));
    expect([removable.objects.length, removable.uploads.length, removable.left]).toEqual([100, 0, 2]);
    await removeUnknown({ ...program, secrets: TEST_SECRETS, store: program.features.stores.base.store }, removable, () => undefined);
    const rest = await compare(program);
    await removeUnknown(
      { ...program, secrets: TEST_SECRETS, store: program.features.stores.base.store },
      unknownToRemove(rest, days(8)),
      () => undefined,
    );
    expect(await listKeys(place.store)).toEqual([kept.objectKey]);
    expect(await place.store.listParts(upload)).toBeNull();
  });
});

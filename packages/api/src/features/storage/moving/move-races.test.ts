import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDED_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makePublished, uploadInParts, type MadeFile } from '../../../testing/make.js';
import { listKeys } from '../../../testing/promises/one-store-world.js';
import { createS3Store, hasS3, TEST_GUARDING, type TestStore } from '../../../testing/stores.js';
import { Audit } from '../../../machinery/audit/audit.service.js';
import { Secrets } from '../../../kernel/secret/secrets.js';
import { createLog } from '../../../kernel/log.js';
import { FileStores } from '../../../storage/stores/file-stores.js';
import { copyObject } from './copy-object.js';
import { dropJob } from './left-copies.job.js';
import { goBackIfRefused } from './move-troubles.js';
import { noteMoved, type MovableObject } from './moved-rows.js';

const SETTINGS = 'storageSettings { lockVersion isEmbedded problem move { leftFiles } formerStores { id files isLeaving } }';

interface Settings {
  readonly lockVersion: number;
  readonly isEmbedded: boolean;
  readonly move: object | null;
  readonly formerStores: readonly { readonly id: string; readonly files: number; readonly isLeaving: boolean }[];
}

const setups = EMBEDDED_SETUPS.filter(({ isAvailable }) => isAvailable);

describe.skipIf(!hasS3).each(setups)('a move that is crossed on $name (skipped where TEST_S3_ENDPOINT is not set)', ({ start }) => {
  let harness: Harness;
  let bucket: TestStore;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    bucket = await createS3Store();
  });
  afterEach(async () => {
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    expect(await read()).toMatchObject({ isEmbedded: true, move: null });
    await bucket.drop();
  });

  const inputOf = ({ s3 }: TestStore): Record<string, unknown> => {
    const { endpoint, region, bucket: name, accessKeyId, secretAccessKey } = s3!;
    return { endpoint, region, bucket: name, accessKeyId, secretAccessKey, forcePathStyle: true };
  };
  const read = async (): Promise<Settings> => (await harness.admin.query<{ storageSettings: Settings }>(`{ ${SETTINGS} }`)).storageSettings;
  const choose = (input: Record<string, unknown>) => harness.admin.mutate('updateStorage', input, SETTINGS);
  const hurry = () =>
    harness.database.transaction((tx) => tx.execute('UPDATE job SET run_at = ? WHERE finished_at IS NULL', ['2020-01-01 00:00:00.000']));
  const objectOf = async ({ id }: MadeFile): Promise<MovableObject & { storeId: string | null }> => {
    const [row] = await harness.database.query<{ id: string; object_key: string; size: number; sha256: string; store_id: string | null }>(
      'SELECT o.id, o.object_key, o.size, o.sha256, o.store_id FROM stored_object o JOIN asset a ON a.stored_object_id = o.id WHERE a.id = ?',
      [id],
    );
    return { id: row!.id, objectKey: row!.object_key, size: Number(row!.size), sha256: row!.sha256, storeId: row!.store_id };
  };
  const bytesOf = async ({ id, fileName }: MadeFile): Promise<Buffer> => {
    const granted = await harness.admin.fetch(`/d/${id}/${fileName}`);
    const response = await fetch(granted.headers.get('location') ?? '');
    return Buffer.from(await response.arrayBuffer());
  };

  it('leaves a file where it is when its new store was given up while it was copied', async () => {
    const { file } = await makePublished(harness);
    const object = await objectOf(file);
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    const { lockVersion: version } = await read();
    const target = await harness.app.features.stores.current();
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.admin.run('leaveStore', { storeId: target.id, deleteFiles: false }, SETTINGS);
    await hurry();
    await harness.settle();
    expect(await read()).toMatchObject({ formerStores: [] });
    // The process that began before only now has the whole copy.
    expect(await copyObject(harness.store, target.store, object)).toBe('COPIED');
    const move = { object, from: 'base', to: target.id, version, now: harness.clock.now() };
    await harness.database.transaction((tx) => noteMoved(tx, move));
    expect((await objectOf(file)).storeId).toBeNull();
    expect(await bytesOf(file)).toEqual(file.bytes);
  });

  it('does not delete the copy of a file that is elsewhere: it may be about to be read there', async () => {
    const { file } = await makePublished(harness);
    const object = await objectOf(file);
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    const { lockVersion: version } = await read();
    const target = await harness.app.features.stores.current();
    expect(await copyObject(harness.store, target.store, object)).toBe('COPIED');
    const { stores, storeEvents: events } = harness.app.features;
    await dropJob({ database: harness.database, stores, events })({ storeId: target.id, objectKey: object.objectKey });
    const move = { object, from: 'base', to: target.id, version, now: harness.clock.now() };
    await harness.database.transaction((tx) => noteMoved(tx, move));
    expect(await bytesOf(file)).toEqual(file.bytes);
  });

  it('opens one store where two choose the same new bucket at once', async () => {
    const answers = await Promise.all([choose(inputOf(bucket)), choose(inputOf(bucket))]);
    expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    const rows = await harness.database.query('SELECT id FROM object_store WHERE bucket = ?', [bucket.s3!.bucket]);
    expect(rows).toHaveLength(1);
    const { file } = await makePublished(harness);
    expect(await bytesOf(file)).toEqual(file.bytes);
  });

  it('does not go back to a store that somebody else has used since', async () => {
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    const { id } = await harness.app.features.stores.current();
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    await bucket.store.writeClaim('{"installationId":"01JAAAAAAAAAAAAAAAAAAAAAAA","claim":3,"token":"x"}');
    const { userErrors } = await choose({ storeId: id });
    expect(userErrors).toMatchObject([
      {
        code: 'STORAGE_REFUSED',
        message: `The bucket ${bucket.s3!.bucket} was used by another installation, or by a copy of this one, since: choose another store.`,
      },
    ]);
    expect(await read()).toMatchObject({ isEmbedded: true });
  });

  it('is not guessed from an ID and an address that contradict each other', async () => {
    const { userErrors } = await choose({ storeId: 'base', bucket: bucket.s3!.bucket });
    expect(userErrors).toMatchObject([{ code: 'VALUE_INVALID', field: 'storeId' }]);
    expect(await read()).toMatchObject({ isEmbedded: true });
  });

  it('is given up only where the environment does not give the store', async () => {
    const { database, store, clock } = harness;
    const secrets = new Secrets('a secret for tests only, of forty characters');
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    const { id } = await harness.app.features.stores.current();
    await database.transaction((tx) => tx.execute('UPDATE object_store SET failures = 9 WHERE id = ?', [id]));
    const guarding = TEST_GUARDING;
    const use = { database, store, clock, secrets, guarding, log: createLog('silent'), allowedPrivateHosts: ['127.0.0.1'] };
    const fixed = new FileStores({ ...use, fixed: { ...bucket.s3!, secretAccessKey: 'changed' } });
    await goBackIfRefused({ database, stores: fixed, audit: new Audit(clock, secrets) }, await fixed.current());
    expect(await read()).toMatchObject({ isEmbedded: false, problem: null });
    // Saved in the console, it is, however long the names are.
    const row = { id: 'BEFORE', region: 'r', bucket: 'c'.repeat(255), force_path_style: 1, is_current: 0, lock_version: 1, failures: 0 };
    await database.transaction(async (tx) => {
      await tx.insertIfAbsent('object_store', row);
      const long = 'b'.repeat(255);
      await tx.execute('UPDATE object_store SET bucket = ?, came_from = ?, lock_version = 99 WHERE id = ?', [long, row.id, id]);
    });
    const saved = new FileStores({ ...use, fixed: null });
    await goBackIfRefused({ database, stores: saved, audit: new Audit(clock, secrets) }, await saved.current());
    const current = await database.query<{ id: string }>('SELECT id FROM object_store WHERE is_current = 1');
    expect(current).toEqual([{ id: row.id }]);
  });

  it('ends although a draft still shows a file that failed', async () => {
    const { id } = await makeDraft(harness.admin);
    await uploadInParts(harness.admin, { downloadableId: id, fileName: 'bad.zip', bytes: Buffer.from('bad'), sha256: '0'.repeat(64) });
    await harness.settle();
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    await harness.settle();
    expect(await read()).toMatchObject({ isEmbedded: false, move: null });
  });

  it('leaves the copies of a store that is given up when whoever gives it up says so afterwards', async () => {
    await makePublished(harness);
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    await harness.settle();
    const { id } = await harness.app.features.stores.current();
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    const copies = await listKeys(bucket.store);
    expect(copies.length).toBeGreaterThan(0);
    await harness.admin.run('leaveStore', { storeId: id, deleteFiles: true }, SETTINGS);
    // Its key is no longer let in, say: deleting would be tried for ever.
    await harness.admin.run('leaveStore', { storeId: id, deleteFiles: false }, SETTINGS);
    await harness.database.transaction((tx) =>
      tx.execute('UPDATE job SET run_at = ? WHERE payload LIKE ?', ['2020-01-01 00:00:00.000', '%"deleteFiles":false%']),
    );
    await harness.settle();
    await hurry();
    await harness.settle();
    expect((await read()).formerStores.filter((store) => store.id === id)).toEqual([]);
    expect(await listKeys(bucket.store)).toEqual(copies);
  });

  it('never goes back to a store that is given up', async () => {
    expect((await choose(inputOf(bucket))).userErrors).toEqual([]);
    await harness.settle();
    await harness.admin.run('leaveStore', { storeId: 'base', deleteFiles: false }, SETTINGS);
    const rows = await harness.database.query('SELECT id FROM object_store WHERE came_from = ?', ['base']);
    expect(rows).toEqual([]);
    await hurry();
    await harness.settle();
  });
});

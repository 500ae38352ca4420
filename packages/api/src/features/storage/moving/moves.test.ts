import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMBEDDED_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makePublished, uploadInParts, type MadeFile } from '../../../testing/make.js';
import { createS3Store, hasS3, TEST_GUARDING, type TestStore } from '../../../testing/stores.js';
import { createLog } from '../../../kernel/log.js';
import { FileStores } from '../../../storage/stores/file-stores.js';
import { Secrets } from '../../../kernel/secret/secrets.js';
import { copyObject } from './copy-object.js';
import { noteMoved } from './moved-rows.js';
import { listKeys } from '../../../testing/promises/one-store-world.js';

const SETTINGS =
  'storageSettings { lockVersion isEmbedded bucket place problem hasSecret move { movedFiles leftFiles from { id place } } formerStores { id place files isLeaving } }';

interface Settings {
  readonly lockVersion: number;
  readonly isEmbedded: boolean;
  readonly bucket: string | null;
  readonly place: string;
  readonly problem: string | null;
  readonly move: { readonly movedFiles: number; readonly leftFiles: number; readonly from: readonly { id: string }[] } | null;
  readonly formerStores: readonly { readonly id: string; readonly files: number; readonly isLeaving: boolean }[];
}

const setups = EMBEDDED_SETUPS.filter(({ isAvailable }) => isAvailable);

describe.skipIf(!hasS3).each(setups)('files that move on $name (skipped where TEST_S3_ENDPOINT is not set)', ({ start }) => {
  let harness: Harness;
  let bucket: TestStore;
  beforeAll(async () => {
    harness = await start();
    bucket = await createS3Store();
  });
  afterAll(async () => {
    await harness.close();
    await bucket.drop();
  });

  const inputOf = (store: TestStore, more: object = {}): Record<string, unknown> => {
    const { endpoint, region, bucket: name, accessKeyId, secretAccessKey } = store.s3!;
    return { endpoint, region, bucket: name, accessKeyId, secretAccessKey, forcePathStyle: true, ...more };
  };
  const read = async (): Promise<Settings> => (await harness.admin.query<{ storageSettings: Settings }>(`{ ${SETTINGS} }`)).storageSettings;
  const choose = (input: Record<string, unknown>) => harness.admin.mutate('updateStorage', input, SETTINGS);
  const bytesOf = async ({ id, fileName }: MadeFile): Promise<Buffer> => {
    const granted = await harness.admin.fetch(`/d/${id}/${fileName}`);
    expect(granted.status).toBe(302);
    const response = await fetch(granted.headers.get('location') ?? '');
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const versionOf = async (id: string): Promise<{ version: string }> =>
    (await harness.admin.query<{ downloadable: { version: string } }>('query($id: ID!) { downloadable(id: $id) { version } }', { id }))
      .downloadable;
  const hurry = () =>
    harness.database.transaction((tx) => tx.execute('UPDATE job SET run_at = ? WHERE finished_at IS NULL', ['2020-01-01 00:00:00.000']));

  it('are on a disk whose room is told', async () => {
    const { storageSettings } = await harness.admin.query<{ storageSettings: { room: string } }>('{ storageSettings { room } }');
    expect(storageSettings.room).toMatch(
      /^(?:[\d.]+ \w+ of [\d.]+ \w+ are free on the disk\.|The disk of the file store has .* left: .*)$/,
    );
  });

  it('are refused a bucket that does not work, is not empty, or is somebody else’s', async () => {
    const wrong = await choose(inputOf(bucket, { secretAccessKey: 'wrong' }));
    expect(wrong.userErrors).toMatchObject([{ code: 'STORAGE_REFUSED', field: 'secretAccessKey' }]);
    const other = await createS3Store();
    await other.store.writeClaim('{"installationId":"01JAAAAAAAAAAAAAAAAAAAAAAA","claim":3,"token":"x"}');
    expect((await choose(inputOf(other))).userErrors[0]?.message).toMatch(/belongs to another installation/);
    await other.forgetClaim();
    const upload = { objectKey: 'objects/strange', uploadId: await other.store.createUpload('objects/strange') };
    await other.store.completeUpload(upload, [await other.store.putPart(upload, 1, Buffer.from('x'))]);
    expect((await choose(inputOf(other))).userErrors).toMatchObject([{ code: 'STORAGE_REFUSED', field: 'bucket' }]);
    await other.drop();
    expect(await read()).toMatchObject({ isEmbedded: true, move: null, formerStores: [] });
  });

  it('can be downloaded before, in between and after, and new ones go to the new store at once', async () => {
    const moved = [await makePublished(harness), await makePublished(harness), await makePublished(harness)].map(({ file }) => file);
    const before = await read();
    expect((await choose(inputOf(bucket, { lockVersion: before.lockVersion }))).userErrors).toEqual([]);
    expect((await choose(inputOf(bucket, { lockVersion: before.lockVersion }))).userErrors).toMatchObject([{ code: 'EDIT_CONFLICT' }]);
    expect(await read()).toMatchObject({ isEmbedded: false, bucket: bucket.s3!.bucket, move: { movedFiles: 0, leftFiles: 3 } });

    const draft = await makeDraft(harness.admin);
    const fresh = await makeFile(harness, draft.id, { bytes: Buffer.from('sent through the API') });
    const parts = await uploadInParts(harness.admin, { downloadableId: draft.id, fileName: 'parts.zip', bytes: Buffer.from('in parts') });
    expect(await listKeys(bucket.store)).toHaveLength(2);
    for (const file of [...moved, fresh]) expect(await bytesOf(file)).toEqual(file.bytes);

    // What a process that was killed in the middle has left in the new store.
    const [first] = await listKeys(harness.store);
    const open = await bucket.store.createUpload(first ?? '');
    await bucket.store.putPart({ objectKey: first ?? '', uploadId: open }, 1, Buffer.from('half of'));
    await harness.settle();
    expect(await bucket.store.listParts({ objectKey: first ?? '', uploadId: open })).toBeNull();
    const after = await read();
    expect(after).toMatchObject({ move: null, problem: null, formerStores: [{ id: 'base', files: 3, isLeaving: false }] });
    expect((await listKeys(bucket.store)).length).toBe(5);
    for (const file of [...moved, fresh]) expect(await bytesOf(file)).toEqual(file.bytes);
    const bytes = await bytesOf({ id: parts, fileName: 'parts.zip', bytes: Buffer.alloc(0) });
    expect(bytes.toString()).toBe('in parts');
    const rows = await harness.database.query<{ object_key: string; sha256: string }>('SELECT object_key, sha256 FROM stored_object');
    for (const { object_key: key, sha256 } of rows) {
      const hash = createHash('sha256');
      for await (const chunk of (await bucket.store.read(key))!) hash.update(chunk as Buffer);
      expect(hash.digest('hex')).toBe(sha256);
    }
  });

  it('keep the secret of their store sealed', async () => {
    const [row] = await harness.database.query<Record<string, unknown>>('SELECT * FROM object_store WHERE id <> ?', ['base']);
    expect(String(row?.['secret_sealed'])).not.toContain(bucket.s3!.secretAccessKey);
    const events = await harness.database.query('SELECT * FROM audit_event');
    expect(JSON.stringify(events)).not.toContain(bucket.s3!.secretAccessKey);
  });

  it('are served with another key as soon as that is saved, and stay where they are', async () => {
    const { lockVersion } = await read();
    expect((await choose({ region: 'us-west-1', lockVersion })).userErrors).toEqual([]);
    await harness.settle();
    expect(await read()).toMatchObject({ lockVersion: lockVersion + 1, move: null, formerStores: [{ files: 3 }] });
    expect(await listKeys(bucket.store)).toHaveLength(5);
  });

  it('are read with the key of the environment where that names the same bucket, and from the folder where it names none', async () => {
    const { database, store, clock } = harness;
    const use = {
      database,
      store,
      clock,
      secrets: new Secrets('another secret than that of the product'),
      log: createLog('silent'),
      guarding: TEST_GUARDING,
      allowedPrivateHosts: ['127.0.0.1'],
    };
    // The secret that was saved cannot be read with this APP_SECRET: only that of the environment works.
    const fixed = new FileStores({ ...use, fixed: bucket.s3 });
    const open = await fixed.current();
    expect([open.id === 'base', fixed.isFixed, await fixed.currentSettings()]).toEqual([false, true, bucket.s3]);
    expect(await listKeys(open.store)).toHaveLength(5);
    const other = new FileStores({ ...use, fixed: { ...bucket.s3!, bucket: 'another' } });
    expect((await other.current()).id).toBe('base');
    const saved = new FileStores({ ...use, fixed: null });
    await expect(listKeys((await saved.current()).store)).rejects.toMatchObject({ reason: 'DENIED' });
    expect((await saved.find('base'))?.id).toBe('base');
  });

  it('come back, find the copies that were left, and leave theirs', async () => {
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    const now = await read();
    expect(now).toMatchObject({ isEmbedded: true, move: null, formerStores: [{ files: 5 }] });
    expect((await listKeys(harness.store)).length).toBe(5);
    const [left] = await harness.database.query('SELECT object_key FROM left_copy WHERE store_id = ?', ['base']);
    expect(left).toBeUndefined();
  });

  it('go from a store that is given up, after links to it have ended, and from no other', async () => {
    const base = await harness.admin.mutate('leaveStore', { storeId: 'base', deleteFiles: true });
    expect(base.userErrors).toMatchObject([{ code: 'STORAGE_REFUSED', field: 'storeId' }]);
    const [{ id } = { id: '' }] = (await read()).formerStores;
    // What a crash has left of a copy.
    const cut = { objectKey: 'objects/cut', uploadId: await bucket.store.createUpload('objects/cut') };
    await harness.admin.run('leaveStore', { storeId: id, deleteFiles: true }, SETTINGS);
    await harness.settle();
    expect((await read()).formerStores).toMatchObject([{ files: 5, isLeaving: true }]);
    expect((await choose({ storeId: id })).userErrors).toMatchObject([{ code: 'STORAGE_REFUSED', field: 'storeId' }]);
    await hurry();
    await harness.settle();
    expect((await read()).formerStores).toEqual([]);
    expect(await listKeys(bucket.store)).toEqual([]);
    expect(await bucket.store.listParts(cut)).toBeNull();
    expect(await listKeys(harness.store)).toHaveLength(5);
    const [row] = await harness.database.query('SELECT access_key_id, secret_sealed FROM object_store WHERE id = ?', [id]);
    expect(row).toEqual({ access_key_id: null, secret_sealed: null });
  });

  it('that were deleted while they were copied leave no copy behind', async () => {
    const { id, file } = await makePublished(harness);
    const [row] = await harness.database.query<{ id: string; object_key: string; size: number; sha256: string }>(
      'SELECT o.id, o.object_key, o.size, o.sha256 FROM stored_object o JOIN asset a ON a.stored_object_id = o.id WHERE a.id = ?',
      [file.id],
    );
    const object = { id: row!.id, objectKey: row!.object_key, size: Number(row!.size), sha256: row!.sha256 };
    const other = await createS3Store();
    expect((await choose(inputOf(other))).userErrors).toEqual([]);
    const target = await harness.app.features.stores.current();
    expect(await copyObject(harness.store, target.store, object)).toBe('COPIED');
    const { version: confirmVersion } = await versionOf(id);
    await harness.admin.run('deleteDownloadable', { id, confirmVersion }, 'deletedId');
    const { lockVersion: version } = await read();
    await harness.database.transaction((tx) => noteMoved(tx, { object, from: 'base', to: target.id, version, now: harness.clock.now() }));
    await harness.settle();
    expect(await listKeys(other.store)).not.toContain(object.objectKey);
    expect(await listKeys(harness.store)).not.toContain(object.objectKey);
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    await other.drop();
  });

  it('that are damaged where they are stay there, and are written down', async () => {
    const { file } = await makePublished(harness);
    const [row] = await harness.database.query<{ object_key: string }>(
      'SELECT o.object_key FROM stored_object o JOIN asset a ON a.stored_object_id = o.id WHERE a.id = ?',
      [file.id],
    );
    const key = row!.object_key;
    await harness.store.delete(key);
    const upload = { objectKey: key, uploadId: await harness.store.createUpload(key) };
    await harness.store.completeUpload(upload, [await harness.store.putPart(upload, 1, Buffer.alloc(file.bytes.length))]);
    const other = await createS3Store();
    expect((await choose(inputOf(other))).userErrors).toEqual([]);
    await harness.settle();
    expect(await listKeys(other.store)).not.toContain(key);
    expect((await read()).move).toMatchObject({ leftFiles: 1 });
    const events = await harness.database.query<{ detail: string }>(
      `SELECT detail FROM store_event WHERE object_key = ? AND kind = 'FAILED'`,
      [key],
    );
    expect(events[0]?.detail).toBe('Damaged in the store of the test, so it was not moved.');
    expect((await choose({ storeId: 'base' })).userErrors).toEqual([]);
    await harness.settle();
    await other.drop();
  });

  it('stay where they are when the new store refuses them again and again', async () => {
    const other = await createS3Store();
    expect((await choose(inputOf(other))).userErrors).toEqual([]);
    await other.drop();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await harness.settle();
      if (attempt === 0) expect((await read()).problem).toMatch(/is held up: the bucket is gone/);
      await hurry();
    }
    const now = await read();
    expect(now).toMatchObject({ isEmbedded: true, move: null });
    expect(now.problem).toBe(
      `Files stay in the store of the test, because the bucket ${other.s3!.bucket} refused them: the bucket is gone.`,
    );
    const [event] = await harness.database.query<{ actor_id: string }>(`SELECT actor_id FROM audit_event WHERE action = 'store.goBack'`);
    expect(event).toEqual({ actor_id: 'system' });
    const fresh = await makePublished(harness);
    expect(await bytesOf(fresh.file)).toEqual(fresh.file.bytes);
  });
});

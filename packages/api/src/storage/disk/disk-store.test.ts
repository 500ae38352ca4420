import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDiskStore, type ServedDiskStore } from '../contract/contract-stores.cases.js';
import { collectList, openUpload, putSigned, readAll, storeObject } from '../contract/contract-uploads.cases.js';

const BODY = randomBytes(1000);
const MIB = 1024 * 1024;

describe('the folder of the disk store', () => {
  let served: ServedDiskStore;
  beforeEach(async () => {
    served = await openDiskStore();
  });
  afterEach(() => served.close());

  test('an upload that a crash stopped in the middle of Complete is still there, and can be completed or aborted', async () => {
    const { store, directory } = served;
    const uploads = [await openUpload(store), await openUpload(store)] as const;
    const parts = await Promise.all(uploads.map((upload) => store.putPart(upload, 1, BODY)));
    for (const name of await readdir(path.join(directory, 'open')))
      await rename(path.join(directory, 'open', name), path.join(directory, 'closed', name));
    expect(await collectList(store.listUploads())).toMatchObject([...uploads].sort((a, b) => (a.objectKey < b.objectKey ? -1 : 1)));
    expect(await store.listParts(uploads[0])).toEqual([parts[0]]);
    await store.completeUpload(uploads[0], parts.slice(0, 1));
    await store.abortUpload(uploads[1]);
    expect((await readAll(store, uploads[0].objectKey)).equals(BODY)).toBe(true);
    expect(await collectList(store.listUploads())).toEqual([]);
  });

  test('a start finishes the deletions that a crash cut short', async () => {
    const trash = path.join(served.directory, 'trash');
    await mkdir(path.join(trash, 'old.object', 'inside'), { recursive: true });
    await served.store.prepare();
    expect(await readdir(trash)).toEqual([]);
  });

  test('an object is never replaced: a second upload of its key cannot complete', async () => {
    const { store } = served;
    const objectKey = await storeObject(store, BODY);
    const upload = { objectKey, uploadId: await store.createUpload(objectKey) };
    const part = await store.putPart(upload, 1, randomBytes(999));
    await expect(store.completeUpload(upload, [part])).rejects.toMatchObject({ reason: 'FAILED' });
    expect((await readAll(store, objectKey)).equals(BODY)).toBe(true);
  });

  test('a folder that has gone is a fault, not an empty store', async () => {
    const { store, directory } = served;
    await rm(directory, { recursive: true });
    const fault = { name: 'StorageFault', reason: 'UNREACHABLE' };
    await expect(store.checkReachable()).rejects.toMatchObject(fault);
    await expect(store.createUpload('a')).rejects.toMatchObject(fault);
    await expect(store.findSize('a')).rejects.toMatchObject(fault);
    await expect(store.read('a')).rejects.toMatchObject(fault);
    await expect(store.listParts({ objectKey: 'a', uploadId: 'b' })).rejects.toMatchObject(fault);
    await expect(collectList(store.listObjects())).rejects.toMatchObject(fault);
  });

  test('a reader that stops early leaves no error and no open stream', async () => {
    const objectKey = await storeObject(served.store, randomBytes(8 * MIB));
    const body = await served.store.read(objectKey);
    for await (const chunk of body ?? []) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(body?.destroyed).toBe(true);
  });
});

const tmpfs = await mountTmpfs();
describe.skipIf(tmpfs === null)('a full disk (skipped where no tmpfs can be mounted: that needs root)', () => {
  afterAll(async () => {
    execFileSync('umount', [tmpfs ?? '']);
    await rm(tmpfs ?? '', { recursive: true, force: true });
  });

  test('refuses a part with FULL and 507, leaves nothing, and works again once there is room', async () => {
    const served = await openDiskStore(path.join(tmpfs ?? '', 'store'));
    const { store } = served;
    const upload = await openUpload(store);
    const tooMuch = Buffer.alloc(12 * MIB);
    const fullBefore = store.faults.get('FULL') ?? 0;
    await expect(store.putPart(upload, 1, tooMuch)).rejects.toMatchObject({ name: 'StorageFault', reason: 'FULL' });
    const answer = await putSigned(store, upload, { number: 1, body: tooMuch });
    expect([answer.status, await answer.json()]).toEqual([507, expect.objectContaining({ code: 'STORE_FULL' })]);
    const [name = ''] = await readdir(path.join(served.directory, 'open'));
    expect(await readdir(path.join(served.directory, 'open', name))).toEqual([]);
    expect(store.faults.get('FULL')).toBe(fullBefore + 2);
    await store.completeUpload(upload, [await store.putPart(upload, 1, BODY)]);
    expect((await readAll(store, upload.objectKey)).equals(BODY)).toBe(true);
    await served.close();
  });
});

/** A file system of 8 MiB, or null where we may not mount one. */
async function mountTmpfs(): Promise<string | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
}

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeEachStore } from './contract-stores.cases.js';
import { collectList, openUpload, storeObject } from './contract-uploads.cases.js';

const BODY = randomBytes(1234);

describeEachStore('objects', (contract) => {
  test('the sweeper sees every open upload and every object', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const keys = [await storeObject(store, BODY), await storeObject(store, BODY)];
    expect(await collectList(store.listUploads())).toContainEqual(upload);
    const listed = await collectList(store.listKeys());
    expect(listed).toEqual(expect.arrayContaining(keys));
    expect(listed).not.toContain(upload.objectKey);
  });

  test('a deleted object is absent, and deleting it again is no error', async () => {
    const { store } = contract();
    const objectKey = await storeObject(store, BODY);
    await store.delete(objectKey);
    await store.delete(objectKey);
    expect(await store.findSize(objectKey)).toBeNull();
    expect(await store.read(objectKey)).toBeNull();
    expect(await collectList(store.listKeys())).not.toContain(objectKey);
  });

  test('a key that is not one of our ids never reaches the store', async () => {
    const { store } = contract();
    for (const key of ['', '../x', 'a/../b', '/a', 'a/', 'a b', 'a.b', 'a,b', 'é', 'a'.repeat(151), 'a\0']) {
      await expect(store.createUpload(key)).rejects.toMatchObject({ reason: 'FAILED' });
      await expect(store.read(key)).rejects.toMatchObject({ reason: 'FAILED' });
    }
  });

  test('a reachable store passes the check', async () => {
    await expect(contract().store.checkReachable()).resolves.toBeUndefined();
  });
});

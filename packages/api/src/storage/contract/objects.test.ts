import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeEachStore } from './contract-stores.cases.js';
import { collectList, openUpload, storeObject } from './contract-uploads.cases.js';

const BODY = randomBytes(1234);

describeEachStore('objects', (contract) => {
  test('every open upload and every object is listed, objects by their keys, with size and time', async () => {
    const { store } = contract();
    const [upload, other] = [await openUpload(store), await openUpload(store)];
    const keys = [await storeObject(store, BODY), await storeObject(store, BODY), await storeObject(store, BODY)];
    expect(await collectList(store.listUploads())).toContainEqual(expect.objectContaining(upload));
    expect(await collectList(store.listUploads(other.objectKey))).toMatchObject([other]);
    const listed = await collectList(store.listObjects());
    const listedKeys = listed.map(({ objectKey }) => objectKey);
    expect(listedKeys).toEqual([...listedKeys].sort());
    expect(listedKeys).toEqual(expect.arrayContaining(keys));
    expect(listedKeys).not.toContain(upload.objectKey);
    for (const { size, changedAt } of listed.filter(({ objectKey }) => keys.includes(objectKey))) {
      expect(size).toBe(BODY.length);
      expect(Math.abs(Date.now() - changedAt.getTime())).toBeLessThan(3_600_000);
    }
  });

  test('whose store it is can be written, read and replaced, and is no object of the listing', async () => {
    const { store } = contract();
    expect(await store.readClaim()).toBeNull();
    await store.writeClaim('{"claim":1}');
    await store.writeClaim('{"claim":22}');
    expect(await store.readClaim()).toBe('{"claim":22}');
    for (const { objectKey } of await collectList(store.listObjects())) expect(objectKey).toMatch(/^objects\//);
  });

  test('a deleted object is absent, and deleting it again is no error', async () => {
    const { store } = contract();
    const objectKey = await storeObject(store, BODY);
    await store.delete(objectKey);
    await store.delete(objectKey);
    expect(await store.findSize(objectKey)).toBeNull();
    expect(await store.read(objectKey)).toBeNull();
    expect((await collectList(store.listObjects())).map((object) => object.objectKey)).not.toContain(objectKey);
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

import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { alterationsOf, answersTo } from './contract-alterations.cases.js';
import { describeEachStore } from './contract-stores.cases.js';
import { openUpload, readAll, requireParts, storeObject } from './contract-uploads.cases.js';

const BODY = Buffer.from('The bytes of an installer.');
const FILE_NAME = 'Slipway-1.2.3_beta+7~x64.exe';

describeEachStore('signed URLs', (contract) => {
  let objectKey = '';
  beforeAll(async () => {
    objectKey = await storeObject(contract().store, BODY);
  });
  const signGet = (expiresInSeconds = 300): Promise<string> =>
    contract().store.signGet(objectKey, { fileName: FILE_NAME, expiresInSeconds });

  test('a signed GET gives the bytes as an attachment of exactly this name, never cached', async () => {
    const answer = await fetch(await signGet());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${FILE_NAME}"`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await answer.arrayBuffer()).equals(BODY)).toBe(true);
  });

  test.each([
    ['bytes=0-3', 206, 0, 3],
    ['bytes=5-5', 206, 5, 5],
    ['bytes=10-', 206, 10, BODY.length - 1],
    ['bytes=-4', 206, BODY.length - 4, BODY.length - 1],
    ['bytes=4-9999', 206, 4, BODY.length - 1],
    ['bytes=-9999', 206, 0, BODY.length - 1],
  ])('the range %s gives exactly its bytes', async (range, status, first, last) => {
    const answer = await fetch(await signGet(), { headers: { range } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${BODY.length}`);
    expect(await answer.text()).toBe(BODY.subarray(first, last + 1).toString());
  });

  test('a range behind the end is not satisfiable', async () => {
    const answer = await fetch(await signGet(), { headers: { range: `bytes=${BODY.length}-` } });
    expect(answer.status).toBe(416);
  });

  test('an interrupted download goes on with If-Range while the object is the same', async () => {
    const url = await signGet();
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const answer = await fetch(url, { headers: { range: 'bytes=4-8', 'if-range': etag } });
    expect([answer.status, await answer.text()]).toEqual([206, BODY.subarray(4, 9).toString()]);
  });

  test('expired URLs are refused', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const getUrl = await signGet(3);
    const putUrl = await store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 3 });
    expect((await fetch(getUrl)).status).toBe(200);
    await wait(4_200); // the stores count whole seconds
    expect((await fetch(getUrl)).status).toBe(403);
    expect((await fetch(putUrl, { method: 'PUT', body: BODY })).status).toBe(403);
    expect(await store.listParts(upload)).toEqual([]);
  });

  test('no altered GET URL is answered with the object', async () => {
    const answers = await answersTo(alterationsOf(await signGet(), contract().kind), (url) => fetch(url));
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(({ status }) => status >= 200 && status < 300)).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('no altered part URL stores anything', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const url = await store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 300 });
    const answers = await answersTo(alterationsOf(url, contract().kind), (altered) => fetch(altered, { method: 'PUT', body: BODY }));
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(({ status }) => status >= 200 && status < 300)).toEqual([]);
    expect(await requireParts(store, upload)).toEqual([]);
    expect((await fetch(url, { method: 'PUT', body: BODY })).status).toBe(200);
  });

  test('a URL permits only its own method', async () => {
    const { store } = contract();
    const url = await signGet();
    for (const method of ['PUT', 'DELETE', 'POST']) expect((await fetch(url, { method, body: BODY })).ok).toBe(false);
    expect((await readAll(store, objectKey)).equals(BODY)).toBe(true);
    const upload = await openUpload(store);
    const putUrl = await store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 300 });
    for (const method of ['GET', 'DELETE', 'POST']) expect((await fetch(putUrl, { method })).ok).toBe(false);
  });
});

describeEachStore('without a signature', (contract) => {
  test('nothing can be got, listed, put or deleted', async () => {
    const { store, unsignedUrl, listUrl } = contract();
    const objectKey = await storeObject(store, BODY);
    const upload = await openUpload(store);
    const partUrl = (await store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 300 })).split('?')[0] ?? '';
    const attempts: readonly (readonly [string, RequestInit])[] = [
      [unsignedUrl(objectKey), {}],
      [unsignedUrl('objects/absent'), {}],
      [listUrl, {}],
      [unsignedUrl(objectKey), { method: 'HEAD' }],
      [unsignedUrl(objectKey), { method: 'PUT', body: BODY }],
      [`${partUrl}?partNumber=1&uploadId=${upload.uploadId}`, { method: 'PUT', body: BODY }],
      [unsignedUrl(objectKey), { method: 'DELETE' }],
    ];
    for (const [url, init] of attempts) {
      expect((await fetch(url, init)).status, `${init.method ?? 'GET'} ${url}`).toBe(403);
    }
    expect((await readAll(store, objectKey)).equals(BODY)).toBe(true);
  });
});

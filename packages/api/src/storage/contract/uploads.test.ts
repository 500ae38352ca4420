import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { describeEachStore, PART_BYTES } from './contract-stores.cases.js';
import { collectList, openUpload, putSigned, readAll, requireParts } from './contract-uploads.cases.js';

const FIRST = randomBytes(PART_BYTES);
const SECOND = randomBytes(PART_BYTES);
const LAST = randomBytes(1234);

describeEachStore('uploads', (contract) => {
  test('parts that are put out of order through signed URLs make the object in order', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    for (const [number, body] of [
      [3, LAST],
      [1, FIRST],
      [2, SECOND],
    ] as const) {
      const answer = await putSigned(store, upload, { number, body });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('etag')).toMatch(/^"[^"]+"$/);
    }
    const parts = await requireParts(store, upload);
    expect(parts.map(({ number, size }) => [number, size])).toEqual([
      [1, PART_BYTES],
      [2, PART_BYTES],
      [3, LAST.length],
    ]);
    await store.completeUpload(upload, parts);
    expect(await store.findSize(upload.objectKey)).toBe(2 * PART_BYTES + LAST.length);
    expect((await readAll(store, upload.objectKey)).equals(Buffer.concat([FIRST, SECOND, LAST]))).toBe(true);
  });

  test('a part put through the server has the size and ETag that the list tells', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    expect(await store.putPart(upload, 1, LAST)).toEqual((await requireParts(store, upload))[0]);
  });

  test('a part that is put again replaces the first try', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    await putSigned(store, upload, { number: 1, body: FIRST });
    await putSigned(store, upload, { number: 1, body: LAST });
    await store.completeUpload(upload, await requireParts(store, upload));
    expect((await readAll(store, upload.objectKey)).equals(LAST)).toBe(true);
  });

  test('a body of another length than the signed one is refused and leaves nothing', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    for (const body of [LAST.subarray(1), Buffer.concat([LAST, LAST]), Buffer.alloc(0)]) {
      const url = await store.signPart(upload, { partNumber: 1, sizeBytes: LAST.length, expiresInSeconds: 300 });
      expect((await fetch(url, { method: 'PUT', body })).ok).toBe(false);
    }
    expect(await store.listParts(upload)).toEqual([]);
  });

  test('a body that is cut leaves nothing', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const url = new URL(await store.signPart(upload, { partNumber: 1, sizeBytes: FIRST.length, expiresInSeconds: 300 }));
    await sendCut(url, FIRST.length, FIRST.subarray(0, PART_BYTES / 2));
    const marker = await store.putPart(upload, 2, LAST);
    expect(await store.listParts(upload)).toEqual([marker]);
  });

  test('a part URL replayed after Complete is dead and the object unchanged', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const url = await store.signPart(upload, { partNumber: 1, sizeBytes: LAST.length, expiresInSeconds: 300 });
    await fetch(url, { method: 'PUT', body: LAST });
    await store.completeUpload(upload, await requireParts(store, upload));
    expect((await fetch(url, { method: 'PUT', body: randomBytes(LAST.length) })).status).toBe(404);
    expect((await readAll(store, upload.objectKey)).equals(LAST)).toBe(true);
    expect(await store.listParts(upload)).toBeNull();
  });

  test('Complete may be repeated', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const parts = [await store.putPart(upload, 1, LAST)];
    await store.completeUpload(upload, parts);
    await store.completeUpload(upload, parts);
    expect(await store.findSize(upload.objectKey)).toBe(LAST.length);
  });

  test('Complete refuses parts that are not the stored ones, and the upload goes on', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const part = await store.putPart(upload, 1, LAST);
    await expect(store.completeUpload(upload, [{ ...part, etag: '"0123456789abcdef0123456789abcdef"' }])).rejects.toThrow();
    expect(await store.findSize(upload.objectKey)).toBeNull();
    expect(await store.listParts(upload)).toEqual([part]);
  });

  test('an aborted upload leaves no parts, no object and dead part URLs', async () => {
    const { store } = contract();
    const upload = await openUpload(store);
    const url = await store.signPart(upload, { partNumber: 1, sizeBytes: LAST.length, expiresInSeconds: 300 });
    await fetch(url, { method: 'PUT', body: LAST });
    await store.abortUpload(upload);
    await store.abortUpload(upload);
    expect((await fetch(url, { method: 'PUT', body: LAST })).status).toBe(404);
    expect(await store.listParts(upload)).toBeNull();
    expect(await store.read(upload.objectKey)).toBeNull();
    await expect(store.putPart(upload, 1, LAST)).rejects.toMatchObject({ name: 'StorageFault', reason: 'FAILED' });
    expect(await collectList(store.listUploads())).not.toContainEqual(expect.objectContaining(upload));
  });
});

/** Announces a length, sends less, and hangs up. */
function sendCut(url: URL, announcedBytes: number, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: ${announcedBytes}\r\n\r\n`);
      socket.write(body, () => socket.destroy());
    });
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}

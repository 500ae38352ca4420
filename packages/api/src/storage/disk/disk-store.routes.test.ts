import { randomBytes } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDiskStore, type ServedDiskStore } from '../contract/contract-stores.cases.js';
import { openUpload, readAll, storeObject } from '../contract/contract-uploads.cases.js';

const BODY = randomBytes(1000);
const LONG_BODY = randomBytes(32 * 1024 * 1024);
/** Long enough to be seen waiting. */
const IDLE_MILLISECONDS = 2_000;

let served: ServedDiskStore;
let objectKey: string;
beforeAll(async () => {
  served = await openDiskStore();
  objectKey = await storeObject(served.store, BODY);
});
afterAll(() => served.close());

const signGet = (key = objectKey): Promise<string> => served.store.signGet(key, { fileName: 'a-1.0.exe', expiresInSeconds: 60 });

test('nothing that an object holds can run in the page of this site', async () => {
  const answer = await fetch(await signGet());
  expect(answer.headers.get('content-security-policy')).toBe('sandbox');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('HEAD tells length, name and ETag of a signed GET, without a body', async () => {
  const answer = await fetch(await signGet(), { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-length')).toBe('1000');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a-1.0.exe"');
  expect(answer.headers.get('accept-ranges')).toBe('bytes');
  expect(await answer.text()).toBe('');
});

test('several ranges come as one body in parts, each with its bytes, of the length that was announced', async () => {
  const answer = await fetch(await signGet(), { headers: { range: 'bytes=990-, 4-5,2000-' } });
  const body = Buffer.from(await answer.arrayBuffer());
  const boundary = /^multipart\/byteranges; boundary=([A-Za-z0-9]+)$/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'none';
  expect([answer.status, answer.headers.get('content-length')]).toEqual([206, String(body.length)]);
  const [before, ...parts] = body.toString('latin1').split(`\r\n--${boundary}`);
  const partOf = (range: string, bytes: Buffer): string =>
    `\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ${range}/1000\r\n\r\n${bytes.toString('latin1')}`;
  expect([before, ...parts]).toEqual(['', partOf('990-999', BODY.subarray(990)), partOf('4-5', BODY.subarray(4, 6)), '--\r\n']);
});

test('HEAD tells of any ranges the length that GET has, however often both ask', async () => {
  const url = await signGet();
  const lengths = new Set<string | null>();
  for (let time = 0; time < 10; time += 1)
    for (const method of ['HEAD', 'GET']) {
      const answer = await fetch(url, { method, headers: { range: 'bytes=990-, 4-5' } });
      await answer.arrayBuffer();
      lengths.add(answer.headers.get('content-length'));
    }
  expect(lengths.size).toBe(1);
});

test('ranges that ask for more than there is, and a range of something else than this object, give the whole object', async () => {
  const several = await fetch(await signGet(), { headers: { range: 'bytes=0-,0-' } });
  const stale = await fetch(await signGet(), { headers: { range: 'bytes=0-1', 'if-range': '"another"' } });
  expect([several.status, stale.status]).toEqual([200, 200]);
  expect((await several.arrayBuffer()).byteLength).toBe(1000);
});

test('a range over the border of two parts gives exactly its bytes', async () => {
  const upload = await openUpload(served.store);
  const parts = [
    await served.store.putPart(upload, 1, BODY),
    await served.store.putPart(upload, 2, BODY),
    await served.store.putPart(upload, 3, BODY),
  ];
  await served.store.completeUpload(upload, parts);
  const answer = await fetch(await signGet(upload.objectKey), { headers: { range: 'bytes=990-2009' } });
  const expected = Buffer.concat([BODY, BODY, BODY]).subarray(990, 2010);
  expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true);
});

test.each([
  ['altered', 403, 'URL_INVALID', async () => (await signGet()).replace('a-1.0', 'b-1.0')],
  ['of an absent object', 404, 'NOT_FOUND', () => signGet('objects/absent')],
])('a URL %s is answered %i %s in one sentence that tells no path', async (_, status, code, makeUrl) => {
  const answer = await fetch(await makeUrl());
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ code, message: expect.stringMatching(/^[A-Z][^/]*\.$/) });
  expect(text).not.toContain(served.directory);
});

test('a body without Content-Length is refused', async () => {
  const upload = await openUpload(served.store);
  const url = await served.store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 60 });
  const stream = new Blob([BODY]).stream();
  const answer = await fetch(url, { method: 'PUT', body: stream, duplex: 'half' });
  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'LENGTH_DIFFERS' })]);
});

test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'nonsense'])(
  'a part may be sent as %s',
  async (contentType) => {
    const upload = await openUpload(served.store);
    const url = await served.store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 60 });
    const answer = await fetch(url, { method: 'PUT', body: BODY, headers: { 'content-type': contentType } });
    expect(answer.status).toBe(200);
  },
);

test.skipIf(process.platform !== 'linux')('a client that stops reading is cut, and its file closed', async () => {
  const { store, directory, close } = await openDiskStore(undefined, IDLE_MILLISECONDS);
  const url = await store.signGet(await storeObject(store, LONG_BODY), { fileName: 'a-1.0.exe', expiresInSeconds: 60 });
  const socket = await open(url, 'GET');
  socket.pause();
  await vi.waitFor(async () => expect(await openFilesUnder(directory)).toHaveLength(1), IDLE_MILLISECONDS);
  await vi.waitFor(async () => expect(await openFilesUnder(directory)).toEqual([]), IDLE_MILLISECONDS * 20);
  socket.destroy();
  await close();
});

test('a part whose body is still on its way when the upload completes is lost, and the object unchanged', async () => {
  const upload = await openUpload(served.store);
  const part = await served.store.putPart(upload, 1, BODY);
  const url = await served.store.signPart(upload, { partNumber: 1, sizeBytes: BODY.length, expiresInSeconds: 60 });
  const socket = await open(url, 'PUT', `content-length: ${BODY.length}\r\n`);
  socket.write(Buffer.alloc(BODY.length - 1));
  await temporaryFile(upload.objectKey);
  await served.store.completeUpload(upload, [part]);
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  socket.write('!');
  expect(await answer).toMatch(/^HTTP\/1.1 404 /);
  socket.destroy();
  expect((await readAll(served.store, upload.objectKey)).equals(BODY)).toBe(true);
  expect(await readdir(path.join(served.directory, 'objects', upload.objectKey.replace('/', ',')))).toEqual(['00001']);
});

function open(address: string, method: string, headers = ''): Promise<Socket> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(`${method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n${headers}\r\n`);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

async function openFilesUnder(folder: string): Promise<string[]> {
  const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return links.filter((target) => target.startsWith(folder));
}

async function temporaryFile(key: string): Promise<void> {
  const [directory = ''] = (await readdir(path.join(served.directory, 'open'))).filter((name) => name.startsWith(key.replace('/', ',')));
  await vi.waitFor(async () => expect(await readdir(path.join(served.directory, 'open', directory))).toHaveLength(2));
}

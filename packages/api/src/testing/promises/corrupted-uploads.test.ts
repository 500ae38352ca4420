import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeToken } from '../make.js';

/** PROMISES.md, row 4: of 100 corrupted or cut uploads none becomes READY. */
const UPLOADS = 100;
const SIZE = 60_000;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('corrupted uploads on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('a browser upload with another SHA-256 than declared fails with CHECKSUM_MISMATCH and says what to do', async () => {
    const draft = await makeDraft(harness.admin);
    await sendFlippedParts(harness, draft.id, { fileName: 'flipped.exe', bytes: randomBytes(SIZE) });
    await harness.settle();
    const { downloadable } = await harness.admin.query<{
      downloadable: { assets: { state: string; failure: { code: string; message: string } }[] };
    }>('query($id: ID!) { downloadable(id: $id) { assets { state failure { code message } } } }', { id: draft.id });
    expect(downloadable.assets).toMatchObject([
      { state: 'FAILED', failure: { code: 'CHECKSUM_MISMATCH', message: expect.stringContaining('again') } },
    ]);
  });

  it(`of ${UPLOADS} none becomes READY, and none leaves an object behind`, async () => {
    const draft = await makeDraft(harness.admin);
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const authorization = token.headers['authorization'] ?? '';
    for (let index = 0; index < UPLOADS; index += 1) {
      const file = { fileName: `broken-${index}.bin`, bytes: randomBytes(SIZE) };
      const ways = [
        () => sendFlippedParts(harness, draft.id, file),
        () => sendWrongChecksum(token, draft.id, file),
        () => sendCutBody(harness, draft.id, { ...file, authorization }),
        () => sendWrongForm(token, draft.id, file),
        () => sendCutForm(token, draft.id, file),
      ];
      await ways[index % ways.length]?.();
    }
    await harness.settle();
    const ready = await harness.database.query(`SELECT id FROM stored_object WHERE state = 'READY'`);
    expect(ready).toEqual([]);
    harness.clock.advance({ hours: 25 });
    await harness.app.features.sweeper.sweep();
    await harness.settle();
    const keys: string[] = [];
    for await (const { objectKey } of harness.store.listObjects()) keys.push(objectKey);
    expect(keys).toEqual([]);
  });
});

/** Declares one content, sends another of the same length. */
async function sendFlippedParts(harness: Harness, downloadableId: string, file: { fileName: string; bytes: Buffer }): Promise<void> {
  const input = { downloadableId, fileName: file.fileName, size: SIZE, sha256: sha256(file.bytes) };
  const { upload } = await harness.admin.run<{ upload: { id: string } }>('createUpload', input, 'upload { id }');
  const { parts } = await harness.admin.run<{ parts: { url: string }[] }>(
    'signUploadParts',
    { uploadId: upload.id, partNumbers: [1] },
    'parts { url }',
  );
  const flipped = Buffer.from(file.bytes);
  flipped[SIZE - 1] = (flipped[SIZE - 1] ?? 0) ^ 1;
  expect((await fetch(parts[0]?.url ?? '', { method: 'PUT', body: new Uint8Array(flipped) })).ok).toBe(true);
  await harness.admin.run('completeUpload', { uploadId: upload.id }, 'asset { state }');
}

interface Sender {
  fetch(path: string, init: RequestInit): Promise<Response>;
}

async function sendWrongChecksum(token: Sender, downloadableId: string, file: { fileName: string; bytes: Buffer }): Promise<void> {
  const response = await token.fetch(`/api/v1/downloadables/${downloadableId}/files/${file.fileName}`, {
    method: 'PUT',
    headers: { 'x-checksum-sha256': sha256(Buffer.from('something else')) },
    body: new Uint8Array(file.bytes),
  });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
}

/** Sends half of what Content-Length announces, then hangs up. */
async function sendCutBody(
  harness: Harness,
  downloadableId: string,
  file: { fileName: string; bytes: Buffer; authorization: string },
): Promise<void> {
  const { hostname, port } = new URL(harness.baseUrl);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `PUT /api/v1/downloadables/${downloadableId}/files/${file.fileName} HTTP/1.1\r\nHost: x\r\nAuthorization: ${file.authorization}\r\nContent-Length: ${SIZE}\r\n\r\n`,
      );
      socket.write(file.bytes.subarray(0, SIZE / 2), () => socket.destroy());
    });
    socket.once('close', () => resolve()).once('error', reject);
  });
}

/** A form that declares another checksum than its file has. */
async function sendWrongForm(token: Sender, downloadableId: string, file: { fileName: string; bytes: Buffer }): Promise<void> {
  const form = new FormData();
  form.set('sha256', sha256(Buffer.from('something else')));
  form.set('file', new Blob([new Uint8Array(file.bytes)]), file.fileName);
  const response = await token.fetch(`/api/v1/downloadables/${downloadableId}/files/${file.fileName}`, { method: 'PUT', body: form });
  expect(await response.json()).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
}

/** A form whose last boundary never comes. */
async function sendCutForm(token: Sender, downloadableId: string, file: { fileName: string; bytes: Buffer }): Promise<void> {
  const head = Buffer.from('--cut\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
  const response = await token.fetch(`/api/v1/downloadables/${downloadableId}/files/${file.fileName}`, {
    method: 'PUT',
    headers: { 'content-type': 'multipart/form-data; boundary=cut' },
    body: new Uint8Array(Buffer.concat([head, file.bytes.subarray(0, SIZE / 2)])),
  });
  expect(await response.json()).toMatchObject({ code: 'FORM_TRUNCATED' });
}

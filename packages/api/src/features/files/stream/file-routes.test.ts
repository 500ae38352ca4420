import { randomBytes } from 'node:crypto';
import { request as requestHttp, Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { curl, makeLocalFile } from '../../../testing/curl.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeProduct, makePublished, makeToken } from '../../../testing/make.js';

interface Listed {
  readonly fileName: string;
  readonly size: number;
  readonly platform: string;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('files over HTTP on $name', ({ start }) => {
  let harness: Harness;
  let token: Client;
  let local: Awaited<ReturnType<typeof makeLocalFile>>;
  const bytes = randomBytes(300_000);
  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    local = await makeLocalFile(bytes, 'app-macos-arm64.dmg');
  });
  afterAll(async () => {
    await local.drop();
    await harness.close();
  });

  const filesOf = (id: string): string => `/api/v1/downloadables/${id}/files`;
  /** curl with the token, on the files of a downloadable. @param path what follows `files` */
  const ask = (id: string, path: string, args: readonly string[], stdin?: Buffer) =>
    curl(
      [
        '-H',
        `Authorization: ${token.headers['authorization']}`,
        ...args.map((arg) => arg.replace('FILE', local.path)),
        harness.baseUrl + filesOf(id) + path,
      ],
      stdin,
    );
  const list = async (id: string): Promise<Listed[]> => {
    const reply = await token.fetch(`${filesOf(id)}/`);
    expect(reply.status).toBe(200);
    // What the route sends is what the test names.
    return ((await reply.json()) as { files: Listed[] }).files;
  };
  const codeOf = (body: string): unknown => (JSON.parse(body) as { code: unknown }).code;

  it.each([
    ['-F to the folder', '/', ['-F', 'file=@FILE'], 'app-macos-arm64.dmg'],
    ['-F to the folder without its slash', '', ['-F', 'file=@FILE'], 'app-macos-arm64.dmg'],
    ['-X PUT -F to the folder', '/', ['-X', 'PUT', '-F', 'file=@FILE'], 'app-macos-arm64.dmg'],
    ['-F that names the part', '/', ['-F', 'file=@FILE;filename=other-win-x64.exe'], 'other-win-x64.exe'],
    ['-F to a name', '/given-linux.bin', ['-F', 'file=@FILE'], 'given-linux.bin'],
    ['-T to the folder', '/', ['-T', 'FILE'], 'app-macos-arm64.dmg'],
    [
      '--data-binary to a name',
      '/posted-linux.bin',
      ['-X', 'POST', '-H', 'Content-Type: application/octet-stream', '--data-binary', '@FILE'],
      'posted-linux.bin',
    ],
  ])('curl %s stores the file under the name that it has there, and it is listed', async (_what, path, args, fileName) => {
    const draft = await makeDraft(harness.admin);
    const reply = await ask(draft.id, path, args);
    expect(reply.status, reply.body).toBe(201);
    expect(await list(draft.id)).toMatchObject([{ fileName, size: bytes.length }]);
    expect((await list(draft.id))[0]?.platform).not.toBe('ALL');
  });

  it.each([
    ['a pipe without a name', '/', ['-T', '-'], 422, 'FILE_NAME_MISSING', 'after the last slash'],
    [
      'a form whose part has no name',
      '/',
      ['-F', 'file=<FILE;type=application/octet-stream'],
      422,
      'FILE_NAME_MISSING',
      'after the last slash',
    ],
    ['a body without a name', '', ['-X', 'POST', '--data-binary', '@FILE'], 422, 'FILE_NAME_MISSING', 'after the last slash'],
    ['a form whose part is a pipe', '/', ['-F', 'file=@-'], 422, 'FILE_NAME_INVALID', 'try'],
    ['a name with a space', '/', ['-F', 'file=@FILE;filename=my app.exe'], 422, 'FILE_NAME_INVALID', 'my-app.exe'],
    ['the rest of a file', '/a.bin', ['-C', '50000', '-T', 'FILE'], 400, 'CONTENT_RANGE_NOT_SUPPORTED', 'whole file'],
    [
      'a part in a form',
      '/a.bin',
      ['-H', 'Content-Range: bytes 0-9/20', '-F', 'file=@FILE'],
      400,
      'CONTENT_RANGE_NOT_SUPPORTED',
      'whole file',
    ],
    ['a condition on an ETag', '/a.bin', ['-H', 'If-Match: "x"', '-T', 'FILE'], 412, 'PRECONDITION_FAILED', 'If-None-Match: *'],
    ['a compressed body', '/a.bin', ['-H', 'Content-Encoding: gzip', '-T', 'FILE'], 415, 'CONTENT_ENCODING_NOT_SUPPORTED', 'as they are'],
    [
      'one compressed twice',
      '/a.bin',
      ['-H', 'Content-Encoding: identity, br', '-T', 'FILE'],
      415,
      'CONTENT_ENCODING_NOT_SUPPORTED',
      'as they are',
    ],
    ['a compressed form', '/', ['-H', 'Content-Encoding: zstd', '-F', 'file=@FILE'], 415, 'CONTENT_ENCODING_NOT_SUPPORTED', 'as they are'],
    [
      'a compressed transfer',
      '/a.bin',
      ['-H', 'Transfer-Encoding: gzip, chunked', '-T', 'FILE'],
      415,
      'CONTENT_ENCODING_NOT_SUPPORTED',
      'as they are',
    ],
  ])('%s is refused in a sentence that says what to do, and leaves nothing', async (_what, path, args, status, code, advice) => {
    const draft = await makeDraft(harness.admin);
    const reply = await ask(draft.id, path, args, bytes);
    expect({ status: reply.status, code: codeOf(reply.body) }, reply.body).toEqual({ status, code });
    expect((JSON.parse(reply.body) as { detail: string }).detail).toMatch(/^[A-Z].*\.$/s);
    expect(reply.body).toContain(advice);
    expect(await list(draft.id)).toEqual([]);
    expect(await harness.database.query(`SELECT id FROM stored_object WHERE state = 'UPLOADING'`)).toEqual([]);
  });

  it('a file that must be new replaces none of that name, however it is sent, and is kept where there is none', async () => {
    const draft = await makeDraft(harness.admin);
    const must = ['-H', 'If-None-Match: *'];
    expect((await ask(draft.id, '/a.bin', [...must, '-T', 'FILE'], bytes)).status).toBe(201);
    const before = await list(draft.id);
    for (const [path, args] of [
      ['/a.bin', ['-T', 'FILE']],
      ['/A.BIN', ['-T', 'FILE']],
      ['/', ['-F', 'file=@FILE;filename=a.bin']],
    ] as const) {
      const reply = await ask(draft.id, path, [...must, ...args], bytes);
      expect({ status: reply.status, code: codeOf(reply.body) }, reply.body).toEqual({ status: 412, code: 'PRECONDITION_FAILED' });
    }
    expect(await list(draft.id)).toEqual(before);
    expect(await harness.database.query(`SELECT id FROM stored_object WHERE state = 'UPLOADING'`)).toEqual([]);
    expect((await ask(draft.id, '/a.bin', ['-H', 'If-None-Match: "x"', '-T', 'FILE'], bytes)).status).toBe(200);
  });

  it('of many that must be new and come at once one is kept', async () => {
    const draft = await makeDraft(harness.admin);
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        token.fetch(`${filesOf(draft.id)}/one.bin`, { method: 'PUT', headers: { 'if-none-match': '*' }, body: randomBytes(50_000) }),
      ),
    );
    expect(replies.map(({ status }) => status).sort((one, other) => one - other)).toEqual([201, 412, 412, 412, 412]);
    expect(await list(draft.id)).toHaveLength(1);
  });

  it('an encoding that changes nothing is taken', async () => {
    const draft = await makeDraft(harness.admin);
    expect((await ask(draft.id, '/a.bin', ['-H', 'Content-Encoding: identity', '-T', 'FILE'])).status).toBe(201);
  });

  it('a refused form leaves its connection good for the next request', async () => {
    const draft = await makeDraft(harness.admin);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const form = Buffer.concat([
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="bad name"\r\n\r\n'),
      randomBytes(3_000_000),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const send = (method: string, body: Buffer | null): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { ...token.headers, ...(body ? { 'content-type': 'multipart/form-data; boundary=x' } : {}) };
        const request = requestHttp(`${harness.baseUrl}${filesOf(draft.id)}/`, { method, agent, headers }, (reply) => {
          reply.resume().on('end', () => resolve(reply.statusCode ?? 0));
        });
        request.on('error', reject).end(body ?? undefined);
      });
    expect(await send('POST', form)).toBe(422);
    expect(await send('GET', null)).toBe(200);
    agent.destroy();
  });

  it('DELETE removes a file of a draft by its name, and nothing of what is published', async () => {
    const draft = await makeDraft(harness.admin);
    const { fileName } = await makeFile(harness, draft.id);
    expect((await ask(draft.id, `/${fileName.toUpperCase()}`, ['-X', 'DELETE'])).status).toBe(204);
    expect(await list(draft.id)).toEqual([]);
    const missing = await ask(draft.id, `/${fileName}`, ['-X', 'DELETE']);
    expect({ status: missing.status, code: codeOf(missing.body) }).toEqual({ status: 404, code: 'NOT_FOUND' });
    const { id, file } = await makePublished(harness);
    const frozen = await ask(id, `/${file.fileName}`, ['-X', 'DELETE']);
    expect({ status: frozen.status, code: codeOf(frozen.body) }).toEqual({ status: 409, code: 'REVISION_FROZEN' });
    expect(await list(id)).toMatchObject([{ fileName: file.fileName }]);
  });

  it('a token sees and changes the files of its product alone', async () => {
    const [own, other] = [await makeProduct(harness.admin), await makeDraft(harness.admin)];
    const narrow = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'], productId: own.id });
    const { fileName } = await makeFile(harness, other.id);
    for (const [path, method] of [
      [`${filesOf(other.id)}/`, 'GET'],
      [`${filesOf(other.id)}/${fileName}`, 'DELETE'],
      [`${filesOf('01ARZ3NDEKTSV4RRFFQ69G5FAV')}/`, 'GET'],
    ] as const)
      expect((await narrow.fetch(path, { method })).status, path).toBe(404);
    expect(await list(other.id)).toHaveLength(1);
  });
});

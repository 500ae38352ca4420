import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { curl, makeLocalFile, startCurl } from '../../../testing/curl.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makePublished, makeToken } from '../../../testing/make.js';

const MB = 1_000_000;
/** The file then takes 20 s: no upload that is to be interrupted comes to its end before. */
const SLOWLY = '500k';
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('curl on $name', ({ start }) => {
  let harness: Harness;
  let token: Client;
  let local: Awaited<ReturnType<typeof makeLocalFile>>;
  // Two parts: what there is to see of more is the same.
  const bytes = randomBytes(10 * MB);
  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    local = await makeLocalFile(bytes, 'app.exe');
  });
  afterAll(async () => {
    await local.drop();
    await harness.close();
  });

  const urlOf = (id: string, fileName = 'app.exe'): string => `${harness.baseUrl}/api/v1/downloadables/${id}/files/${fileName}`;
  const send = (id: string, args: string[], stdin?: Buffer) =>
    curl(['-X', 'PUT', '-H', `Authorization: ${token.headers['authorization']}`, ...args, urlOf(id)], stdin);

  /** After the jobs and one sweep a refused upload has left nothing at all. */
  const expectNothingLeft = async (id: string): Promise<void> => {
    await harness.settle();
    expect(
      await harness.database.query('SELECT a.id FROM asset a JOIN revision r ON r.id = a.revision_id WHERE r.downloadable_id = ?', [id]),
    ).toEqual([]);
    expect(await harness.database.query(`SELECT id FROM stored_object WHERE state <> 'READY'`)).toEqual([]);
    const open: unknown[] = [];
    for await (const upload of harness.store.listUploads()) open.push(upload);
    expect(open).toEqual([]);
  };

  it('a form with the field file stores its bytes and labels, hashed by the server', async () => {
    const draft = await makeDraft(harness.admin);
    const fields = [
      '-F',
      `sha256=${sha256(bytes).toUpperCase()}`,
      '-F',
      'type=update',
      '-F',
      'platform=darwin',
      '-F',
      'architecture=aarch64',
    ];
    const reply = await send(draft.id, [...fields, '-F', `file=@${local.path}`]);
    expect(reply.status, reply.body).toBe(201);
    expect(JSON.parse(reply.body)).toMatchObject({
      fileName: 'app.exe',
      state: 'READY',
      size: bytes.length,
      sha256: sha256(bytes),
      type: 'UPDATE',
      platform: 'MACOS',
      architecture: 'ARM64',
    });
  });

  it.each([
    ['the file in another field', ['-F', 'upload=@FILE'], 422, 'FORM_FILE_MISSING'],
    ['no file', ['-F', 'platform=linux'], 422, 'FORM_FILE_MISSING'],
    ['text instead of a file', ['-F', 'file=app.exe'], 422, 'FORM_FILE_MISSING'],
    ['two files', ['-F', 'file=@FILE', '-F', 'file=@FILE'], 422, 'FORM_FILE_TWICE'],
    ['another file after it', ['-F', 'file=@FILE', '-F', 'more=@FILE'], 422, 'FORM_FILE_TWICE'],
    ['a field after the file', ['-F', 'file=@FILE', '-F', 'platform=linux'], 422, 'FORM_FIELD_LATE'],
    ['an unknown field', ['-F', 'plattform=linux', '-F', 'file=@FILE'], 422, 'FORM_FIELD_UNKNOWN'],
    ['an unknown platform', ['-F', 'platform=amiga', '-F', 'file=@FILE'], 400, 'BAD_USER_INPUT'],
    ['a wrong checksum', ['-F', `sha256=${'0'.repeat(64)}`, '-F', 'file=@FILE'], 422, 'CHECKSUM_MISMATCH'],
    ['no checksum at all', ['-F', 'sha256=abc', '-F', 'file=@FILE'], 422, 'CHECKSUM_INVALID'],
    ['an empty file', ['-F', 'file=@/dev/null'], 422, 'FILE_EMPTY'],
    ['a boundary that is missing', ['-H', 'Content-Type: multipart/form-data', '--data-binary', 'x'], 422, 'FORM_INVALID'],
    ['another envelope', ['-H', 'Content-Type: multipart/mixed; boundary=x', '--data-binary', 'x'], 415, 'MULTIPART_NOT_SUPPORTED'],
  ])('a form with %s is refused, says what to do, and leaves nothing', async (_what, args, status, code) => {
    const draft = await makeDraft(harness.admin);
    const reply = await send(
      draft.id,
      args.map((arg) => arg.replace('FILE', local.path)),
    );
    expect(reply.status, reply.body).toBe(status);
    expect(JSON.parse(reply.body)).toMatchObject({ code, detail: expect.stringMatching(/^[A-Z].{20,}[.!]$/s) });
    await expectNothingLeft(draft.id);
  });

  it('a form that ends before its last boundary is refused and leaves nothing', async () => {
    const draft = await makeDraft(harness.admin);
    const head = '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    const body = await makeLocalFile(Buffer.concat([Buffer.from(head), bytes.subarray(0, 9 * MB)]));
    const reply = await send(draft.id, ['-H', 'Content-Type: multipart/form-data; boundary=xyz', '--data-binary', `@${body.path}`]);
    await body.drop();
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'FORM_TRUNCATED' });
    await expectNothingLeft(draft.id);
  });

  it('a pipe without a length is stored whole', async () => {
    const draft = await makeDraft(harness.admin);
    const reply = await send(draft.id, ['-T', '-'], bytes);
    expect(reply.status, reply.body).toBe(201);
    expect(JSON.parse(reply.body)).toMatchObject({ size: bytes.length, sha256: sha256(bytes), state: 'READY' });
  });

  it('whoever waits for 100 Continue is told to go on, and the file is stored', async () => {
    const draft = await makeDraft(harness.admin);
    for (const how of [
      ['-T', local.path],
      ['-F', `file=@${local.path}`],
    ]) {
      const reply = await send(draft.id, ['-H', 'Expect: 100-continue', '--expect100-timeout', '30', ...how]);
      expect([200, 201], reply.body).toContain(reply.status);
      expect(JSON.parse(reply.body)).toMatchObject({ sha256: sha256(bytes) });
    }
  });

  it('other routes tell whoever waits for 100 Continue to go on', async () => {
    const query = JSON.stringify({ query: '{ vendor { name } }' });
    const args = ['-H', 'Expect: 100-continue', '--expect100-timeout', '30', '-H', 'Content-Type: application/json', '-d', query];
    const reply = await curl([...args, `${harness.baseUrl}/graphql`]);
    expect(reply.status, reply.body).toBe(200);
  });

  it('what can be refused without the file is refused before a byte of it is sent', async () => {
    const draft = await makeDraft(harness.admin);
    const { id: frozen } = await makePublished(harness);
    const authorized = ['-H', `Authorization: ${token.headers['authorization']}`];
    const cases: [string[], string, number, string][] = [
      [[], urlOf(draft.id), 401, 'UNAUTHENTICATED'],
      [authorized, urlOf('01ARZ3NDEKTSV4RRFFQ69G5FAV'), 404, 'NOT_FOUND'],
      [authorized, urlOf(draft.id, 'my%20app.exe'), 422, 'FILE_NAME_INVALID'],
      [authorized, urlOf(frozen), 409, 'REVISION_FROZEN'],
    ];
    for (const [headers, url, status, code] of cases) {
      for (const how of [
        ['-T', local.path],
        ['-X', 'PUT', '-F', `file=@${local.path}`],
      ]) {
        const reply = await curl(['-H', 'Expect: 100-continue', '--expect100-timeout', '30', ...headers, ...how, url]);
        expect({ status: reply.status, sentBytes: reply.sentBytes }, `${code} ${reply.body}`).toEqual({ status, sentBytes: 0 });
        expect(JSON.parse(reply.body)).toMatchObject({ code });
      }
    }
    await expectNothingLeft(draft.id);
  });

  it.each([
    ['raw body', ['-T', 'FILE']],
    ['form', ['-X', 'PUT', '-F', 'file=@FILE']],
  ])('an interrupted curl leaves nothing behind: %s', async (_what, how) => {
    const draft = await makeDraft(harness.admin);
    const authorization = `Authorization: ${token.headers['authorization']}`;
    const args = how.map((arg) => arg.replace('FILE', local.path));
    const child = startCurl(['-H', authorization, '--limit-rate', SLOWLY, ...args, urlOf(draft.id)]);
    await untilReserved(harness);
    await delay(500);
    child.kill('SIGKILL');
    await untilGivenUp(harness);
    await expectNothingLeft(draft.id);
  });

  describe('with an Idempotency-Key', () => {
    const withKey = (key: string, ...args: string[]): string[] => ['-H', `Idempotency-Key: ${key}`, ...args];

    it('the same request again has one effect and the same answer, even after the publish', async () => {
      const draft = await makeDraft(harness.admin);
      const first = await send(draft.id, withKey('one', '-T', local.path));
      const again = await send(draft.id, withKey('one', '-T', local.path));
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(JSON.parse(again.body)).toEqual(JSON.parse(first.body));
      await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
      expect((await send(draft.id, withKey('one', '-F', `file=@${local.path}`))).status).toBe(200);
      const [row] = await harness.database.query<{ total: number }>(
        'SELECT COUNT(*) AS total FROM asset a JOIN revision r ON r.id = a.revision_id WHERE r.downloadable_id = ?',
        [draft.id],
      );
      expect(Number(row?.total)).toBe(1);
    });

    it('other bytes, another name or other labels are refused', async () => {
      const draft = await makeDraft(harness.admin);
      await send(draft.id, withKey('two', '-T', local.path));
      const other = await send(draft.id, withKey('two', '-T', '-'), Buffer.from('other bytes'));
      const labelled = await send(draft.id, withKey('two', '-F', 'platform=linux', '-F', `file=@${local.path}`));
      for (const reply of [other, labelled]) {
        expect(reply.status).toBe(422);
        expect(JSON.parse(reply.body)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      }
    });

    it('a second request while the first one runs is told so; after a failure the key is free', async () => {
      const draft = await makeDraft(harness.admin);
      const authorization = `Authorization: ${token.headers['authorization']}`;
      const child = startCurl(['-H', authorization, ...withKey('three', '--limit-rate', SLOWLY, '-T', local.path), urlOf(draft.id)]);
      await untilReserved(harness);
      const second = await send(draft.id, withKey('three', '-T', local.path));
      expect(JSON.parse(second.body)).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
      child.kill('SIGKILL');
      await untilGivenUp(harness);
      expect((await send(draft.id, withKey('three', '-T', local.path))).status).toBe(201);
    });
  });

  // Last: everybody is signed out by then.
  it('what a crash leaves of a stream is swept an hour later', async () => {
    const draft = await makeDraft(harness.admin);
    const { hostname, port } = new URL(harness.baseUrl);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write(
      `PUT /api/v1/downloadables/${draft.id}/files/a.bin HTTP/1.1\r\nHost: x\r\nAuthorization: ${token.headers['authorization']}\r\nContent-Length: 9000000\r\n\r\nabc`,
    );
    await untilReserved(harness);
    harness.clock.advance({ hours: 2 });
    // The stream is still open, as the one of a process that died would seem to be.
    await harness.app.features.sweeper.sweep();
    await expectNothingLeft(draft.id);
    socket.destroy();
  });
});

const countMoving = async ({ database }: Harness): Promise<number> =>
  Number((await database.query<{ total: number }>(`SELECT COUNT(*) AS total FROM stored_object WHERE state = 'UPLOADING'`))[0]?.total);

async function untilReserved(harness: Harness): Promise<void> {
  while ((await countMoving(harness)) === 0) await delay(10);
}

async function untilGivenUp(harness: Harness): Promise<void> {
  while ((await countMoving(harness)) > 0) await delay(10);
}

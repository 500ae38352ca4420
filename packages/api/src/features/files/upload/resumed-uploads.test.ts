import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeToken } from '../../../testing/make.js';

interface SeenUpload {
  readonly id: string;
  readonly partSize: number;
  readonly partCount: number;
  readonly state: string;
  readonly fingerprint: string | null;
  readonly expiresAt: string;
  readonly uploadedParts: readonly { number: number; size: number }[];
  readonly asset: { id: string; state: string };
}

const UPLOAD = 'id partSize partCount state fingerprint expiresAt uploadedParts { number size } asset { id state }';
const SIZE = 20_000_000;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('unfinished uploads on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
  });
  afterAll(() => harness.close());

  const declare = (input: Record<string, unknown>, client = admin) =>
    client.mutate<{ upload: SeenUpload | null }>('createUpload', { size: SIZE, fileName: 'app.exe', ...input }, `upload { ${UPLOAD} }`);
  const create = async (input: Record<string, unknown>): Promise<SeenUpload> => {
    const { upload, userErrors } = await declare(input);
    if (!upload) throw new Error(JSON.stringify(userErrors));
    return upload;
  };
  const sendPart = async (upload: SeenUpload, number: number, bytes: Buffer): Promise<void> => {
    const { parts } = await admin.run<{ parts: { url: string }[] }>(
      'signUploadParts',
      { uploadId: upload.id, partNumbers: [number] },
      'parts { url }',
    );
    const body = bytes.subarray((number - 1) * upload.partSize, number * upload.partSize);
    expect((await fetch(parts[0]?.url ?? '', { method: 'PUT', body: new Uint8Array(body) })).ok).toBe(true);
  };
  const complete = async (upload: SeenUpload, bytes: Buffer, from = 1): Promise<void> => {
    for (let number = from; number <= upload.partCount; number += 1) await sendPart(upload, number, bytes);
    await admin.run('completeUpload', { uploadId: upload.id }, 'asset { id }');
    await harness.settle();
  };
  const show = async (id: string, client = admin) => {
    const query = `query($id: ID!) { asset(id: $id) { state size failure { code } external upload { ${UPLOAD} } } }`;
    return (
      await client.query<{ asset: { state: string; size: number; external: boolean; upload: SeenUpload | null } | null }>(query, { id })
    ).asset;
  };
  const download = async (assetId: string, fileName = 'app.exe'): Promise<Buffer> => {
    const redirect = await admin.fetch(`/d/${assetId}/${fileName}`);
    return Buffer.from(await (await fetch(redirect.headers.get('location') ?? '')).arrayBuffer());
  };

  it('a browser that comes back finds the upload with the parts that are there, and the same file continues it', async () => {
    const { id } = await makeDraft(admin);
    const bytes = randomBytes(SIZE);
    const begun = await create({ downloadableId: id, fingerprint: 'same-file-1' });
    await sendPart(begun, 1, bytes);
    const found = await show(begun.asset.id);
    expect(found?.upload).toMatchObject({ id: begun.id, fingerprint: 'same-file-1', uploadedParts: [{ number: 1, size: begun.partSize }] });
    const again = await create({ downloadableId: id, fingerprint: 'same-file-1' });
    expect(again).toMatchObject({ id: begun.id, asset: { id: begun.asset.id }, uploadedParts: [{ number: 1 }] });
    await complete(again, bytes, 2);
    expect(await show(begun.asset.id)).toMatchObject({ state: 'READY', size: SIZE, upload: null });
    expect((await download(begun.asset.id)).equals(bytes)).toBe(true);
  });

  it.each([
    ['another fingerprint', { fingerprint: 'other-file' }],
    ['no fingerprint', {}],
    ['another size', { fingerprint: 'first-file', size: SIZE + 1 }],
  ])('%s never continues it: it is refused, or begins anew when it is to replace', async (_what, input) => {
    const { id } = await makeDraft(admin);
    const bytes = randomBytes(SIZE + 1);
    const begun = await create({ downloadableId: id, fingerprint: 'first-file' });
    await sendPart(begun, 1, randomBytes(SIZE));
    const refused = await declare({ downloadableId: id, ...input });
    expect(refused.userErrors).toMatchObject([{ code: 'FILE_NAME_TAKEN', field: 'fileName' }]);
    const fresh = await create({ downloadableId: id, ...input, replace: true });
    expect(fresh).toMatchObject({ uploadedParts: [], asset: { id: begun.asset.id, state: 'UPLOADING' } });
    expect(fresh.id).not.toBe(begun.id);
    const own = bytes.subarray(0, 'size' in input ? SIZE + 1 : SIZE);
    await complete(fresh, own);
    expect((await download(begun.asset.id)).equals(own)).toBe(true);
    expect(await harness.database.query('SELECT id FROM stored_object WHERE id = ?', [begun.id])).toEqual([]);
  });

  it('two tabs that send the same file make one upload, and its bytes stay whole', async () => {
    const { id } = await makeDraft(admin);
    const bytes = randomBytes(SIZE);
    const [one, two] = await Promise.all([1, 2].map(() => create({ downloadableId: id, fingerprint: 'both-tabs' })));
    if (!one || !two) throw new Error('Two uploads were asked for.');
    expect(one.id).toBe(two.id);
    await Promise.all([1, 2, 3].flatMap((number) => [sendPart(one, number, bytes), sendPart(two, number, bytes)]));
    const results = await Promise.all(
      [one, two].map((upload) => admin.mutate('completeUpload', { uploadId: upload.id }, 'asset { state }')),
    );
    expect(results.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await harness.settle();
    expect((await download(one.asset.id)).equals(bytes)).toBe(true);
  });

  it('a READY file is replaced only when the new bytes are READY, and keeps its id', async () => {
    const { id } = await makeDraft(admin);
    const old = await makeFile(harness, id, { fileName: 'app.exe' });
    const bytes = randomBytes(SIZE);
    expect((await declare({ downloadableId: id, fingerprint: 'next-file' })).userErrors).toMatchObject([{ code: 'FILE_NAME_TAKEN' }]);
    const upload = await create({ downloadableId: id, fingerprint: 'next-file', replace: true });
    expect(upload.asset).toEqual({ id: old.id, state: 'READY' });
    await sendPart(upload, 1, bytes);
    expect((await download(old.id)).equals(old.bytes)).toBe(true);
    const publish = await admin.mutate('publishDownloadable', { id });
    expect(publish.userErrors).toMatchObject([{ code: 'ASSET_NOT_READY', message: expect.stringContaining('is being replaced') }]);
    await complete(upload, bytes, 2);
    expect(await show(old.id)).toMatchObject({ state: 'READY', size: SIZE, upload: null });
    expect((await download(old.id)).equals(bytes)).toBe(true);
    const objects = await harness.database.query<{ id: string }>(
      'SELECT o.id FROM stored_object o JOIN asset a ON a.stored_object_id = o.id WHERE a.id = ?',
      [old.id],
    );
    expect(objects).toEqual([{ id: upload.id }]);
  });

  it('a replacement that is cancelled, fails its check or goes stale leaves the file as it was', async () => {
    const { id } = await makeDraft(admin);
    const old = await makeFile(harness, id, { fileName: 'app.exe' });
    const expectOld = async (): Promise<void> => {
      await harness.settle();
      expect((await download(old.id)).equals(old.bytes)).toBe(true);
    };
    const cancelled = await create({ downloadableId: id, replace: true });
    await admin.run('abortUpload', { uploadId: cancelled.id }, 'abortedId');
    await expectOld();
    const broken = await create({ downloadableId: id, replace: true, sha256: '0'.repeat(64) });
    await complete(broken, randomBytes(SIZE));
    expect((await show(old.id))?.upload).toMatchObject({ id: broken.id, state: 'FAILED' });
    await expectOld();
    await admin.run('abortUpload', { uploadId: broken.id }, 'abortedId');
    const stale = await create({ downloadableId: id, replace: true });
    await harness.database.transaction((tx) =>
      tx.execute(`UPDATE stored_object SET expires_at = '2001-01-01 00:00:00.000' WHERE id = ?`, [stale.id]),
    );
    await harness.app.features.sweeper.sweep();
    await expectOld();
    expect((await show(old.id))?.upload).toBeNull();
    expect(await harness.database.query(`SELECT id FROM stored_object WHERE state IN ('DISCARDED', 'ABANDONED')`)).toEqual([]);
  });

  it('a release that waits for its files is published with the replacement, not with what it replaces', async () => {
    const { id, lockVersion } = await makeDraft(admin);
    const old = await makeFile(harness, id, { fileName: 'app.exe' });
    const bytes = randomBytes(SIZE);
    const upload = await create({ downloadableId: id, replace: true });
    await admin.run('updateDownloadable', { id, lockVersion, publish: true }, 'downloadable { status }');
    await complete(upload, bytes);
    const { downloadable } = await admin.query<{ downloadable: { status: string } }>(
      'query($id: ID!) { downloadable(id: $id) { status } }',
      { id },
    );
    expect(downloadable.status).toBe('PUBLISHED');
    expect((await download(old.id)).equals(bytes)).toBe(true);
  });

  it('only those who may write releases see an upload', async () => {
    const { id } = await makeDraft(admin);
    const upload = await create({ downloadableId: id, fingerprint: 'secret-print' });
    const reader = await makeToken(admin, { scopes: ['release:read'] });
    expect(await show(upload.asset.id, reader)).toMatchObject({ state: 'UPLOADING', upload: null });
    expect(await show(upload.asset.id, harness.nobody)).toBeNull();
  });

  it.each(['short', 'with space', 'x'.repeat(101), 'ümlaut-ümlaut'])('the fingerprint %j is refused at its field', async (fingerprint) => {
    const { id } = await makeDraft(admin);
    expect((await declare({ downloadableId: id, fingerprint })).userErrors).toMatchObject([
      { code: 'VALUE_INVALID', field: 'fingerprint' },
    ]);
  });

  it('an upload that moves is kept for 24 hours from its last move', async () => {
    const { id } = await makeDraft(admin);
    const upload = await create({ downloadableId: id, fingerprint: 'slow-file' });
    const begun = Date.parse(upload.expiresAt);
    harness.clock.advance({ seconds: 1_200 });
    await sendPart(upload, 1, randomBytes(SIZE));
    const moved = Date.parse((await show(upload.asset.id))?.upload?.expiresAt ?? '');
    expect(moved - begun).toBeGreaterThanOrEqual(20 * 60_000);
  });
});

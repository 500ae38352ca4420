import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { countStatements } from '../../../testing/count-statements.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeProduct, makeToken } from '../../../testing/make.js';

const RELEASE = 'downloadable { id status publishWhenReady lockVersion assetCount draftRevision { assets { id fileName state } } }';
interface Release {
  readonly id: string;
  readonly status: string;
  readonly publishWhenReady: boolean;
  readonly lockVersion: number;
  readonly draftRevision: { readonly assets: readonly { readonly fileName: string; readonly state: string }[] } | null;
}
const bytesOf = (fileName: string): Buffer => Buffer.from(`bytes of ${fileName}`);
const announced = (...names: readonly string[]) => names.map((fileName) => ({ fileName, size: bytesOf(fileName).length }));

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a release that announces its files on $name', ({ start }) => {
  let harness: Harness;
  let token: Client;
  let slug: string;
  let productId: string;
  let count = 0;

  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write', 'release:publish'] });
    productId = (await makeProduct(harness.admin)).id;
    slug = (await harness.admin.query<{ product: { slug: string } }>('query($id: ID!) { product(id: $id) { slug } }', { id: productId }))
      .product.slug;
  });
  afterAll(() => harness.close());

  const create = async (input: object, client = token): Promise<Release> => {
    const version = `1.${(count += 1)}`;
    const given = { productSlug: slug, version, publish: true, ...input };
    return (await client.run<{ downloadable: Release }>('createDownloadable', given, RELEASE)).downloadable;
  };
  const show = async (id: string): Promise<Release> =>
    (
      await harness.admin.query<{ downloadable: Release }>(
        `query($id: ID!) { ${RELEASE.replace('downloadable', 'downloadable(id: $id)')} }`,
        { id },
      )
    ).downloadable;
  const put = (id: string, fileName: string) =>
    token.fetch(`/api/v1/downloadables/${id}/files/${fileName}`, { method: 'PUT', body: bytesOf(fileName) });
  const openUpload = (downloadableId: string, file: object) =>
    token.mutate<{ upload: { id: string } }>('createUpload', { downloadableId, ...file }, 'upload { id }');
  const send = async (uploadId: string, fileName: string): Promise<void> => {
    const { parts } = await token.run<{ parts: { url: string }[] }>('signUploadParts', { uploadId, partNumbers: [1] }, 'parts { url }');
    expect((await fetch(parts[0]?.url ?? '', { method: 'PUT', body: bytesOf(fileName) })).status).toBe(200);
    await token.run('completeUpload', { uploadId }, 'asset { id }');
    await harness.settle();
  };

  it('publishes itself when the last of them is there, whichever way they come', async () => {
    const { id, publishWhenReady, draftRevision } = await create({ files: announced('a.exe', 'b.dmg', 'c.deb') });
    expect({ publishWhenReady, draftRevision }).toMatchObject({
      publishWhenReady: true,
      draftRevision: { assets: [{ fileName: 'a.exe', state: 'UPLOADING' }, { fileName: 'b.dmg' }, { fileName: 'c.deb' }] },
    });
    expect((await put(id, 'a.exe')).status).toBe(200);
    const { upload } = await openUpload(id, announced('b.dmg')[0] ?? {});
    await send(String(upload?.id), 'b.dmg');
    expect(await show(id)).toMatchObject({ status: 'DRAFT', publishWhenReady: true });
    expect((await put(id, 'c.deb')).status).toBe(200);
    await harness.settle();
    expect(await show(id)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('waits no more once a declared file is given up: it would go out without it', async () => {
    for (const giveUp of ['abort', 'replace'] as const) {
      const { id } = await create({ files: announced('a.exe', 'b.dmg') });
      const { upload } = await openUpload(id, announced('b.dmg')[0] ?? {});
      if (giveUp === 'abort') await token.run('abortUpload', { uploadId: upload?.id }, 'abortedId');
      else
        await token.run(
          'createUpload',
          { downloadableId: id, ...announced('b.dmg')[0], fingerprint: 'another-file', replace: true },
          'upload { id }',
        );
      expect((await put(id, 'a.exe')).status).toBe(200);
      await harness.settle();
      // A file in place of another is still to come; one that was given up is not.
      expect(await show(id), giveUp).toMatchObject({ status: 'DRAFT', publishWhenReady: giveUp === 'replace' });
    }
  });

  it('gives an announced file to the first who sends it, and to no second one of the same size', async () => {
    const { id } = await create({ files: announced('a.exe') });
    const file = announced('a.exe')[0] ?? {};
    const sent = await Promise.all(['sender-1', 'sender-2'].map((fingerprint) => openUpload(id, { ...file, fingerprint })));
    expect(sent.map(({ userErrors }) => userErrors[0]?.code ?? 'OPENED').sort()).toEqual(['FILE_NAME_TAKEN', 'OPENED']);
    const first = sent.find(({ userErrors }) => userErrors.length === 0);
    await send(String(first?.upload?.id), 'a.exe');
    expect(await show(id)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('refuses a file of another size or digest than was announced', async () => {
    const { id } = await create({ files: [{ ...announced('a.exe')[0], sha256: 'a'.repeat(64) }] });
    for (const file of [
      { fileName: 'a.exe', size: 3 },
      { ...announced('a.exe')[0], sha256: 'b'.repeat(64) },
    ])
      expect((await openUpload(id, file)).userErrors).toMatchObject([{ code: 'FILE_NAME_TAKEN' }]);
  });

  it('two senders without a fingerprint never share an upload, announced or not', async () => {
    const announcing = await create({ files: announced('a.exe') });
    const plain = await create({ publish: false });
    for (const { id } of [announcing, plain]) {
      const sent = await Promise.all([1, 2, 3].map(() => openUpload(id, announced('a.exe')[0] ?? {})));
      expect(sent.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    }
  });

  it('takes nothing else by PUT than what was announced, and goes on waiting', async () => {
    const sha256 = createHash('sha256').update(bytesOf('a.exe')).digest('hex');
    const { id } = await create({ files: [{ ...announced('a.exe')[0], sha256 }] });
    for (const body of ['evil', 'x'.repeat(bytesOf('a.exe').length)]) {
      const response = await token.fetch(`/api/v1/downloadables/${id}/files/a.exe`, { method: 'PUT', body });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([422, expect.stringMatching(/MISMATCH/)]);
    }
    expect(await show(id)).toMatchObject({ status: 'DRAFT', publishWhenReady: true });
    expect((await put(id, 'a.exe')).status).toBe(200);
    expect(await show(id)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('may announce a file again, but not twice in one list', async () => {
    const { id, lockVersion } = await create({ files: announced('a.exe') });
    await token.run('updateDownloadable', { id, lockVersion, files: announced('a.exe') }, 'downloadable { id }');
    const twice = await token.mutate('updateDownloadable', { id, lockVersion: lockVersion + 1, files: announced('b.exe', 'b.exe') });
    expect(twice.userErrors).toMatchObject([{ code: 'FILE_NAME_TAKEN', field: 'files.1.fileName' }]);
    expect((await openUpload(id, announced('a.exe')[0] ?? {})).userErrors).toEqual([]);
  });

  it('takes as many statements for many files as for a few, a batch of them aside', async () => {
    const many = announced(...Array.from({ length: 120 }, (_, index) => `file-${index}.bin`));
    const count = (files: object[]): Promise<number> => countStatements(harness.database, () => create({ files }), harness.database.writer);
    const few = await count(many.slice(0, 2));
    expect((await count(many)) - few).toBeLessThanOrEqual(4);
  });

  it('stays a draft when a file never comes, and tells of each in the history, and on the page of what waited for it why that is not published', async () => {
    const why = 'not sent within 24 hours, so this release did not publish itself: send what is missing, or publish without it.';
    const cases = [
      { names: ['a.exe'], publish: true, failure: `a.exe was ${why}` },
      { names: ['a.exe', 'b.exe', 'c.exe'], publish: true, failure: `Files named in the history were ${why}` },
      { names: ['a.exe', 'b.exe'], publish: false, failure: null },
    ];
    const made: string[] = [];
    for (const { names, publish } of cases) made.push((await create({ publish, files: announced(...names) })).id);
    const waiting = await create({ files: announced('a.exe', 'never.dmg') });
    expect((await put(waiting.id, 'a.exe')).status).toBe(200);
    harness.clock.advance({ hours: 25 });
    await harness.app.features.sweeper.sweep();
    await harness.settle();
    const rows = await harness.database.query('SELECT status, publish_when_ready, asset_count FROM downloadable WHERE id = ?', [
      waiting.id,
    ]);
    expect(rows).toEqual([{ status: 'DRAFT', publish_when_ready: 0, asset_count: 1 }]);
    for (const [index, id] of made.entries()) {
      const shown = await harness.database.query('SELECT schedule_failure AS failure FROM downloadable WHERE id = ?', [id]);
      const events = await harness.database.query<{ before_json: string }>(
        `SELECT before_json FROM audit_event WHERE subject_id = ? AND action = 'asset.expire' ORDER BY id`,
        [id],
      );
      expect(shown).toEqual([{ failure: cases[index]?.failure }]);
      const told = events.map(({ before_json }) => (JSON.parse(before_json) as { fileName: string }).fileName); // as the sweeper writes it
      expect(told.sort()).toEqual(cases[index]?.names);
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeProduct, makePublished } from '../../testing/make.js';
import { makeShareLink } from '../../testing/make-share-link.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what a share link opens on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const open = async (token: string): Promise<unknown> =>
    (
      await harness.nobody.query<{ sharedRelease: unknown }>(
        'query($token: String!) { sharedRelease(token: $token) { channel version access { code } content { draft } } }',
        { token },
      )
    ).sharedRelease;
  const get = (token: string, fileName: string) => harness.nobody.fetch(`/s/${token}/${fileName}`);
  const bytesOf = async (response: Response): Promise<Buffer> =>
    Buffer.from(await (await fetch(response.headers.get('location') ?? '')).arrayBuffer());
  const draftWithFile = async (input: Record<string, unknown>) => {
    const draft = await makeDraft(harness.admin, input);
    return { ...draft, file: await makeFile(harness, draft.id, { fileName: 'app.exe' }) };
  };

  it('a link of a channel opens its newest draft by version, scheduled ones too, and never what is published', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { id, token } = await makeShareLink(harness.admin, { productId, channel: 'beta' });
    expect(await open(token)).toMatchObject({ channel: 'beta', version: null, content: null, access: { code: 'NOT_FOUND' } });
    await makePublished(harness, { productId, version: '3.0-beta.1' });
    expect(await open(token)).toMatchObject({ version: null, access: { code: 'NOT_FOUND' } });
    const file = (await draftWithFile({ productId, version: '2.10-beta.1' })).file;
    await draftWithFile({ productId, version: '2.9-beta.1' });
    await draftWithFile({ productId, version: '9.0-rc.1' });
    expect(await open(token)).toMatchObject({ version: '2.10-beta.1', content: { draft: true } });
    expect(await bytesOf(await get(token, 'app.exe'))).toEqual(file.bytes);
    const next = await draftWithFile({ productId, version: '2.11-beta.1' });
    const publishAt = new Date(harness.clock.now().getTime() + 3_600_000).toISOString();
    await harness.admin.run('publishDownloadable', { id: next.id, publishAt }, 'downloadable { id }');
    expect(await open(token)).toMatchObject({ version: '2.11-beta.1', content: { draft: true } });
    expect(await bytesOf(await get(token, 'app.exe'))).toEqual(next.file.bytes);
    const { shareLink } = await harness.admin.query<{ shareLink: object }>(
      'query($id: ID!) { shareLink(id: $id) { uses { nodes { version } } } }',
      { id },
    );
    expect(shareLink).toEqual({ uses: { nodes: [{ version: '2.11-beta.1' }, { version: '2.10-beta.1' }] } });
  });

  it('a link of a release opens its open revision while there is one, else what is published', async () => {
    const release = await makePublished(harness);
    const { token } = await makeShareLink(harness.admin, { downloadableId: release.id });
    expect(await open(token)).toMatchObject({ content: { draft: false } });
    await harness.admin.run('reviseDownloadable', { id: release.id }, 'downloadable { id }');
    const added = await makeFile(harness, release.id, { fileName: 'added.exe' });
    expect(await open(token)).toMatchObject({ content: { draft: true } });
    expect(await bytesOf(await get(token, 'added.exe'))).toEqual(added.bytes);
    expect(await bytesOf(await get(token, release.file.fileName))).toEqual(release.file.bytes);
    await harness.admin.run('discardRevision', { id: release.id }, 'downloadable { id }');
    expect((await get(token, 'added.exe')).status).toBe(404);
  });
});

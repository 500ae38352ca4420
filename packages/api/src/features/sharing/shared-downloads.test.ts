import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeProduct, makePublished, makeToken } from '../../testing/make.js';
import { LINK_FIELDS, makeShareLink, type SeenLink } from '../../testing/make-share-link.js';
import { judgedFirst } from '../../testing/promises/judged-first.js';

const SHARED = `productName channel version downloadsLeft access { allowed code message }
  content { name channel draft changelogHtml files { fileName state size sha256 external downloadUrl } }`;

interface Shared {
  readonly version: string | null;
  readonly downloadsLeft: number | null;
  readonly access: { readonly allowed: boolean; readonly code: string; readonly message: string };
  readonly content: { readonly draft: boolean; readonly files: readonly { fileName: string; downloadUrl: string }[] } | null;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('downloads by a share link on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const open = async (token: string, client: Client = harness.nobody): Promise<Shared | null> =>
    (
      await client.query<{ sharedRelease: Shared | null }>(`query($token: String!) { sharedRelease(token: $token) { ${SHARED} } }`, {
        token,
      })
    ).sharedRelease;
  const get = (token: string, fileName: string, init: RequestInit = {}) => harness.nobody.fetch(`/s/${token}/${fileName}`, init);
  const seen = async (id: string): Promise<SeenLink | null> =>
    (await harness.admin.query<{ shareLink: SeenLink | null }>(`query($id: ID!) { shareLink(id: $id) { ${LINK_FIELDS} } }`, { id }))
      .shareLink;
  const draftWithFile = async (input: Record<string, unknown> = {}, fileName = 'app-windows-x64.exe') => {
    const draft = await makeDraft(harness.admin, input);
    return { ...draft, file: await makeFile(harness, draft.id, { fileName }) };
  };
  const bytesOf = async (response: Response): Promise<Buffer> =>
    Buffer.from(await (await fetch(response.headers.get('location') ?? '')).arrayBuffer());
  const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code: string }).code;

  it('a draft of a closed product is shown and downloaded by its bytes, without an account', async () => {
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'CLOSED' });
    const draft = await draftWithFile({ productId, name: 'Northern lights', changelog: '**Bold** <img src=x onerror=alert(1)>' });
    const { id, url, token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads: 5 });
    const shared = await open(token);
    expect(shared).toMatchObject({
      version: draft.version,
      channel: null,
      downloadsLeft: 5,
      access: { allowed: true, code: 'ALLOWED' },
      content: {
        name: 'Northern lights',
        draft: true,
        changelogHtml: '<p><strong>Bold</strong> </p>\n',
        files: [{ fileName: draft.file.fileName, state: 'READY', external: false, downloadUrl: `${url}/${draft.file.fileName}` }],
      },
    });
    const response = await fetch(shared?.content?.files[0]?.downloadUrl ?? '', { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-disposition': `attachment; filename="${draft.file.fileName}"`,
    });
    expect(await bytesOf(response)).toEqual(draft.file.bytes);
    const events = await harness.database.query('SELECT source, license_id, user_id, is_counted FROM download_event WHERE asset_id = ?', [
      draft.file.id,
    ]);
    expect(events).toEqual([{ source: 'SHARE_LINK', license_id: null, user_id: null, is_counted: 0 }]);
    expect(await seen(id)).toMatchObject({
      downloadsUsed: 1,
      lastUsedAt: expect.any(String),
      uses: { totalCount: 1, nodes: [{ version: draft.version, fileName: draft.file.fileName, counted: true }] },
    });
  });

  it('a visitor’s first GET of a file counts, ranges, HEAD and refusals do not; at the limit the link says so and still shows its notes', async () => {
    const draft = await draftWithFile();
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads: 2 });
    const name = draft.file.fileName;
    for (let count = 0; count < 3; count += 1) expect((await get(token, name, { method: 'HEAD' })).status).toBe(200);
    expect((await get(token, 'other.exe')).status).toBe(404);
    expect((await get(token, name)).status).toBe(302);
    expect((await get(token, name, { headers: { range: 'bytes=5-' } })).status).toBe(302);
    expect((await seen(id))?.downloadsUsed).toBe(1);
    expect((await get(token, name, { headers: { 'user-agent': 'another' } })).status).toBe(302);
    const refused = await get(token, name, { headers: { 'user-agent': 'a third' } });
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 403,
      body: { code: 'SHARE_LINK_LIMIT', params: { limit: 2 }, remedy: 'CONTACT_VENDOR' },
    });
    expect((await get(token, name, { method: 'HEAD', headers: { 'user-agent': 'a third' } })).status).toBe(403);
    expect(await open(token)).toMatchObject({ downloadsLeft: 0, access: { code: 'SHARE_LINK_LIMIT' }, content: { draft: true } });
    expect(await seen(id)).toMatchObject({ state: 'USED_UP', downloadsUsed: 2, uses: { totalCount: 2 } });
  });

  it('of many that want the last download at once exactly one gets it', async () => {
    const draft = await draftWithFile();
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads: 3 });
    const replies = await judgedFirst(harness, { judge: 'decideShared', count: 20 }, () =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) => get(token, draft.file.fileName, { headers: { 'user-agent': `visitor ${index}` } })),
      ),
    );
    expect(replies.map((reply) => reply.status).sort((one, other) => one - other)).toEqual([...Array(3).fill(302), ...Array(17).fill(403)]);
    expect(await seen(id)).toMatchObject({ downloadsUsed: 3, uses: { totalCount: 3 } });
  });

  it('a signature comes with its file: it is recorded, takes no download, and is served when all are used', async () => {
    const draft = await draftWithFile();
    const signature = await makeFile(harness, draft.id, { fileName: `${draft.file.fileName}.sig` });
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads: 1 });
    expect((await get(token, draft.file.fileName)).status).toBe(302);
    expect((await get(token, signature.fileName)).status).toBe(302);
    expect(await seen(id)).toMatchObject({ downloadsUsed: 1, uses: { nodes: [{ counted: false }, { counted: true }] } });
  });

  it('a revoked link acts on the very next request, and looks exactly like an unknown one', async () => {
    const draft = await draftWithFile();
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    expect((await get(token, draft.file.fileName)).status).toBe(302);
    await harness.admin.run('revokeShareLink', { id }, 'shareLink { id }');
    const strip = (text: string): string => text.replaceAll(/[0-9a-f-]{36}/g, 'REQUEST');
    for (const path of ['', `/${draft.file.fileName}`, '/other.exe']) {
      const [revoked, unknown] = [
        await harness.nobody.fetch(`/s/${token}${path}`),
        await harness.nobody.fetch(`/s/${'A'.repeat(43)}${path}`),
      ];
      expect([revoked.status, unknown.status]).toEqual([404, 404]);
      expect(strip(await revoked.text())).toBe(strip(await unknown.text()));
    }
    expect(await open(token)).toBeNull();
  });

  it('an expired link names the day, for every file name alike, and shows nothing of the release', async () => {
    const draft = await draftWithFile();
    const expiresAt = new Date(harness.clock.now().getTime() + 60_000).toISOString();
    const { token } = await makeShareLink(harness.admin, { downloadableId: draft.id, expiresAt });
    harness.clock.advance({ seconds: 60 });
    for (const name of [draft.file.fileName, 'other.exe']) {
      const refused = await get(token, name);
      expect({ status: refused.status, code: await codeOf(refused) }).toEqual({ status: 403, code: 'SHARE_LINK_EXPIRED' });
    }
    const shared = await open(token);
    expect(shared).toMatchObject({ content: null, access: { code: 'SHARE_LINK_EXPIRED' } });
    expect(shared?.access.message).toContain(expiresAt.slice(0, 10));
  });

  it('a withdrawn release answers 410 with its reason, and no new link is made for it', async () => {
    const release = await makePublished(harness);
    const { token } = await makeShareLink(harness.admin, { downloadableId: release.id });
    await harness.admin.run('withdrawDownloadable', { id: release.id, reason: 'Loses files.' }, 'downloadable { id }');
    const refused = await get(token, release.file.fileName);
    expect({ status: refused.status, code: await codeOf(refused) }).toEqual({ status: 410, code: 'RELEASE_WITHDRAWN' });
    expect((await harness.nobody.fetch(`/s/${token}`)).status).toBe(410);
    expect(await open(token)).toMatchObject({
      version: release.version,
      content: null,
      access: { message: expect.stringContaining('Loses files') },
    });
    const { userErrors } = await harness.admin.mutate('createShareLink', { downloadableId: release.id });
    expect(userErrors).toMatchObject([{ code: 'RELEASE_WITHDRAWN', field: 'downloadableId' }]);
  });

  it('after the release is deleted there is nothing, and the log still tells what was downloaded', async () => {
    const draft = await draftWithFile();
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    await get(token, draft.file.fileName);
    await harness.admin.run('deleteDownloadable', { id: draft.id, confirmVersion: draft.version }, 'deletedId');
    expect((await get(token, draft.file.fileName)).status).toBe(404);
    expect(await open(token)).toMatchObject({ version: null, content: null, access: { code: 'NOT_FOUND' } });
    expect(await seen(id)).toMatchObject({
      downloadable: null,
      uses: { nodes: [{ version: draft.version, fileName: draft.file.fileName }] },
    });
  });

  it('a file that is not READY is refused without being counted', async () => {
    const draft = await makeDraft(harness.admin);
    await harness.admin.run('createUpload', { downloadableId: draft.id, fileName: 'late.exe', size: 10 }, 'upload { id }');
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    const refused = await get(token, 'late.exe');
    expect({ status: refused.status, code: await codeOf(refused) }).toEqual({ status: 403, code: 'ASSET_NOT_READY' });
    expect(await open(token)).toMatchObject({ content: { files: [{ fileName: 'late.exe', state: 'UPLOADING', sha256: null }] } });
    expect((await seen(id))?.downloadsUsed).toBe(0);
  });

  it('an external file is redirected to after the same decision, and its address is told to nobody else', async () => {
    const draft = await makeDraft(harness.admin);
    const location = 'https://downloads.vendor.example/app.zip';
    await harness.admin.run('addExternalAsset', { downloadableId: draft.id, fileName: 'app.zip', url: location, size: 5 }, 'asset { id }');
    const { token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads: 1 });
    expect(JSON.stringify(await open(token))).not.toContain(location);
    expect((await get(token, 'app.zip', { method: 'HEAD' })).headers.get('location')).toBeNull();
    expect((await get(token, 'app.zip')).headers.get('location')).toBe(location);
    expect((await get(token, 'app.zip', { headers: { 'user-agent': 'another' } })).status).toBe(403);
  });

  it('programs read the link as JSON, and a browser whose file is refused is sent to the page that explains', async () => {
    const draft = await draftWithFile();
    const { url, token } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    expect(await (await harness.nobody.fetch(`/s/${token}`)).json()).toMatchObject({
      version: draft.version,
      draft: true,
      files: [{ fileName: draft.file.fileName, size: draft.file.bytes.length, url: `${url}/${draft.file.fileName}` }],
    });
    const browser = await get(token, 'gone.exe', { headers: { accept: 'text/html,*/*' } });
    expect([browser.status, browser.headers.get('location')]).toEqual([303, `/s/${token}?code=NOT_FOUND&file=gone.exe`]);
  });

  it('whoever opens it is asked for nothing else: a session, a bad token or a key changes nothing', async () => {
    const draft = await draftWithFile();
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    const reader = await makeToken(harness.admin, { scopes: ['release:read'] });
    await harness.admin.run('revokeApiToken', { id: reader.tokenId }, 'apiToken { id }');
    for (const [index, client] of [harness.admin, harness.nobody, reader].entries()) {
      const headers = { 'user-agent': `visitor ${index}` };
      expect((await client.fetch(`/s/${token}/${draft.file.fileName}`, { headers })).status).toBe(302);
    }
    expect(await seen(id)).toMatchObject({ downloadsUsed: 3 });
  });

  it('a token that is none of ours finds nothing, and is no fault', async () => {
    for (const token of ['', 'x', 'A'.repeat(42), 'A'.repeat(44), '%00', '%E0%A4%A', '..%2f..%2fetc', "';--", 'x'.repeat(5_000)]) {
      for (const path of [`/s/${token}`, `/s/${token}/app.exe`])
        expect([400, 404, 414]).toContain((await harness.nobody.fetch(path)).status);
      if (token.length <= LIMITS.argumentText.most) expect(await open(token)).toBeNull();
      else await expect(open(token)).rejects.toThrow('Argument token is too long');
    }
  });
});

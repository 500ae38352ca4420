import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeToken, type Made } from '../../../testing/make.js';

const LOCATION = 'https://downloads.vendor.example/app/setup-x64.exe?build=7';
const SHA256 = 'A'.repeat(64);

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('external files on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const add = (downloadableId: string, input: Record<string, unknown> = {}) =>
    harness.admin.mutate<{ asset: (Made & Record<string, unknown>) | null }>(
      'addExternalAsset',
      { downloadableId, fileName: 'setup-windows-x64.exe', url: LOCATION, size: 123_456_789, sha256: SHA256, ...input },
      'asset { id fileName type platform architecture size sha256 sha512 state external externalUrl downloadUrl upload { id } }',
    );
  const added = async (downloadableId: string, input: Record<string, unknown> = {}): Promise<Made> => {
    const { asset, userErrors } = await add(downloadableId, input);
    if (!asset) throw new Error(JSON.stringify(userErrors));
    return asset;
  };
  const publish = (id: string) => harness.admin.run('publishDownloadable', { id }, 'downloadable { status }');
  const permalink = (id: string): string => `/d/${id}/setup-windows-x64.exe`;

  it('one is READY at once, with the vendor’s size and SHA-256, and not verified', async () => {
    const draft = await makeDraft(harness.admin);
    const { asset, userErrors } = await add(draft.id);
    expect(userErrors).toEqual([]);
    expect(asset).toMatchObject({
      type: 'INSTALLER',
      platform: 'WINDOWS',
      architecture: 'X64',
      size: 123_456_789,
      sha256: SHA256.toLowerCase(),
      sha512: null,
      state: 'READY',
      external: true,
      externalUrl: LOCATION,
      upload: null,
    });
  });

  it('its permalink checks the license, records and counts the download, then redirects to the URL', async () => {
    const draft = await makeDraft(harness.admin);
    const { id } = await added(draft.id);
    await publish(draft.id);
    expect((await harness.nobody.fetch(permalink(id))).status).toBe(401);
    const { client, id: licenseId } = await makeLicense(harness, { productId: draft.productId, maxDownloads: 1 });
    const head = await client.fetch(permalink(id), { method: 'HEAD' });
    const get = await client.fetch(permalink(id));
    expect({ status: get.status, location: get.headers.get('location') }).toEqual({ status: 302, location: LOCATION });
    // Its own address would be fetched uncounted.
    expect({ status: head.status, location: head.headers.get('location') }).toEqual({ status: 200, location: null });
    for (const reply of [head, get]) expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
    const events = await harness.database.query('SELECT license_id, is_counted FROM download_event WHERE asset_id = ?', [id]);
    expect(events).toEqual([{ license_id: licenseId, is_counted: 1 }]);
    const { download } = await client.run<{ download: object }>('createDownload', { assetId: id }, 'download { url fileName size sha256 }');
    expect(download).toEqual({ url: LOCATION, fileName: 'setup-windows-x64.exe', size: 123_456_789, sha256: SHA256.toLowerCase() });
  });

  it('customers never see the URL in the API, staff do', async () => {
    const draft = await makeDraft(harness.admin);
    const { id } = await added(draft.id);
    await publish(draft.id);
    const query = 'query($id: ID!) { asset(id: $id) { external externalUrl } }';
    const { client } = await makeLicense(harness, { productId: draft.productId });
    expect(await client.query(query, { id })).toEqual({ asset: { external: true, externalUrl: null } });
    const reader = await makeToken(harness.admin, { scopes: ['release:read'] });
    expect(await reader.query(query, { id })).toEqual({ asset: { external: true, externalUrl: LOCATION } });
  });

  it.each([
    ['http', { url: 'http://downloads.vendor.example/a.exe' }, 'URL_INVALID', 'url'],
    ['a user name', { url: 'https://me@downloads.vendor.example/a.exe' }, 'URL_INVALID', 'url'],
    ['a password', { url: 'https://me:secret@downloads.vendor.example/a.exe' }, 'URL_INVALID', 'url'],
    ['a script', { url: 'javascript:alert(1)' }, 'URL_INVALID', 'url'],
    ['a line break', { url: 'https://downloads.vendor.example/a\r\nSet-Cookie: x=1' }, 'URL_INVALID', 'url'],
    ['an impossible port', { url: 'https://downloads.vendor.example:70000/a.exe' }, 'URL_INVALID', 'url'],
    ['a bad name', { fileName: 'my setup.exe' }, 'FILE_NAME_INVALID', 'fileName'],
    ['no bytes', { size: 0 }, 'FILE_EMPTY', 'size'],
    ['a short SHA-256', { sha256: 'abc' }, 'CHECKSUM_INVALID', 'sha256'],
  ])('%s is refused at its field with what to do', async (_what, input, code, field) => {
    const draft = await makeDraft(harness.admin);
    const { userErrors } = await add(draft.id, input);
    expect(userErrors).toMatchObject([{ code, field, message: expect.stringMatching(/[.!]$/) }]);
  });

  it('names are unique among all files of a release, and the same key adds one file', async () => {
    const draft = await makeDraft(harness.admin);
    await makeFile(harness, draft.id, { fileName: 'Setup-windows-x64.exe' });
    expect((await add(draft.id)).userErrors).toMatchObject([{ code: 'FILE_NAME_TAKEN', field: 'fileName' }]);
    const other = { fileName: 'other.exe', idempotencyKey: `key of ${draft.id}` };
    expect((await added(draft.id, other)).id).toBe((await added(draft.id, other)).id);
    expect((await add(draft.id, { ...other, size: 1 })).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('one can be relabelled, removed and replaced by bytes while in a draft; objects and sweeps are none of its business', async () => {
    const draft = await makeDraft(harness.admin);
    const { id } = await added(draft.id);
    const { asset } = await harness.admin.run<{ asset: object }>('updateAsset', { id, platform: 'LINUX' }, 'asset { platform external }');
    expect(asset).toEqual({ platform: 'LINUX', external: true });
    await harness.app.features.sweeper.sweep();
    const put = await (
      await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] })
    ).fetch(`/api/v1/downloadables/${draft.id}/files/setup-windows-x64.exe`, { method: 'PUT', body: 'bytes of our own' });
    expect(put.status).toBe(200);
    expect(await put.json()).toMatchObject({ id, size: 16, platform: 'LINUX' });
    const query = 'query($id: ID!) { asset(id: $id) { external externalUrl sha512 } }';
    expect(await harness.admin.query(query, { id })).toMatchObject({
      asset: { external: false, externalUrl: null, sha512: expect.any(String) },
    });
    await harness.admin.run('removeAsset', { id }, 'removedId');
    const again = await added(draft.id);
    await harness.admin.run('removeAsset', { id: again.id }, 'removedId');
    expect(await harness.admin.query(query, { id: again.id })).toEqual({ asset: null });
  });

  it('a release that waits for its files is published by it', async () => {
    const draft = await makeDraft(harness.admin, { publish: true });
    await added(draft.id);
    const { downloadable } = await harness.admin.query<{ downloadable: object }>(
      'query($id: ID!) { downloadable(id: $id) { status assetCount platforms } }',
      { id: draft.id },
    );
    expect(downloadable).toEqual({ status: 'PUBLISHED', assetCount: 1, platforms: ['WINDOWS'] });
  });

  it('the URL is never fetched by the server', async () => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo; // it listens on TCP
    const draft = await makeDraft(harness.admin);
    const { id } = await added(draft.id, { url: `https://127.0.0.1:${port}/a.exe` });
    await publish(draft.id);
    const { client } = await makeLicense(harness, { productId: draft.productId });
    await client.fetch(permalink(id));
    await client.fetch(permalink(id), { method: 'HEAD' });
    await client.run('createDownload', { assetId: id }, 'download { url }');
    await harness.settle();
    await harness.app.features.sweeper.sweep();
    listener.close();
    expect(connections).toBe(0);
  });
});

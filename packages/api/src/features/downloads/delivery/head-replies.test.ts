import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';
import { makeShareLink } from '../../../testing/make-share-link.js';
import { plainRequest } from '../../../testing/plain-request.js';

const LOCATION = 'https://downloads.vendor.example/files/setup-windows-x64.exe';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('HEAD on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const head = (path: string, headers: Record<string, string> = {}) =>
    plainRequest(path.startsWith('http') ? path : harness.baseUrl + path, { method: 'HEAD', headers });
  const usesOf = async (assetId: string): Promise<number> =>
    (await harness.database.query('SELECT id FROM download_event WHERE asset_id = ?', [assetId])).length;

  it('of every link answers by itself what GET leads to, and the GET that follows is served', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { file, id } = await makePublished(harness, { productId });
    const { client } = await makeLicense(harness, { productId, maxDownloads: 1 });
    const { url } = await makeShareLink(harness.admin, { downloadableId: id });
    for (const path of [`/d/${file.id}/${file.fileName}`, `${url}/${file.fileName}`]) {
      const asked = await head(path, client.headers);
      const [get, used] = [
        await fetch(path.startsWith('http') ? path : harness.baseUrl + path, { headers: client.headers }),
        await usesOf(file.id),
      ];
      expect(asked).toMatchObject({
        status: 200,
        headers: {
          'content-length': String(file.bytes.length),
          'content-type': get.headers.get('content-type'),
          'content-disposition': get.headers.get('content-disposition'),
          'accept-ranges': 'bytes',
          'repr-digest': `sha-256=:${createHash('sha256').update(file.bytes).digest('base64')}:`,
          'cache-control': 'no-store',
        },
      });
      expect(asked.headers.etag ?? asked.headers.location).toBeUndefined();
      expect(Buffer.from(await get.arrayBuffer())).toEqual(file.bytes);
      await head(path, client.headers);
      expect(await usesOf(file.id)).toBe(used);
    }
  });

  it('of an external file tells the declared size, no ranges, and no address that could be fetched uncounted', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const draft = await makeDraft(harness.admin, { productId });
    const input = { downloadableId: draft.id, fileName: 'setup-windows-x64.exe', url: LOCATION, size: 12_345 };
    const { asset } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', input, 'asset { id }');
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    const { client } = await makeLicense(harness, { productId });
    const asked = await head(`/d/${asset.id}/setup-windows-x64.exe`, client.headers);
    expect(asked).toMatchObject({ status: 200, headers: { 'content-length': '12345' } });
    for (const name of ['location', 'accept-ranges', 'repr-digest', 'etag']) expect(asked.headers[name], name).toBeUndefined();
    expect(await usesOf(asset.id)).toBe(0);
  });

  it('is refused wherever GET is, in the same way', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { file } = await makePublished(harness, { productId });
    const draft = await makeDraft(harness.admin, { productId });
    const hidden = await makeFile(harness, draft.id);
    const expired = await makeLicense(harness, { productId, expiresAt: new Date(Date.now() - 86_400_000).toISOString() });
    const path = `/d/${file.id}/${file.fileName}`;
    for (const [asked, headers] of [
      [path, {}],
      [path, expired.client.headers],
      [path, { authorization: 'License UNKNOWN-KEY' }],
      [path, { authorization: 'Bearer slipway_unknown' }],
      [path, { authorization: 'Digest x' }],
      [`/d/${file.id}/another.exe`, {}],
      [`/d/${hidden.id}/${hidden.fileName}`, expired.client.headers],
    ] as const) {
      const get = await plainRequest(harness.baseUrl + asked, { headers });
      const same = ['content-type', 'content-length', 'cache-control', 'www-authenticate'];
      const shown = (of: typeof get) => ({ status: of.status, headers: same.map((name) => of.headers[name]) });
      expect(shown(await head(asked, headers)), JSON.stringify(headers)).toEqual(shown(get));
      expect(get.status).toBeGreaterThanOrEqual(400);
    }
  });
});

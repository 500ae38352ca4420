import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeProduct, makePublished } from '../../../testing/make.js';
import { makeShareLink } from '../../../testing/make-share-link.js';

const BROWSER = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a file that the store has lost, on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const keyOf = async (assetId: string): Promise<string> => {
    const [row] = await harness.database.query<{ object_key: string }>(
      'SELECT o.object_key FROM asset a JOIN stored_object o ON o.id = a.stored_object_id WHERE a.id = ?',
      [assetId],
    );
    return row?.object_key ?? '';
  };
  const openProduct = async () => ({ productId: (await makeProduct(harness.admin, { distribution: 'OPEN' })).id });
  const putBack = async (objectKey: string, bytes: Buffer): Promise<void> => {
    const upload = { objectKey, uploadId: await harness.store.createUpload(objectKey) };
    await harness.store.completeUpload(upload, [await harness.store.putPart(upload, 1, bytes)]);
  };

  it('is noticed after the first download that meets it, told as FILE_MISSING from then on, and healed when it is back', async () => {
    const { id, productId, file } = await makePublished(harness, await openProduct());
    const path = `/d/${file.id}/${file.fileName}`;
    const objectKey = await keyOf(file.id);
    await harness.store.delete(objectKey);
    expect((await harness.nobody.fetch(path)).status, 'nobody waits for the store').toBe(302);
    await harness.app.features.presence.settle();
    const refused = await harness.nobody.fetch(path);
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'FILE_MISSING', requestId: expect.any(String) }),
    ]);
    expect((await harness.nobody.fetch(path, { method: 'HEAD' })).status).toBe(503);
    const page = await harness.nobody.fetch(path, { headers: BROWSER });
    expect([page.status, page.headers.get('location')]).toEqual([303, `/portal/refused?code=FILE_MISSING&asset=${file.id}`]);
    const asked = await harness.nobody.graphql('mutation($i: CreateDownloadInput!) { createDownload(input: $i) { download { url } } }', {
      i: { assetId: file.id },
    });
    expect(asked.errors[0]?.extensions.code).toBe('FILE_MISSING');
    const ready = (await (await harness.nobody.fetch('/readyz')).json()) as { checks: { files: object } };
    expect(ready.checks.files).toEqual({ deletions: 'on', missing: 1 });
    const report = await harness.admin.query<{ storageReport: object }>(
      '{ storageReport { problem missingFiles { totalCount nodes { asset { id missingSince } downloadable { id product { id } } } } } }',
    );
    expect(report.storageReport).toEqual({
      problem: null,
      missingFiles: {
        totalCount: 1,
        nodes: [{ asset: { id: file.id, missingSince: expect.any(String) }, downloadable: { id, product: { id: productId } } }],
      },
    });
    await putBack(objectKey, file.bytes);
    harness.clock.advance({ seconds: 2 });
    await harness.nobody.fetch(path);
    await harness.app.features.presence.settle();
    const back = await harness.nobody.fetch(path);
    expect(back.status).toBe(302);
    expect(Buffer.from(await (await fetch(back.headers.get('location') ?? '')).arrayBuffer()).equals(file.bytes)).toBe(true);
  });

  it('takes no download from a license or a share link', async () => {
    const { id, file } = await makePublished(harness, await openProduct());
    const link = await makeShareLink(harness.admin, { downloadableId: id, maxDownloads: 1 });
    await harness.store.delete(await keyOf(file.id));
    await harness.nobody.fetch(`/d/${file.id}/${file.fileName}`);
    await harness.app.features.presence.settle();
    const before = await harness.database.query('SELECT id FROM download_event');
    const path = `${new URL(link.url).pathname}/${file.fileName}`;
    expect((await harness.nobody.fetch(path)).status).toBe(503);
    expect((await harness.nobody.fetch(path, { headers: BROWSER })).headers.get('location')).toContain('code=FILE_MISSING');
    expect(await harness.database.query('SELECT id FROM download_event')).toEqual(before);
    expect(await harness.database.query('SELECT downloads_used AS used FROM share_link WHERE id = ?', [link.id])).toEqual([{ used: 0 }]);
  });
});

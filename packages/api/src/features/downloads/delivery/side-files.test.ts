import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, type MadeFile } from '../../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('side files on $name', ({ start }) => {
  let harness: Harness;
  let release: { id: string; productId: string };
  let files: Record<'main' | 'signature' | 'blockmap' | 'alone', MadeFile>;
  beforeAll(async () => {
    harness = await start();
    release = await makeDraft(harness.admin);
    files = {
      signature: await makeFile(harness, release.id, { fileName: 'app-windows-x64.exe.sig' }),
      main: await makeFile(harness, release.id, { fileName: 'app-windows-x64.exe' }),
      blockmap: await makeFile(harness, release.id, { fileName: 'App-windows-x64.exe.blockmap' }),
      alone: await makeFile(harness, release.id, { fileName: 'gone-macos.dmg.asc' }),
    };
    await harness.admin.run('publishDownloadable', { id: release.id }, 'downloadable { status }');
  });
  afterAll(() => harness.close());

  const get = async (client: Harness['nobody'], file: MadeFile): Promise<number> =>
    (await client.fetch(`/d/${file.id}/${file.fileName}`)).status;

  it('stand under their main file, and one without a main file is an ordinary file', async () => {
    const { downloadable } = await harness.admin.query<{ downloadable: { assets: object[] } }>(
      'query($id: ID!) { downloadable(id: $id) { assetCount platforms assets { fileName sideFiles { fileName } mainFile { fileName } } } }',
      { id: release.id },
    );
    const main = { fileName: files.main.fileName };
    expect(downloadable).toEqual({
      assetCount: 2,
      platforms: ['WINDOWS', 'ALL'],
      assets: [
        { fileName: files.signature.fileName, sideFiles: [], mainFile: main },
        { ...main, sideFiles: [{ fileName: files.signature.fileName }, { fileName: files.blockmap.fileName }], mainFile: null },
        { fileName: files.blockmap.fileName, sideFiles: [], mainFile: main },
        { fileName: files.alone.fileName, sideFiles: [], mainFile: null },
      ],
    });
  });

  it('are recorded but count nothing, and are there even when the limit is reached', async () => {
    const { client, id } = await makeLicense(harness, { productId: release.productId, maxDownloads: 1 });
    expect(await get(client, files.signature)).toBe(302);
    expect(await get(client, files.main)).toBe(302);
    expect(await get(client, files.blockmap)).toBe(302);
    expect(await get(client, files.alone)).toBe(403);
    expect(await harness.database.query('SELECT downloads_used AS used FROM license WHERE id = ?', [id])).toEqual([{ used: 1 }]);
    const events = await harness.database.query<{ is_counted: number }>(
      'SELECT is_counted FROM download_event WHERE license_id = ? ORDER BY id',
      [id],
    );
    expect(events.map((event) => Number(event.is_counted))).toEqual([0, 1, 0]);
  });

  it('of a whole release are no download of their own, count nothing, and are for whoever may have one of its files', async () => {
    const { id, productId } = await makeDraft(harness.admin);
    const main = await makeFile(harness, id, { fileName: 'tool-linux-x64.tar.gz' });
    const sums = await makeFile(harness, id, { fileName: 'SHA256SUMS' });
    const signature = await makeFile(harness, id, { fileName: 'SHA256SUMS.asc' });
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { status }');
    const counted = await harness.admin.query('query($id: ID!) { downloadable(id: $id) { assetCount platforms } }', { id });
    expect(counted).toEqual({ downloadable: { assetCount: 1, platforms: ['LINUX'] } });
    const { client, id: licenseId } = await makeLicense(harness, { productId, maxDownloads: 1, platforms: ['LINUX'] });
    expect([await get(client, main), await get(client, sums), await get(client, signature)]).toEqual([302, 302, 302]);
    expect(await harness.database.query('SELECT downloads_used AS used FROM license WHERE id = ?', [licenseId])).toEqual([{ used: 1 }]);
    expect(await get(harness.nobody, sums)).toBe(401);
  });

  it('are for those who may have the main file: its platform decides', async () => {
    const { client: linuxOnly } = await makeLicense(harness, { productId: release.productId, platforms: ['LINUX'] });
    expect([await get(linuxOnly, files.main), await get(linuxOnly, files.signature)]).toEqual([403, 403]);
    const { client: windows } = await makeLicense(harness, { productId: release.productId, platforms: ['WINDOWS'] });
    expect(await get(windows, files.signature)).toBe(302);
    expect(await get(harness.nobody, files.signature)).toBe(401);
  });
});

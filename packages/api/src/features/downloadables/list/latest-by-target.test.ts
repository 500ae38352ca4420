import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeProduct } from '../../../testing/make.js';

const QUERY = 'query($id: ID!) { product(id: $id) { latestByTarget { channel platform downloadable { version } } } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the latest versions by target on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
  });
  afterAll(() => harness.close());

  const release = async (version: string, fileNames: readonly string[]): Promise<string> => {
    const { id } = await makeDraft(harness.admin, { productId, version });
    for (const fileName of fileNames) await makeFile(harness, id, { fileName });
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { status }');
    return id;
  };
  const look = async (): Promise<string[]> => {
    const { product } = await harness.admin.query<{
      product: { latestByTarget: { channel: string; platform: string; downloadable: { version: string } }[] };
    }>(QUERY, { id: productId });
    return product.latestByTarget.map(({ channel, platform, downloadable }) => `${channel} ${platform} ${downloadable.version}`);
  };

  it('follow what is published, archived, unpublished and deleted; the highest counts, not the newest', async () => {
    await release('1.10.0', ['app-windows-x64.exe', 'app-macos.dmg']);
    await release('1.9.0', ['app-windows-x64.exe', 'app-linux-x64.tar.gz']);
    const beta = await release('2.0.0-beta.1', ['app-windows-x64.exe']);
    const top = await release('1.11.0', ['app-windows-x64.exe']);
    const withoutTop = ['stable WINDOWS 1.10.0', 'stable MACOS 1.10.0', 'stable LINUX 1.9.0'];
    expect(new Set(await look())).toEqual(
      new Set(['stable WINDOWS 1.11.0', 'stable MACOS 1.10.0', 'stable LINUX 1.9.0', 'beta WINDOWS 2.0.0-beta.1']),
    );
    await harness.admin.run('archiveDownloadable', { id: top }, 'downloadable { status }');
    await harness.admin.run('unpublishDownloadable', { id: beta }, 'downloadable { status }');
    expect(new Set(await look())).toEqual(new Set(withoutTop));
    await harness.admin.run('restoreDownloadable', { id: top }, 'downloadable { status }');
    expect((await look())[0]).toBe('stable WINDOWS 1.11.0');
    await harness.admin.run('deleteDownloadable', { id: top, confirmVersion: '1.11.0' }, 'deletedId');
    expect(new Set(await look())).toEqual(new Set(withoutTop));
  });

  it('are what a plain query over the published releases says', async () => {
    const rows = await harness.database.query<{ id: string; platforms: string }>(
      `SELECT id, platforms FROM downloadable WHERE status = 'PUBLISHED'`,
    );
    const targets = await harness.database.query<{ downloadable_id: string; platform: string }>(
      'SELECT downloadable_id, platform FROM release_target',
    );
    expect(targets.map((row) => `${row.downloadable_id} ${row.platform}`).sort()).toEqual(
      rows.flatMap(({ id, platforms }) => platforms.split(',').map((platform) => `${id} ${platform}`)).sort(),
    );
  });
});

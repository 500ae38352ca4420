import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct, makePublished, makeToken } from '../../../testing/make.js';

const EVENT = `nodes {
  id at version fileName platform source isCounted shareLinkId client address requestId
  actor { kind id name } product { id } downloadable { id } license { id } customer { id name }
} totalCount`;
interface Found {
  readonly nodes: readonly Record<string, unknown>[];
  readonly totalCount: number;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the log of downloads on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const find = async (filter: Record<string, unknown>): Promise<Found> =>
    (
      await harness.admin.query<{ downloadEvents: Found }>(
        `query($f: DownloadEventFilter) { downloadEvents(filter: $f, first: 50) { ${EVENT} } }`,
        { f: filter },
      )
    ).downloadEvents;

  it('has who got what, by which license and way, and whether it was counted', async () => {
    const release = await makePublished(harness);
    const { id: customerId } = await makeCustomer(harness.admin, { name: 'Harbor Audio', email: 'it@harbor.example' });
    const license = await makeLicense(harness, { productId: release.productId, customerId });
    const path = `/d/${release.file.id}/${release.file.fileName}`;
    const got = await license.client.fetch(path, { headers: { 'user-agent': 'Wget/1.21' } });
    await license.client.fetch(path);
    const { nodes, totalCount } = await find({ licenseId: license.id });
    expect(totalCount).toBe(2);
    expect(nodes.map((one) => one['isCounted'])).toEqual([false, true]);
    expect(nodes[1]).toMatchObject({
      version: release.version,
      fileName: release.file.fileName,
      platform: 'WINDOWS',
      source: 'PERMALINK',
      client: 'wget',
      address: '127.0.0.0/24',
      requestId: got.headers.get('x-request-id'),
      actor: { kind: 'LICENSE', id: license.id, name: 'Harbor Audio' },
      customer: { id: customerId, name: 'Harbor Audio' },
      license: { id: license.id },
      product: { id: release.productId },
      downloadable: { id: release.id },
    });
    for (const filter of [{ customerId }, { search: 'harbor' }, { search: '127.0.0.1', licenseId: license.id }, { search: license.key }])
      expect([filter, (await find(filter)).totalCount]).toEqual([filter, 2]);
    expect((await find({ customerId, source: 'TOKEN' })).totalCount).toBe(0);
  });

  it('has what programs and testers got, the testers as nobody', async () => {
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'OPEN' });
    const release = await makePublished(harness, { productId });
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    await token.mutate('createDownload', { assetId: release.file.id });
    const { shareLink } = await harness.admin.run<{ shareLink: { id: string; url: string } }>(
      'createShareLink',
      { downloadableId: release.id },
      'shareLink { id url }',
    );
    await harness.nobody.fetch(`${new URL(shareLink.url).pathname}/${release.file.fileName}`);
    const { nodes } = await find({ productId });
    expect(nodes).toMatchObject([
      { source: 'SHARE_LINK', shareLinkId: shareLink.id, actor: null, customer: null },
      { source: 'TOKEN', actor: { kind: 'TOKEN', id: token.tokenId } },
    ]);
    expect((await find({ actorId: token.tokenId })).totalCount).toBe(1);
  });

  it('outlives the release, and keeps no more of an address than is set', async () => {
    const release = await makePublished(harness);
    const license = await makeLicense(harness, { productId: release.productId });
    await harness.admin.run('updateSettings', { logAddress: 'NONE' }, 'settings { logAddress }');
    harness.clock.advance({ seconds: 3 });
    await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    await harness.admin.run('unpublishDownloadable', { id: release.id }, 'downloadable { id }');
    await harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: release.version }, '');
    await harness.admin.run('updateSettings', { logAddress: null }, 'settings { logAddress }');
    expect((await find({ licenseId: license.id })).nodes).toMatchObject([
      { version: release.version, fileName: release.file.fileName, downloadable: null, address: null },
    ]);
  });

  it('is forgotten after its time, and with it no count and nothing of what a license may repeat', async () => {
    const release = await makePublished(harness);
    const license = await makeLicense(harness, { productId: release.productId });
    await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    await harness.admin.run('updateSettings', { downloadLogDays: 7, refusalLogDays: 1 }, 'settings { downloadLogDays }');
    const counts = `{ downloadable(id: "${release.id}") { downloadCount } license(id: "${license.id}") { downloadsUsed } }`;
    const before = await harness.admin.query(counts);
    harness.clock.advance({ days: 8 });
    const admin = await harness.makeUser('ADMIN');
    await harness.app.features.sweeper.sweep();
    const ask = `{ downloadEvents(filter: { licenseId: "${license.id}" }) { totalCount } }`;
    expect(await admin.query(ask)).toEqual({ downloadEvents: { totalCount: 0 } });
    expect(await admin.query(counts)).toEqual(before);
    const [known] = await harness.database.query<{ n: number }>('SELECT COUNT(*) AS n FROM license_download WHERE license_id = ?', [
      license.id,
    ]);
    expect(Number(known?.n)).toBe(1);
  });
});

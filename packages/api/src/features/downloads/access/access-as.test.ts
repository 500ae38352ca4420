import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken } from '../../../testing/make.js';

interface Row {
  id: string;
  own: { code: string };
  as: { code: string };
  preview: { code: string };
  assets: { id: string; as: { code: string } }[];
}

const LIST = `query($productId: ID!, $licenseId: ID!) { downloadables(filter: { productId: $productId }, first: 100) { nodes {
  id own: access { code } as: accessAs(licenseId: $licenseId) { code } preview: accessAs(licenseId: $licenseId, ifPublished: true) { code }
  assets { id as: accessAs(licenseId: $licenseId) { code } } } } }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('looking as a license on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let ids: { old: string; limited: string; draft: string };
  let file: { id: string; fileName: string };

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    const old = await makePublished(harness, { productId, version: '1.0', releaseDate: '2024-01-01' });
    const limited = await makePublished(harness, { productId, version: '2.0', releaseDate: '2026-01-01' });
    const draft = await makeDraft(harness.admin, { productId, version: '3.0' });
    await makeFile(harness, draft.id);
    file = limited.file;
    ids = { old: old.id, limited: limited.id, draft: draft.id };
  });
  afterAll(() => harness.close());

  const list = async (client: Client, licenseId: string): Promise<Map<string, Row>> => {
    const { downloadables } = await client.query<{ downloadables: { nodes: Row[] } }>(LIST, { productId, licenseId });
    return new Map(downloadables.nodes.map((row) => [row.id, row]));
  };

  it('answers for each release and file exactly what the holder of the license is answered', async () => {
    for (const terms of [
      {},
      { updatesUntil: '2025-01-01' },
      { versionRange: '2.x' },
      { platforms: ['LINUX'] },
      { expiresAt: '2025-06-01T00:00:00Z', expiryPolicy: 'FALLBACK' },
    ]) {
      const license = await makeLicense(harness, { productId, ...terms });
      const seen = await list(harness.admin, license.id);
      const { downloadables } = await license.client.query<{
        downloadables: { nodes: { id: string; access: { code: string }; assets: { id: string; access: { code: string } }[] }[] };
      }>(
        'query($productId: ID!) { downloadables(filter: { productId: $productId }) { nodes { id access { code } assets { id access { code } } } } }',
        { productId },
      );
      expect(downloadables.nodes).toHaveLength(2);
      for (const own of downloadables.nodes) {
        const row = seen.get(own.id);
        expect(row?.as).toEqual(own.access);
        expect(row?.assets.map(({ as }) => as)).toEqual(own.assets.map(({ access }) => access));
      }
    }
  });

  it('hides drafts as the customer sees them, and judges them as published when asked', async () => {
    const { id } = await makeLicense(harness, { productId, versionRange: '>=3.0' });
    const rows = await list(harness.admin, id);
    expect(rows.get(ids.draft)).toMatchObject({ own: { code: 'ALLOWED' }, as: { code: 'NOT_FOUND' }, preview: { code: 'ALLOWED' } });
    expect(rows.get(ids.old)).toMatchObject({ as: { code: 'VERSION_NOT_COVERED' }, preview: { code: 'VERSION_NOT_COVERED' } });
    const ended = await makeLicense(harness, { productId, updatesUntil: '2025-01-01' });
    expect((await list(harness.admin, ended.id)).get(ids.draft)?.preview).toEqual({ code: 'UPDATES_EXPIRED' });
  });

  it('judges what was published once by its first date, whatever it plans for the next time', async () => {
    const { id: own } = await makeProduct(harness.admin);
    const release = await makePublished(harness, { productId: own, releaseDate: '2024-01-01' });
    const license = await makeLicense(harness, { productId: own, updatesUntil: '2024-06-30' });
    expect((await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`)).status).toBe(302);
    const change = async (name: string, input: object): Promise<number> =>
      (
        await harness.admin.run<{ downloadable: { lockVersion: number } }>(
          name,
          { id: release.id, ...input },
          'downloadable { lockVersion }',
        )
      ).downloadable.lockVersion;
    const lockVersion = await change('reviseDownloadable', {});
    await change('updateDownloadable', { lockVersion, releaseDate: '2026-01-01' });
    await change('publishDownloadable', {});
    await change('unpublishDownloadable', {});
    const { downloadable } = await harness.admin.query<{ downloadable: object }>(
      'query($id: ID!, $license: ID!) { downloadable(id: $id) { releaseDate preview: accessAs(licenseId: $license, ifPublished: true) { code } } }',
      { id: release.id, license: license.id },
    );
    expect(downloadable).toEqual({ releaseDate: '2026-01-01', preview: { code: 'ALLOWED' } });
  });

  it('knows the downloads that the license has left', async () => {
    const license = await makeLicense(harness, { productId, maxDownloads: 1 });
    await license.client.fetch(`/d/${file.id}/${file.fileName}`);
    const rows = await list(harness.admin, license.id);
    expect(rows.get(ids.limited)?.assets).toEqual([{ id: file.id, as: { code: 'ALLOWED' } }]);
    expect(rows.get(ids.old)?.assets[0]?.as).toEqual({ code: 'DOWNLOAD_LIMIT' });
  });

  it('is for staff who see the license: customers, publishers and tokens of another product are refused', async () => {
    const license = await makeLicense(harness, { productId });
    const query = 'query($id: ID!, $licenseId: ID!) { downloadable(id: $id) { accessAs(licenseId: $licenseId) { code } } }';
    const { id: otherId } = await makeProduct(harness.admin, { distribution: 'OPEN' });
    const open = await makePublished(harness, { productId: otherId });
    const ask = async (client: Client, id: string): Promise<string | undefined> =>
      (await client.graphql(query, { id, licenseId: license.id })).errors[0]?.extensions.code;
    expect(await ask(license.client, ids.old)).toBe('FORBIDDEN');
    expect(await ask(await harness.makeUser('PUBLISHER'), ids.old)).toBe('FORBIDDEN');
    expect(await ask(harness.nobody, open.id)).toBe('UNAUTHENTICATED');
    expect(await ask(await makeToken(harness.admin, { scopes: ['license:read'], productId: otherId }), open.id)).toBe('NOT_FOUND');
    expect(await ask(await harness.makeUser('SUPPORT'), ids.old)).toBeUndefined();
  });

  it('asks the database no more often for many releases than for few', async () => {
    const license = await makeLicense(harness, { productId });
    const count = async (): Promise<number> => {
      // What is written in the background reads settings, too.
      await harness.app.features.refusals.flush();
      harness.clock.advance({ seconds: 60 }); // what is kept for seconds is asked for anew
      let statements = 0;
      const { read } = harness.database;
      const kept = { query: harness.database.query, find: read.find, findBy: read.findBy };
      const counted = <F extends (...args: never[]) => unknown>(owner: object, work: F): F =>
        // The same function, told that it was called.
        ((...args: Parameters<F>) => {
          statements += 1;
          return work.apply(owner, args);
        }) as F;
      harness.database.query = counted(harness.database, kept.query);
      Object.assign(read, { find: counted(read, kept.find), findBy: counted(read, kept.findBy) });
      await list(harness.admin, license.id);
      harness.database.query = kept.query;
      Object.assign(read, { find: kept.find, findBy: kept.findBy });
      return statements;
    };
    const few = await count();
    for (let index = 0; index < 5; index += 1) await makePublished(harness, { productId, version: `4.${index}` });
    expect(await count()).toBe(few);
  });
});

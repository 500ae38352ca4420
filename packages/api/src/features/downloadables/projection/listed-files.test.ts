import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RevisionFiles1764640000000 } from '../../../database/migrations/1764640000000-revision-files.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { listWronglyKept } from '../../../testing/kept-files.js';
import { makeDraft, makeFile, makePublished } from '../../../testing/make.js';
import { rebuildReleases } from './rebuild.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('files that lists show on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const KEPT = 'SELECT k.files FROM revision_files k JOIN revision v ON v.id = k.revision_id WHERE v.downloadable_id = ?';
  async function namesOf(id: string): Promise<readonly string[] | undefined> {
    const { downloadables } = await harness.admin.query<{ downloadables: { nodes: { id: string; assets: { fileName: string }[] }[] } }>(
      '{ downloadables { nodes { id assets { fileName } } } }',
    );
    return downloadables.nodes.find((node) => node.id === id)?.assets.map(({ fileName }) => fileName);
  }

  it('of what is published are read from what is kept, which a rebuild writes again, and from the tables where nothing is kept', async () => {
    const { database } = harness;
    const { id, file } = await makePublished(harness);
    await database.execute(`UPDATE revision_files SET files = ''`, []);
    expect(await namesOf(id)).toEqual([]);
    await rebuildReleases(database);
    expect(await namesOf(id)).toEqual([file.fileName]);
    await database.execute('DELETE FROM revision_files', []);
    expect(await namesOf(id)).toEqual([file.fileName]);
    await rebuildReleases(database);
    expect(await database.query(KEPT, [id])).toHaveLength(1);
    expect(await listWronglyKept(database)).toEqual([]);
  });

  it('of a draft are not kept: they change', async () => {
    const { id } = await makeDraft(harness.admin);
    await makeFile(harness, id, { fileName: 'changing.zip' });
    expect(await harness.database.query(KEPT, [id])).toEqual([]);
    expect(await namesOf(id)).toEqual(['changing.zip']);
  });

  it('are those of the revision that is live, whatever becomes of others', async () => {
    const { admin, database } = harness;
    const release = await makePublished(harness);
    const { id } = release;
    await admin.run('reviseDownloadable', { id }, 'downloadable { id }');
    await makeFile(harness, id, { fileName: 'added.zip' });
    expect(await namesOf(id)).toEqual([release.file.fileName]);
    const { downloadable } = await admin.run<{ downloadable: { revision: { id: string } } }>(
      'publishDownloadable',
      { id },
      'downloadable { revision { id } }',
    );
    expect(await namesOf(id)).toEqual([release.file.fileName, 'added.zip']);
    expect(await database.query(KEPT, [id])).toHaveLength(2);
    await admin.run('undoPublish', { id, revisionId: downloadable.revision.id }, 'downloadable { id }');
    expect(await namesOf(id)).toEqual([release.file.fileName]);
    const purged = { revisionId: downloadable.revision.id, confirmVersion: release.version };
    await admin.run('purgeRevision', purged, 'downloadable { id }');
    expect(await database.query(KEPT, [id])).toHaveLength(1);
    expect(await listWronglyKept(database)).toEqual([]);
    await admin.run('deleteDownloadable', { id, confirmVersion: release.version }, 'deletedId');
    expect(await listWronglyKept(database)).toEqual([]);
  });

  it('that an older replica left of what it deleted are gone after a rebuild', async () => {
    const { database } = harness;
    await database.execute('INSERT INTO revision_files (revision_id, files) VALUES (?, ?)', ['deleted', '0/x/OTHER/ANY//1//READY/x.zip']);
    expect(await listWronglyKept(database)).toHaveLength(1);
    await rebuildReleases(database);
    expect(await listWronglyKept(database)).toEqual([]);
  });

  it('of releases that are there already are kept by the migration', async () => {
    const { database } = harness;
    await makePublished(harness);
    const { id: downloadableId } = await makeDraft(harness.admin);
    const file = await makeFile(harness, downloadableId, { fileName: 'b.zip' });
    const external = { downloadableId, fileName: 'a.zip', url: 'https://files.vendor.example/a', size: 12_345 };
    const { asset } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', external, 'asset { id }');
    await harness.admin.run('reorderAssets', { downloadableId, assetIds: [file.id, asset.id] }, 'downloadable { id }');
    await harness.admin.run('publishDownloadable', { id: downloadableId }, 'downloadable { id }');
    await rebuildReleases(database);
    const ids = async () => database.query('SELECT revision_id FROM revision_files ORDER BY revision_id');
    const before = await ids();
    expect(before.length).toBeGreaterThan(1);
    const runner = database.writer.createQueryRunner();
    await runner.dropTable('revision_files');
    await new RevisionFiles1764640000000().up(runner);
    await runner.release();
    expect(await ids()).toEqual(before);
    expect(await listWronglyKept(database)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makePublished } from '../../../testing/make.js';

interface Files {
  readonly platforms: readonly string[];
  readonly assets: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly type: string;
    readonly platform: string;
    readonly architecture: string | null;
  }[];
}

const FILES = 'downloadable { platforms assets { id fileName type platform architecture } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the files of a draft together on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const makeFiles = async (names: readonly string[]) => {
    const draft = await makeDraft(harness.admin);
    const files = [];
    for (const fileName of names) files.push(await makeFile(harness, draft.id, { fileName }));
    return { id: draft.id, files, ids: files.map(({ id }) => id) };
  };
  const run = async (name: string, input: Record<string, unknown>): Promise<Files> =>
    (await harness.admin.run<{ downloadable: Files }>(name, input, FILES)).downloadable;

  it('take the same labels at once; what is left out stays', async () => {
    const { id, ids } = await makeFiles(['a.bin', 'b.bin', 'c-windows-x64.exe']);
    const made = await run('updateAssets', { downloadableId: id, ids: ids.slice(0, 2), platform: 'LINUX', type: 'INSTALLER' });
    expect(made.assets.map(({ platform, type, architecture }) => [platform, type, architecture])).toEqual([
      ['LINUX', 'INSTALLER', null],
      ['LINUX', 'INSTALLER', null],
      ['WINDOWS', 'INSTALLER', 'X64'],
    ]);
    expect([...made.platforms].sort()).toEqual(['LINUX', 'WINDOWS']);
    const cleared = await run('updateAssets', { downloadableId: id, ids: [ids[2]], architecture: null });
    expect(cleared.assets[2]).toMatchObject({ platform: 'WINDOWS', architecture: null });
  });

  it('take an order, which the next revision keeps; a new file comes last', async () => {
    const { id, ids } = await makeFiles(['a.exe', 'b.exe', 'c.exe']);
    const ordered = await run('reorderAssets', { downloadableId: id, assetIds: [ids[2], ids[0], ids[1]] });
    expect(ordered.assets.map(({ fileName }) => fileName)).toEqual(['c.exe', 'a.exe', 'b.exe']);
    await makeFile(harness, id, { fileName: 'aa.exe' });
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
    await harness.admin.run('reviseDownloadable', { id }, 'downloadable { id }');
    const { downloadable } = await harness.admin.query<{ downloadable: { draftRevision: Files } }>(
      'query($id: ID!) { downloadable(id: $id) { draftRevision { assets { fileName } } } }',
      { id },
    );
    expect(downloadable.draftRevision.assets.map(({ fileName }) => fileName)).toEqual(['c.exe', 'a.exe', 'b.exe', 'aa.exe']);
  });

  it('are refused an order that does not name each of them once', async () => {
    const { id, ids } = await makeFiles(['a.exe', 'b.exe']);
    for (const assetIds of [[ids[0]], [ids[0], ids[0]], [ids[0], 'x'], [...ids, 'x']]) {
      const { userErrors } = await harness.admin.mutate('reorderAssets', { downloadableId: id, assetIds });
      expect(userErrors).toMatchObject([{ code: 'ORDER_INCOMPLETE', field: 'assetIds' }]);
    }
  });

  it('change all or none: a file of another release is not found', async () => {
    const { id, ids } = await makeFiles(['a.bin']);
    const other = await makeFiles(['b.bin']);
    const { errors } = await harness.admin.graphql(
      'mutation($input: UpdateAssetsInput!) { updateAssets(input: $input) { userErrors { code } } }',
      { input: { downloadableId: id, ids: [...ids, ...other.ids], platform: 'IOS' } },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    const { downloadable } = await harness.admin.query<{ downloadable: Files }>(`query($id: ID!) { downloadable(id: $id) { platforms } }`, {
      id,
    });
    expect(downloadable.platforms).not.toContain('IOS');
  });

  it('are frozen once published', async () => {
    const { id, file } = await makePublished(harness);
    for (const [name, input] of [
      ['updateAssets', { downloadableId: id, ids: [file.id], platform: 'IOS' }],
      ['reorderAssets', { downloadableId: id, assetIds: [file.id] }],
    ] as const) {
      expect((await harness.admin.mutate(name, input)).userErrors).toMatchObject([{ code: 'REVISION_FROZEN' }]);
    }
  });
});

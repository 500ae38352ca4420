import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../kernel/limits/limits.js';
import { countStatements } from '../../testing/count-statements.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeProduct } from '../../testing/make.js';
import { draftRevisionOf, insertManyFiles } from '../../testing/many-files.js';

const FILES = LIMITS.filesPerRelease.most;
const QUERY = 'query($id: ID!) { downloadable(id: $id) { assets { id fileName sideFiles { id } mainFile { id } access { allowed } } } }';

interface SeenFile {
  readonly id: string;
  readonly sideFiles: readonly { readonly id: string }[];
  readonly mainFile: { readonly id: string } | null;
  readonly access: { readonly allowed: boolean };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a release with as many files as one may have, on $name', ({ start }) => {
  let harness: Harness;
  const ids: Record<'few' | 'many', string> = { few: '', many: '' };

  beforeAll(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'OPEN' });
    for (const [name, count] of [
      ['few', 2],
      ['many', FILES - 1],
    ] as const) {
      const { id } = await makeDraft(harness.admin, { productId });
      const nameOf = (index: number): string => (index % 2 === 0 ? `app${index}.exe` : `app${index - 1}.exe.sig`);
      await insertManyFiles(harness.database, await draftRevisionOf(harness.database, id), { count, nameOf });
      await makeFile(harness, id);
      await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
      ids[name] = id;
    }
  });
  afterAll(() => harness.close());

  it('is shown to a visitor with the side files, main file and decision of each', async () => {
    const { downloadable } = await harness.nobody.query<{ downloadable: { assets: readonly SeenFile[] } }>(QUERY, { id: ids.many });
    expect(downloadable.assets).toHaveLength(FILES);
    const sides = downloadable.assets.filter(({ mainFile }) => mainFile !== null);
    const mains = downloadable.assets.filter(({ sideFiles }) => sideFiles.length === 1);
    expect(sides.length).toBe(FILES / 2 - 1);
    expect(mains.flatMap(({ sideFiles }) => sideFiles.map(({ id }) => id)).sort()).toEqual(sides.map(({ id }) => id).sort());
    expect(downloadable.assets.every(({ access }) => access.allowed)).toBe(true);
  });

  it('costs as many statements as one with three files', async () => {
    const count = (id: string): Promise<number> => countStatements(harness.database, () => harness.nobody.query(QUERY, { id }));
    await count(ids.few);
    const few = await count(ids.few);
    expect(few).toBeGreaterThan(2);
    expect(await count(ids.many)).toBeLessThanOrEqual(few);
  });

  it('is not shown with each file’s side files’ main file’s side files once more, which would be every file for every file', async () => {
    const { id } = await makeDraft(harness.admin, { productId: (await makeProduct(harness.admin)).id });
    const suffixes = ['.sig', '.asc', '.minisig', '.sha256', '.sha512', '.blockmap'];
    const nameOf = (index: number): string =>
      index === 0 ? 'app.exe' : `app.exe${[...index.toString(6)].map((digit) => suffixes[Number(digit)]).join('')}`;
    await insertManyFiles(harness.database, await draftRevisionOf(harness.database, id), { count: FILES, nameOf });
    const reply = await harness.admin.graphql('query($id: ID!) { downloadable(id: $id) { assets { mainFile { sideFiles { id } } } } }', {
      id,
    });
    expect({ status: reply.status, data: reply.data, code: reply.errors[0]?.extensions.code }).toEqual({
      status: 400,
      data: null,
      code: 'RESPONSE_TOO_LARGE',
    });
  });
});

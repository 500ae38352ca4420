import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeProduct } from '../../../testing/make.js';

const QUERY = 'query($id: ID!) { downloadable(id: $id) { publishChecklist { code message } } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the checklist of a draft on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('compares its platforms with the release before it on the same channel, whatever came out on another since', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const make = async (version: string, platform: string): Promise<string> => {
      const draft = await makeDraft(harness.admin, { productId, version, changelog: 'New.' });
      await makeFile(harness, draft.id, { fileName: `app-${version}-${platform}-x64.zip` });
      return draft.id;
    };
    for (const [version, platform] of [
      ['1.0', 'windows'],
      ['1.1-beta.1', 'linux'],
    ] as const)
      await harness.admin.run('publishDownloadable', { id: await make(version, platform) }, 'downloadable { id }');
    const messageOf = async (id: string): Promise<string | undefined> => {
      type Answer = { downloadable: { publishChecklist: { code: string; message: string }[] } };
      const { downloadable } = await harness.admin.query<Answer>(QUERY, { id });
      return downloadable.publishChecklist.find(({ code }) => code === 'PLATFORMS_MISSING')?.message;
    };
    expect(await messageOf(await make('1.1', 'windows'))).toBeUndefined();
    expect(await messageOf(await make('1.2', 'linux'))).toContain('1.0 had files for Windows');
    expect(await messageOf(await make('1.2-beta.1', 'windows'))).toContain('1.1-beta.1 had files for Linux');
    expect(await messageOf(await make('1.2-rc.1', 'macos'))).toBeUndefined();
  });
});

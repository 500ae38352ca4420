import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makePublished } from '../../../testing/make.js';
import { revisionsOf } from './revisions.cases.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what a release says of itself on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const { change } = revisionsOf(() => harness);

  it('what is new in a line, and whether it fixes a vulnerability, are content: frozen, and carried into the next revision and a copy', async () => {
    const { id } = await makePublished(harness, { summary: 'Closes a hole.', isSecurityFix: true });
    const fields = 'summary isSecurityFix';
    const read = (of: string) =>
      harness.admin.query<Record<'downloadable', Record<string, unknown>>>(
        `query($id: ID!) { downloadable(id: $id) { ${fields} lockVersion draftRevision { ${fields} } } }`,
        { id: of },
      );
    const same = { summary: 'Closes a hole.', isSecurityFix: true };
    expect((await read(id)).downloadable).toMatchObject(same);
    const { userErrors: frozen } = await harness.admin.mutate('updateDownloadable', { id, lockVersion: 1, summary: 'Other' });
    expect(frozen.map(({ code }) => code)).toEqual(['REVISION_FROZEN']);
    await change('reviseDownloadable', { id });
    const { lockVersion } = (await read(id)).downloadable;
    const { userErrors: long } = await harness.admin.mutate('updateDownloadable', { id, lockVersion, summary: 'x'.repeat(141) });
    expect(long.map(({ field }) => field)).toEqual(['summary']);
    await harness.admin.run('updateDownloadable', { id, lockVersion, summary: 'Closes two holes.' }, 'downloadable { id }');
    expect((await read(id)).downloadable).toMatchObject({ ...same, draftRevision: { summary: 'Closes two holes.', isSecurityFix: true } });
    const copied = await harness.admin.run<{ downloadable: { id: string } }>(
      'copyDownloadable',
      { id, version: '77.0.0' },
      'downloadable { id }',
    );
    expect((await read(copied.downloadable.id)).downloadable).toMatchObject({ summary: 'Closes two holes.', isSecurityFix: true });
  });
});

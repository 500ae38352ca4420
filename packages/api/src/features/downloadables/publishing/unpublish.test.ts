import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeShareLink } from '../../../testing/make-share-link.js';
import { makeDraft, makeFile, makeLicense, makePublished, makeToken } from '../../../testing/make.js';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly version: string;
  readonly name: string | null;
  readonly publishedAt: string | null;
  readonly releaseDate: string | null;
  readonly lockVersion: number;
  readonly assets: readonly { readonly id: string; readonly fileName: string }[];
  readonly revision: { readonly number: number; readonly frozenAt: string | null };
  readonly draftRevision: { readonly number: number } | null;
}

const SHOWN =
  'id status version name publishedAt releaseDate lockVersion assets { id fileName } revision { number frozenAt } draftRevision { number }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('unpublishing on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const change = async (name: string, input: Record<string, unknown>): Promise<Shown> =>
    (await harness.admin.run<{ downloadable: Shown }>(name, input, `downloadable { ${SHOWN} }`)).downloadable;
  const fetchFile = async (client: Client, { id, fileName }: Shown['assets'][number]): Promise<number> =>
    (await client.fetch(`/d/${id}/${fileName}`)).status;

  it('what no customer got a file of is a draft again: no date that it did not have, its content open to edits', async () => {
    const draft = await makeDraft(harness.admin, { name: 'Spring' });
    await makeFile(harness, draft.id, { fileName: 'app.zip' });
    const published = await change('publishDownloadable', { id: draft.id });
    expect(published.releaseDate).not.toBeNull();
    const back = await change('unpublishDownloadable', { id: draft.id });
    expect(back).toMatchObject({ status: 'DRAFT', name: 'Spring', publishedAt: null, releaseDate: null });
    expect(back.revision).toEqual({ number: 2, frozenAt: null });
    expect(back.assets.map(({ fileName }) => fileName)).toEqual(['app.zip']);
    const edited = await change('updateDownloadable', { id: draft.id, lockVersion: back.lockVersion, name: 'Summer' });
    expect(edited.name).toBe('Summer');
    expect(await change('publishDownloadable', { id: draft.id })).toMatchObject({ status: 'PUBLISHED', name: 'Summer' });
  });

  it('a date that somebody chose stays', async () => {
    const release = await makePublished(harness, { releaseDate: '2025-05-05' });
    expect((await change('unpublishDownloadable', { id: release.id })).releaseDate).toBe('2025-05-05');
  });

  it('an open next revision is the content of the draft', async () => {
    const release = await makePublished(harness, { name: 'Old' });
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    await change('updateDownloadable', { id: release.id, lockVersion, name: 'New' });
    const back = await change('unpublishDownloadable', { id: release.id });
    expect(back).toMatchObject({ status: 'DRAFT', name: 'New', releaseDate: null, revision: { number: 2, frozenAt: null } });
  });

  it('its number stays, and deleting it still takes the right to publish', async () => {
    const release = await makePublished(harness);
    const back = await change('unpublishDownloadable', { id: release.id });
    const edit = await harness.admin.mutate('updateDownloadable', { id: release.id, lockVersion: back.lockVersion, version: '99.0' });
    expect(edit.userErrors).toMatchObject([{ code: 'VERSION_FIXED' }]);
    const writer = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const reply = await writer.graphql(
      `mutation { deleteDownloadable(input: { id: "${release.id}", confirmVersion: "${release.version}" }) { deletedId } }`,
    );
    expect(reply.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('staff, tokens and testers do not count as customers', async () => {
    const release = await makePublished(harness);
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    const link = await makeShareLink(harness.admin, { downloadableId: release.id });
    expect(await fetchFile(harness.admin, release.file)).toBe(302);
    expect(await fetchFile(token, release.file)).toBe(302);
    expect((await harness.nobody.fetch(`/s/${link.token}/${release.file.fileName}`)).status).toBe(302);
    expect(await change('unpublishDownloadable', { id: release.id })).toMatchObject({ publishedAt: null, revision: { frozenAt: null } });
  });

  it.each(['the log of downloads', 'the counters, the log being cut'])('what a customer got a file of stays frozen, by %s', async (by) => {
    const release = await makePublished(harness);
    const holder = await makeLicense(harness, { productId: release.productId });
    expect(await fetchFile(holder.client, release.file)).toBe(302);
    if (by !== 'the log of downloads')
      await harness.database.transaction((tx) => tx.execute('DELETE FROM download_event WHERE downloadable_id = ?', [release.id]));
    const before = await change('publishDownloadable', { id: release.id });
    const hidden = await change('unpublishDownloadable', { id: release.id });
    expect(hidden).toMatchObject({ status: 'DRAFT', publishedAt: before.publishedAt, revision: before.revision, draftRevision: null });
    expect(await fetchFile(holder.client, release.file)).toBe(404);
    const again = await change('publishDownloadable', { id: release.id });
    expect(again).toMatchObject({ status: 'PUBLISHED', assets: before.assets, releaseDate: before.releaseDate });
    expect(await fetchFile(holder.client, release.file)).toBe(302);
  });

  it('what was taken back stays hidden once something is published: its links, its revision, and no undo leads there', async () => {
    const release = await makePublished(harness);
    const holder = await makeLicense(harness, { productId: release.productId });
    await change('unpublishDownloadable', { id: release.id });
    const { draftRevision } = await change('reviseDownloadable', { id: release.id });
    expect(draftRevision).toEqual({ number: 2 });
    await change('publishDownloadable', { id: release.id });
    const query = 'query($id: ID!) { downloadable(id: $id) { revision { id } revisions { number } } }';
    type Answer = { downloadable: { revision: { id: string }; revisions: { number: number }[] } };
    const { downloadable } = await harness.admin.query<Answer>(query, { id: release.id });
    expect(downloadable.revisions.map(({ number }) => number)).toEqual([2, 1]);
    const seen = await holder.client.query<Answer>(query, { id: release.id });
    expect(seen.downloadable.revisions.map(({ number }) => number)).toEqual([2]);
    const undo = await harness.admin.mutate('undoPublish', { id: release.id, revisionId: downloadable.revision.id });
    expect(undo.userErrors).toMatchObject([{ code: 'REVISION_NOT_ALLOWED' }]);
    expect(await fetchFile(holder.client, release.file)).toBe(404);
    expect(await fetchFile(harness.admin, release.file)).toBe(302);
  });

  it('a date that the first publish gave is gone, also when a later revision had copied it', async () => {
    const release = await makePublished(harness);
    await change('reviseDownloadable', { id: release.id });
    await change('publishDownloadable', { id: release.id });
    expect((await change('unpublishDownloadable', { id: release.id })).releaseDate).toBeNull();
  });

  it('what an older replica published in a rolling upgrade keeps its number all the same', async () => {
    const release = await makePublished(harness);
    await harness.database.transaction((tx) => tx.execute('UPDATE downloadable SET ever_published_at = NULL WHERE id = ?', [release.id]));
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    const edit = await harness.admin.mutate('updateDownloadable', { id: release.id, lockVersion, version: '98.0' });
    expect(edit.userErrors).toMatchObject([{ code: 'VERSION_FIXED' }]);
  });

  it('is never refused for a long history: with no room for another revision the frozen one stays', async () => {
    const release = await makePublished(harness);
    await harness.database.transaction((tx) => tx.execute('UPDATE revision SET number = 1000 WHERE downloadable_id = ?', [release.id]));
    expect(await change('unpublishDownloadable', { id: release.id })).toMatchObject({ status: 'DRAFT', draftRevision: null });
  });
});

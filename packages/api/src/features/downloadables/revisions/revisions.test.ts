import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, uploadInParts } from '../../../testing/make.js';
import { revisionsOf } from './revisions.cases.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('revisions on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const { show, change, draftAssets, bytesOf, objects, makeRevised } = revisionsOf(() => harness);

  it('revising copies content and files without copying bytes, and repeating it opens no second draft', async () => {
    const release = await makePublished(harness, { name: 'First edition' });
    const before = await objects();
    await change('reviseDownloadable', { id: release.id });
    const revised = await change('reviseDownloadable', { id: release.id });
    expect(revised).toMatchObject({ status: 'PUBLISHED', revision: { number: 1 }, draftRevision: { number: 2, name: 'First edition' } });
    const [copy] = await draftAssets(release.id);
    expect(copy?.fileName).toBe(release.file.fileName);
    expect(copy?.id).not.toBe(release.file.id);
    expect(await bytesOf({ id: copy?.id ?? '', fileName: release.file.fileName })).toEqual(release.file.bytes);
    expect(await objects()).toBe(before);
  });

  it('while the next revision is a draft, customers get the live one and see nothing of the draft', async () => {
    const { id, old, next, holder } = await makeRevised();
    expect(await show(id, holder.client)).toMatchObject({ name: null, draftRevision: null, revisions: [{ number: 1 }] });
    expect(await bytesOf(old, holder.client)).toEqual(old.bytes);
    expect((await holder.client.fetch(`/d/${next.id}/${next.fileName}`)).status).toBe(404);
    const seen = async (assetId: string) => holder.client.query('query($id: ID!) { asset(id: $id) { fileName } }', { id: assetId });
    expect([await seen(next.id), await seen(old.id)]).toEqual([{ asset: null }, { asset: { fileName: old.fileName } }]);
  });

  it('a release is judged by its first date, also when a later revision has another one, and its copy by the day of its own publish', async () => {
    const release = await makePublished(harness, { releaseDate: '2024-01-01' });
    const { client } = await makeLicense(harness, { productId: release.productId, updatesUntil: '2024-06-01' });
    const judged = async (id: string): Promise<unknown> =>
      (
        await client.query<{ downloadable: { releaseDate: string; access: { code: string } } }>(
          'query($id: ID!) { downloadable(id: $id) { releaseDate access { code } } }',
          { id },
        )
      ).downloadable;
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    await change('updateDownloadable', { id: release.id, lockVersion, releaseDate: '2026-02-03' });
    await change('publishDownloadable', { id: release.id });
    expect(await judged(release.id)).toEqual({ releaseDate: '2026-02-03', access: { code: 'ALLOWED' } });
    const copy = await change('copyDownloadable', { id: release.id, version: `${release.version}.1` });
    await change('publishDownloadable', { id: copy.id });
    const today = harness.clock.now().toISOString().slice(0, 10);
    expect(await judged(copy.id)).toEqual({ releaseDate: today, access: { code: 'UPDATES_EXPIRED' } });
  });

  it('copying takes the files that are READY along, and neither those on their way nor the replacement of one', async () => {
    const draft = await makeDraft(harness.admin);
    const whole = await makeFile(harness, draft.id);
    const declare = (input: object) => harness.admin.run('createUpload', { downloadableId: draft.id, size: 5, ...input }, 'upload { id }');
    await declare({ fileName: 'on-its-way.exe' });
    await declare({ fileName: whole.fileName, replace: true });
    await uploadInParts(harness.admin, { downloadableId: draft.id, fileName: 'bad.exe', bytes: Buffer.from('x'), sha256: 'a'.repeat(64) });
    await harness.settle();
    const copy = await change('copyDownloadable', { id: draft.id, version: `${draft.version}.1` });
    expect(copy.assets.map(({ fileName }) => fileName)).toEqual([whole.fileName]);
    const rows = await harness.database.query(
      'SELECT a.replacement_object_id AS waits FROM asset a JOIN revision r ON r.id = a.revision_id WHERE r.downloadable_id = ?',
      [copy.id],
    );
    expect(rows).toEqual([{ waits: null }]);
  });

  it('publishing the next revision shows its content; the old permalink still gives the old bytes', async () => {
    const { id, old, next, holder } = await makeRevised();
    await change('publishDownloadable', { id });
    expect(await show(id, holder.client)).toMatchObject({
      status: 'PUBLISHED',
      name: 'Second edition',
      revision: { number: 2 },
      revisions: [{ number: 2 }, { number: 1 }],
      assets: [{ id: next.id }],
    });
    expect(await bytesOf(next, holder.client)).toEqual(next.bytes);
    expect(await bytesOf(old, holder.client)).toEqual(old.bytes);
  });

  it('a revision whose file is still being verified goes live by itself, and until then customers get the old one', async () => {
    const release = await makePublished(harness);
    await change('reviseDownloadable', { id: release.id });
    const bytes = Buffer.from('arrived, not verified');
    await uploadInParts(harness.admin, { downloadableId: release.id, fileName: 'added-linux-x64.tar.gz', bytes });
    expect(await change('publishDownloadable', { id: release.id })).toMatchObject({ status: 'PUBLISHED', revision: { number: 1 } });
    await harness.settle();
    expect(await show(release.id)).toMatchObject({ status: 'PUBLISHED', revision: { number: 2 }, draftRevision: null });
  });

  it('a file that replaces another in a revision leaves the live one alone, and discarding takes it away', async () => {
    const release = await makePublished(harness);
    await change('reviseDownloadable', { id: release.id });
    const before = await objects();
    const { fileName } = release.file;
    const input = { downloadableId: release.id, fileName, size: 9, replace: true };
    await harness.admin.run('createUpload', input, 'upload { id }');
    const { userErrors } = await harness.admin.mutate('publishDownloadable', { id: release.id });
    expect(userErrors).toMatchObject([{ code: 'ASSET_NOT_READY' }]);
    const copy = await change('copyDownloadable', { id: release.id, version: '55.0' });
    expect(await bytesOf(copy.assets[0] ?? { id: '', fileName: '' })).toEqual(release.file.bytes);
    await change('discardRevision', { id: release.id });
    await harness.settle();
    expect(await objects()).toBe(before);
    expect(await bytesOf(release.file)).toEqual(release.file.bytes);
  });

  it('an old revision is judged by its own channel', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const release = await makePublished(harness, { productId, version: '3.0', channel: 'beta' });
    const holder = await makeLicense(harness, { productId, channels: ['stable'] });
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    await change('updateDownloadable', { id: release.id, lockVersion, channel: 'stable' });
    const published = await change('publishDownloadable', { id: release.id });
    expect(await bytesOf(published.assets[0] ?? { id: '', fileName: '' }, holder.client)).toEqual(release.file.bytes);
    const refused = await holder.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    expect(await refused.json()).toMatchObject({ code: 'CHANNEL_NOT_INCLUDED', params: { channel: 'beta' } });
  });

  it('discarding the draft leaves the live revision and removes only the bytes that nothing else stands on', async () => {
    const { id, old, next, holder } = await makeRevised();
    expect(await change('discardRevision', { id })).toMatchObject({ name: null, draftRevision: null, revisions: [{ number: 1 }] });
    await harness.settle();
    expect(await bytesOf(old, holder.client)).toEqual(old.bytes);
    expect(await harness.database.query('SELECT id FROM asset WHERE id = ?', [next.id])).toEqual([]);
  });

  it.each([
    ['discarding where no draft is open', 'discardRevision', {}, 'REVISION_NOT_ALLOWED'],
    ['cancelling a schedule that there is not', 'cancelSchedule', {}, 'TRANSITION_NOT_ALLOWED'],
    ['editing a frozen revision', 'updateDownloadable', { lockVersion: 2, name: 'x' }, 'REVISION_FROZEN'],
    ['scheduling a published release', 'publishDownloadable', { publishAt: '2027-01-01T00:00:00Z' }, 'TRANSITION_NOT_ALLOWED'],
  ])('%s is refused with %s %j: %s', async (_what, mutation, input, code) => {
    const release = await makePublished(harness);
    const { userErrors } = await harness.admin.mutate(mutation, { id: release.id, ...input });
    expect(userErrors).toMatchObject([{ code }]);
  });

  it('a draft that was never published has no other revision to open or to drop', async () => {
    const draft = await makeDraft(harness.admin);
    for (const mutation of ['reviseDownloadable', 'discardRevision'])
      expect((await harness.admin.mutate(mutation, { id: draft.id })).userErrors).toMatchObject([{ code: 'REVISION_NOT_ALLOWED' }]);
  });

  it('an unpublished release can be revised, and publishing it serves the new revision', async () => {
    const { id, next, holder } = await makeRevised();
    await change('unpublishDownloadable', { id });
    expect(await change('publishDownloadable', { id })).toMatchObject({ status: 'PUBLISHED', revision: { number: 2 } });
    expect(await bytesOf(next, holder.client)).toEqual(next.bytes);
  });

  it('an archived release stays archived when its next revision is published', async () => {
    const { id } = await makeRevised();
    await change('archiveDownloadable', { id });
    expect(await change('publishDownloadable', { id })).toMatchObject({ status: 'ARCHIVED', revision: { number: 2 } });
  });

  it('a published version keeps its number; copying it makes a draft of another version on the same bytes', async () => {
    const release = await makePublished(harness, { version: '7.0', name: 'Seven', changelog: '# Seven' });
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    const edit = await harness.admin.mutate('updateDownloadable', { id: release.id, lockVersion, version: '7.1' });
    expect(edit.userErrors).toMatchObject([{ code: 'VERSION_FIXED', field: 'version' }]);
    const before = await objects();
    const copy = await change('copyDownloadable', { id: release.id, version: '7.1' });
    expect(copy).toMatchObject({ version: '7.1', status: 'DRAFT', name: 'Seven', revision: { number: 1 } });
    expect(await bytesOf(copy.assets[0] ?? { id: '', fileName: '' })).toEqual(release.file.bytes);
    expect(await objects()).toBe(before);
    await harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: '7.0' }, 'deletedId');
    await harness.settle();
    expect(await bytesOf(copy.assets[0] ?? { id: '', fileName: '' })).toEqual(release.file.bytes);
    await harness.admin.run('deleteDownloadable', { id: copy.id, confirmVersion: '7.1' }, 'deletedId');
    await harness.settle();
    expect(await objects()).toBe(before - 1);
  });

  it.each([
    ['3.0.0-beta.2', '3.0.0', 'stable'],
    ['3.0.0', '3.1.0-beta.1', 'beta'],
    ['3.0.0-beta.1', '3.0.0-beta.2', 'beta'],
  ])('the copy of %s to %s is on the channel %s', async (from, to, channel) => {
    const release = await makePublished(harness, { version: from });
    expect(await change('copyDownloadable', { id: release.id, version: to })).toMatchObject({ channel });
  });

  it('a copy to a taken version, or to none, is refused at the version', async () => {
    const release = await makePublished(harness, { version: '8.0' });
    for (const [version, code] of [
      ['8.0.0', 'VERSION_TAKEN'],
      ['eight', 'VERSION_INVALID'],
    ])
      expect((await harness.admin.mutate('copyDownloadable', { id: release.id, version })).userErrors).toMatchObject([
        { code, field: 'version' },
      ]);
  });

  it('copying with one idempotency key ten times makes one copy', async () => {
    const release = await makePublished(harness);
    const input = { id: release.id, version: '99.0', idempotencyKey: 'one copy' };
    const copies = await Promise.all(
      Array.from({ length: 10 }, () =>
        harness.admin.graphql<{ copyDownloadable: { downloadable: { id: string } | null } }>(
          'mutation($i: CopyDownloadableInput!) { copyDownloadable(input: $i) { downloadable { id } userErrors { code } } }',
          { i: input },
        ),
      ),
    );
    const ids = new Set(copies.flatMap((copy) => copy.data?.copyDownloadable.downloadable?.id ?? []));
    expect(ids.size).toBe(1);
  });

  it('two releases that give up the same bytes at once leave no object behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      const before = await objects();
      const release = await makePublished(harness, { version: `1.${round}` });
      const copy = await change('copyDownloadable', { id: release.id, version: `2.${round}` });
      await Promise.all([
        harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: `1.${round}` }, 'deletedId'),
        harness.admin.run('deleteDownloadable', { id: copy.id, confirmVersion: `2.${round}` }, 'deletedId'),
      ]);
      await harness.settle();
      expect(await objects()).toBe(before);
    }
  });
});

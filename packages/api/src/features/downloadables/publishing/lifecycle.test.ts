import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

const DAY_MS = 86_400_000;

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly publishAt: string | null;
  readonly scheduleFailure: string | null;
  readonly releaseDate: string | null;
  readonly withdrawal: { readonly reason: string; readonly replacement: { readonly version: string } | null } | null;
}

const SHOWN = 'id status publishAt scheduleFailure releaseDate withdrawal { reason severity replacement { id version } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the life of a downloadable on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const show = async (id: string, client = harness.admin): Promise<Shown | null> =>
    (await client.query<{ downloadable: Shown | null }>(`query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`, { id })).downloadable;
  const change = async (name: string, input: Record<string, unknown>): Promise<Shown> =>
    (await harness.admin.run<{ downloadable: Shown }>(name, input, `downloadable { ${SHOWN} }`)).downloadable;
  const makeReadyDraft = async () => {
    const draft = await makeDraft(harness.admin);
    return { ...draft, file: await makeFile(harness, draft.id) };
  };
  const inDays = (days: number): string => new Date(harness.clock.now().getTime() + days * DAY_MS).toISOString();
  /** As if the scheduled time had come: jobs go by the database's clock, which no test can set. */
  const letTimeCome = async (id: string): Promise<void> => {
    await harness.database.transaction((tx) =>
      tx.execute(`UPDATE job SET run_at = '2000-01-01 00:00:00.000' WHERE dedupe_key LIKE ?`, [`downloadable.publish:${id}:%`]),
    );
    await harness.settle();
  };

  it('a scheduled release is hidden and locked until its time, then published once', async () => {
    const draft = await makeReadyDraft();
    const publishAt = inDays(2);
    expect(await change('publishDownloadable', { id: draft.id, publishAt })).toMatchObject({ status: 'SCHEDULED', publishAt });
    const holder = await makeLicense(harness, { productId: draft.productId });
    expect(await show(draft.id, holder.client)).toBeNull();
    const edit = await harness.admin.mutate('updateDownloadable', { id: draft.id, lockVersion: 2, name: 'x' });
    expect(edit.userErrors).toMatchObject([{ code: 'SCHEDULED_LOCKED' }]);
    await letTimeCome(draft.id);
    expect(await show(draft.id, holder.client)).toMatchObject({ status: 'PUBLISHED', publishAt: null });
  });

  it('a cancelled schedule does nothing when its time comes, and a new one counts', async () => {
    const draft = await makeReadyDraft();
    await change('publishDownloadable', { id: draft.id, publishAt: inDays(1) });
    expect(await change('cancelSchedule', { id: draft.id })).toMatchObject({ status: 'DRAFT', publishAt: null });
    await letTimeCome(draft.id);
    expect(await show(draft.id)).toMatchObject({ status: 'DRAFT' });
    await change('publishDownloadable', { id: draft.id, publishAt: inDays(3) });
    await letTimeCome(draft.id);
    expect(await show(draft.id)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('the job of an older schedule does nothing to a newer one, whichever comes first', async () => {
    const draft = await makeReadyDraft();
    for (const days of [3, 1, 2]) {
      await change('publishDownloadable', { id: draft.id, publishAt: inDays(days) });
      if (days !== 2) await change('cancelSchedule', { id: draft.id });
    }
    const last = (await show(draft.id))?.publishAt;
    const jobs = await harness.database.query<{ id: string; payload: string }>('SELECT id, payload FROM job WHERE dedupe_key LIKE ?', [
      `downloadable.publish:${draft.id}:%`,
    ]);
    const isLast = ({ payload }: { payload: string }): boolean => payload.includes(String(last));
    expect([jobs.length, jobs.filter(isLast).length]).toEqual([3, 1]);
    const letOneCome = async ({ id }: { id: string }): Promise<void> => {
      await harness.database.transaction((tx) => tx.execute(`UPDATE job SET run_at = '2000-01-01 00:00:00.000' WHERE id = ?`, [id]));
      await harness.settle();
    };
    for (const job of jobs.filter((one) => !isLast(one))) await letOneCome(job);
    expect(await show(draft.id)).toMatchObject({ status: 'SCHEDULED', publishAt: last });
    for (const job of jobs.filter(isLast)) await letOneCome(job);
    expect(await show(draft.id)).toMatchObject({ status: 'PUBLISHED', publishAt: null });
  });

  it('a scheduled release can be published early', async () => {
    const draft = await makeReadyDraft();
    await change('publishDownloadable', { id: draft.id, publishAt: inDays(1) });
    expect(await change('publishDownloadable', { id: draft.id })).toMatchObject({ status: 'PUBLISHED', publishAt: null });
  });

  it('what has come in the way of a scheduled release makes it a draft that says why', async () => {
    const draft = await makeReadyDraft();
    await change('publishDownloadable', { id: draft.id, publishAt: inDays(1) });
    await harness.admin.run('archiveProduct', { id: draft.productId }, 'product { id }');
    await letTimeCome(draft.id);
    expect(await show(draft.id)).toMatchObject({ status: 'DRAFT', scheduleFailure: expect.stringContaining('archived') });
  });

  it.each([
    ['in the past', -1, 'PUBLISH_AT_INVALID'],
    ['in ten years', 3_650, 'PUBLISH_AT_INVALID'],
  ])('a time %s is refused at publishAt', async (_what, days, code) => {
    const draft = await makeReadyDraft();
    const { userErrors } = await harness.admin.mutate('publishDownloadable', { id: draft.id, publishAt: inDays(days) });
    expect(userErrors).toMatchObject([{ code, field: 'publishAt' }]);
  });

  it('a release without files is not scheduled', async () => {
    const draft = await makeDraft(harness.admin);
    const { userErrors } = await harness.admin.mutate('publishDownloadable', { id: draft.id, publishAt: inDays(1) });
    expect(userErrors).toMatchObject([{ code: 'NO_ASSETS' }]);
  });

  it('an archived release is out of latest, and still downloaded by those entitled', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const old = await makePublished(harness, { productId, version: '1.0' });
    const newest = await makePublished(harness, { productId, version: '2.0' });
    const holder = await makeLicense(harness, { productId });
    await change('archiveDownloadable', { id: newest.id });
    const { product } = await holder.client.query<{ product: { latest: { id: string } } }>(
      'query($id: ID!) { product(id: $id) { latest { id } } }',
      { id: productId },
    );
    expect(product.latest.id).toBe(old.id);
    const { product: seen } = await holder.client.query<{ product: object }>('query($id: ID!) { product(id: $id) { offered { id } } }', {
      id: productId,
    });
    expect(seen).toEqual({ offered: { id: old.id } });
    const permalink = (name: string) => holder.client.fetch(`/d/${newest.file.id}/${name}`);
    expect([(await permalink(newest.file.fileName)).status, (await permalink('another-name.exe')).status]).toEqual([302, 404]);
    expect(await change('restoreDownloadable', { id: newest.id })).toMatchObject({ status: 'PUBLISHED' });
  });

  it('a withdrawn release tells customers why and what to use instead', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const bad = await makePublished(harness, { productId, version: '1.0' });
    const good = await makePublished(harness, { productId, version: '1.1' });
    const holder = await makeLicense(harness, { productId });
    await change('withdrawDownloadable', { id: bad.id, reason: 'It loses settings.', replacementId: good.id });
    const refused = await holder.client.fetch(`/d/${bad.file.id}/${bad.file.fileName}`);
    expect(refused.status).toBe(410);
    expect(await refused.json()).toMatchObject({
      code: 'RELEASE_WITHDRAWN',
      params: { reason: 'It loses settings.', replacement: '1.1', replacementId: good.id },
    });
    expect((await show(bad.id, holder.client))?.withdrawal).toMatchObject({
      reason: 'It loses settings.',
      replacement: { version: '1.1' },
    });
    await harness.admin.run('deleteDownloadable', { id: good.id, confirmVersion: '1.1' }, 'deletedId');
    expect((await show(bad.id, holder.client))?.withdrawal).toMatchObject({ replacement: null });
  });

  it.each(['archiveDownloadable', 'unpublishDownloadable', 'withdrawDownloadable'])(
    'a replacement is named to customers only while they can get it: not after %s',
    async (mutation) => {
      const { id: productId } = await makeProduct(harness.admin);
      const bad = await makePublished(harness, { productId, version: '1.0' });
      const good = await makePublished(harness, { productId, version: '1.1' });
      const holder = await makeLicense(harness, { productId });
      await change('withdrawDownloadable', { id: bad.id, reason: 'Bad.', replacementId: good.id });
      await change(mutation, { id: good.id, ...(mutation === 'withdrawDownloadable' ? { reason: 'Bad, too.' } : {}) });
      const refused = await holder.client.fetch(`/d/${bad.file.id}/${bad.file.fileName}`);
      expect(await refused.json()).toMatchObject({ code: 'RELEASE_WITHDRAWN', params: { replacement: null, replacementId: null } });
      expect((await show(bad.id, holder.client))?.withdrawal?.replacement).toBeNull();
    },
  );

  it.each([
    ['NORMAL', 302],
    ['SECURITY', 410],
  ])('of severity %s, one who downloaded it before is answered %i', async (severity, status) => {
    const release = await makePublished(harness);
    const holder = await makeLicense(harness, { productId: release.productId });
    const other = await makeLicense(harness, { productId: release.productId });
    const link = `/d/${release.file.id}/${release.file.fileName}`;
    expect((await holder.client.fetch(link)).status).toBe(302);
    await change('withdrawDownloadable', { id: release.id, reason: 'Bad.', severity });
    expect((await holder.client.fetch(link)).status).toBe(status);
    expect((await other.client.fetch(link)).status).toBe(410);
  });

  it('withdrawing is final: only deleting is possible, and an open draft revision is gone', async () => {
    const release = await makePublished(harness);
    await change('reviseDownloadable', { id: release.id });
    await change('withdrawDownloadable', { id: release.id, reason: 'Bad.' });
    for (const mutation of ['publishDownloadable', 'restoreDownloadable', 'unpublishDownloadable', 'archiveDownloadable'])
      expect((await harness.admin.mutate(mutation, { id: release.id })).userErrors).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED' }]);
    expect((await harness.admin.mutate('reviseDownloadable', { id: release.id })).userErrors).toMatchObject([
      { code: 'REVISION_NOT_ALLOWED' },
    ]);
    await harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: release.version }, 'deletedId');
  });

  it.each([
    ['no reason', { reason: '  ' }, 'REASON_REQUIRED', 'reason'],
    ['a reason that is too long', { reason: 'x'.repeat(501) }, 'TOO_LONG', 'reason'],
    [
      'a replacement that does not exist',
      { reason: 'Bad.', replacementId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      'REPLACEMENT_INVALID',
      'replacementId',
    ],
  ])('withdrawing with %s is refused at its field', async (_what, input, code, field) => {
    const release = await makePublished(harness);
    const { userErrors } = await harness.admin.mutate('withdrawDownloadable', { id: release.id, ...input });
    expect(userErrors).toMatchObject([{ code, field }]);
    expect(await show(release.id)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('a release is not its own replacement, nor is a draft one, nor a release of another product', async () => {
    const release = await makePublished(harness);
    const draft = await makeDraft(harness.admin, { productId: release.productId });
    const stranger = await makePublished(harness);
    for (const replacementId of [release.id, draft.id, stranger.id])
      expect(
        (await harness.admin.mutate('withdrawDownloadable', { id: release.id, reason: 'Bad.', replacementId })).userErrors,
      ).toMatchObject([{ code: 'REPLACEMENT_INVALID' }]);
  });
});

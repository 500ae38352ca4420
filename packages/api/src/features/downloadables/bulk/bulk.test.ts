import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken } from '../../../testing/make.js';
import type { Client } from '../../../testing/client.js';

interface Change {
  readonly id: string;
  readonly isDone: boolean;
  readonly downloadable: { readonly status: string } | null;
  readonly warnings: readonly { code: string }[];
  readonly userErrors: readonly { code: string; message: string }[];
}

const FIELDS = 'changes { id isDone downloadable { status } warnings { code } userErrors { code message } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('bulk actions on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const change = async (input: Record<string, unknown>, client: Client = harness.admin): Promise<readonly Change[]> =>
    (await client.run<{ changes: Change[] }>('changeDownloadables', input, FIELDS)).changes;
  const show = async (id: string): Promise<Record<string, unknown> | null> =>
    (
      await harness.admin.query<{ downloadable: Record<string, unknown> | null }>(
        'query($id: ID!) { downloadable(id: $id) { status lockVersion publishedAt revision { frozenAt } history(first: 50) { totalCount } } }',
        { id },
      )
    ).downloadable;
  const makeReady = async (productId: string): Promise<string> => {
    const { id } = await makeDraft(harness.admin, { productId });
    await makeFile(harness, id);
    return id;
  };

  it('each succeeds or fails for itself, and says why', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const [ready, empty] = [await makeReady(productId), (await makeDraft(harness.admin, { productId })).id];
    const { id: live } = await makePublished(harness, { productId });
    const missing = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const changes = await change({ action: 'PUBLISH', ids: [ready, empty, live, missing] });
    expect(changes.map(({ id, isDone, userErrors }) => [id, isDone, userErrors[0]?.code ?? null])).toEqual([
      [ready, true, null],
      [empty, false, 'NO_ASSETS'],
      [live, true, null],
      [missing, false, 'NOT_FOUND'],
    ]);
    expect(await show(ready)).toMatchObject({ status: 'PUBLISHED' });
    expect(await show(empty)).toMatchObject({ status: 'DRAFT' });
  });

  it.each(['PUBLISH', 'UNPUBLISH', 'ARCHIVE', 'RESTORE', 'DELETE'])(
    'a dry run of %s says what would happen and changes nothing',
    async (action) => {
      const { id: productId } = await makeProduct(harness.admin);
      const draft = await makeReady(productId);
      const { id: live } = await makePublished(harness, { productId });
      const { id: archived } = await makePublished(harness, { productId });
      await harness.admin.run('archiveDownloadable', { id: archived }, 'downloadable { id }');
      const ids = [draft, live, archived];
      const before = await Promise.all(ids.map(show));
      const rehearsed = await change({ action, ids, dryRun: true });
      await harness.settle();
      expect(await Promise.all(ids.map(show))).toEqual(before);
      const real = await change({ action, ids, confirmCount: ids.length });
      expect(real.map(({ id, isDone, userErrors }) => ({ id, isDone, userErrors }))).toEqual(
        rehearsed.map(({ id, isDone, userErrors }) => ({ id, isDone, userErrors })),
      );
      expect(real.map(({ downloadable }) => downloadable?.status)).toEqual(rehearsed.map(({ downloadable }) => downloadable?.status));
    },
  );

  it('a dry run of others at the same time undoes only its own', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const ids = await Promise.all(Array.from({ length: 4 }, () => makeReady(productId)));
    await Promise.all([
      change({ action: 'PUBLISH', ids: ids.slice(0, 2), dryRun: true }),
      change({ action: 'PUBLISH', ids: ids.slice(2) }),
    ]);
    const shown = await Promise.all(ids.map(show));
    expect(shown.map((row) => row?.['status'])).toEqual(['DRAFT', 'DRAFT', 'PUBLISHED', 'PUBLISHED']);
  });

  it('a next revision is never published in bulk', async () => {
    const { id, productId, file } = await makePublished(harness);
    const holder = await makeLicense(harness, { productId });
    await holder.client.fetch(`/d/${file.id}/${file.fileName}`);
    await harness.admin.run('reviseDownloadable', { id }, 'downloadable { id }');
    expect(await change({ action: 'PUBLISH', ids: [id] })).toMatchObject([
      { isDone: false, userErrors: [{ code: 'REVISION_NOT_REVIEWED' }] },
    ]);
    await harness.admin.run('unpublishDownloadable', { id }, 'downloadable { id }');
    expect(await change({ action: 'PUBLISH', ids: [id] })).toMatchObject([
      { isDone: false, userErrors: [{ code: 'REVISION_NOT_REVIEWED' }] },
    ]);
  });

  it('deleting in bulk asks for the number, and removes what it names', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const ids = [await makeReady(productId), await makeReady(productId)];
    const refused = await harness.admin.mutate('changeDownloadables', { action: 'DELETE', ids, confirmCount: 1 });
    expect(refused.userErrors).toMatchObject([{ code: 'CONFIRMATION_MISMATCH', field: 'confirmCount' }]);
    const query = `mutation($input: ChangeDownloadablesInput!) { changeDownloadables(input: $input) {
      changes { downloadable { id } wouldDelete { id customersDownloaded assets { fileName } } } } }`;
    const { data } = await harness.admin.graphql(query, { input: { action: 'DELETE', ids, dryRun: true } });
    expect(data).toEqual({
      changeDownloadables: {
        changes: ids.map((id) => ({
          downloadable: null,
          wouldDelete: { id, customersDownloaded: 0, assets: [{ fileName: expect.any(String) }] },
        })),
      },
    });
    expect(await change({ action: 'DELETE', ids, confirmCount: 2 })).toMatchObject([
      { isDone: true, downloadable: null },
      { isDone: true, downloadable: null },
    ]);
    expect(await Promise.all(ids.map(show))).toEqual([null, null]);
  });

  it('the revisions that a dry run names are those that exist', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { id } = await makePublished(harness, { productId });
    const query = `mutation($input: ChangeDownloadablesInput!) { changeDownloadables(input: $input) {
      changes { downloadable { status revision { number } draftRevision { number } } } } }`;
    const { data, errors } = await harness.admin.graphql(query, { input: { action: 'UNPUBLISH', ids: [id], dryRun: true } });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      changeDownloadables: { changes: [{ downloadable: { status: 'DRAFT', revision: { number: 1 }, draftRevision: null } }] },
    });
  });

  it('a token does only what its scopes and its product allow', async () => {
    const [mine, other] = [await makeProduct(harness.admin), await makeProduct(harness.admin)];
    const ids = [await makeReady(mine.id), (await makePublished(harness, { productId: mine.id })).id, await makeReady(other.id)];
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'], productId: mine.id });
    const changes = await change({ action: 'DELETE', ids, confirmCount: 3 }, token);
    expect(changes.map(({ isDone, userErrors }) => [isDone, userErrors[0]?.code ?? null])).toEqual([
      [true, null],
      [false, 'FORBIDDEN'],
      [false, 'NOT_FOUND'],
    ]);
  });

  it.each([
    ['no ids', []],
    ['101 ids', Array.from({ length: 101 }, (_, place) => String(place))],
  ])('%s are refused', async (_, ids) => {
    const { errors } = await harness.admin.graphql(
      'mutation($input: ChangeDownloadablesInput!) { changeDownloadables(input: $input) { userErrors { code } } }',
      { input: { action: 'ARCHIVE', ids } },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('a draft carries its checklist, and the version is found however it is written', async () => {
    const { id: productId } = await makeProduct(harness.admin, { name: 'Aurora', slug: `aurora-${Date.now()}` });
    const live = await makeDraft(harness.admin, { productId, version: '2.0.0', changelog: 'First.' });
    await makeFile(harness, live.id, { fileName: 'aurora-2.0.0.exe' });
    await makeFile(harness, live.id, { fileName: 'aurora-2.0.0.dmg' });
    await harness.admin.run('publishDownloadable', { id: live.id }, 'downloadable { id }');
    const next = await makeDraft(harness.admin, { productId, version: '2.0.1' });
    await makeFile(harness, next.id, { fileName: 'aurora-2.0.0.exe' });
    const found = await harness.admin.query<{ product: { a: { publishChecklist: { code: string; message: string }[] }; b: unknown } }>(
      'query($id: ID!) { product(id: $id) { a: downloadableByVersion(version: "v2.0.1.0") { id publishChecklist { code message } } b: downloadableByVersion(version: "9.9") { id } } }',
      { id: productId },
    );
    expect(found.product.b).toBeNull();
    expect(found.product.a.publishChecklist.map(({ code }) => code)).toEqual([
      'PLATFORMS_MISSING',
      'CHANGELOG_EMPTY',
      'FILE_VERSION_MISMATCH',
    ]);
    const [rehearsed] = await change({ action: 'PUBLISH', ids: [next.id], dryRun: true });
    expect(rehearsed?.warnings.map(({ code }) => code)).toEqual(found.product.a.publishChecklist.map(({ code }) => code));
    const hidden = await harness.nobody.query<{ product: { a: unknown } | null }>(
      'query($id: ID!) { product(id: $id) { a: downloadableByVersion(version: "2.0.1") { id } } }',
      { id: productId },
    );
    expect(hidden.product?.a ?? null).toBeNull();
  });
});

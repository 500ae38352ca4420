import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageFault } from '../../../storage/storage-fault.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken, uploadInParts } from '../../../testing/make.js';

const ASSETS = 'id version publishWhenReady status assets { id fileName platform state }';

interface Shown {
  readonly id: string;
  readonly publishWhenReady: boolean;
  readonly status: string;
  readonly assets: readonly { readonly id: string; readonly fileName: string; readonly platform: string; readonly state: string }[];
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('files whose place is taken on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const show = async (id: string): Promise<Shown> =>
    (await harness.admin.query<{ downloadable: Shown }>(`query($id: ID!) { downloadable(id: $id) { ${ASSETS} } }`, { id })).downloadable;
  const declare = (input: Record<string, unknown>) =>
    harness.admin.mutate<{ upload: { id: string } | null }>('createUpload', { size: 9, ...input }, 'upload { id }');
  const objects = async (): Promise<number> =>
    Number((await harness.database.query<{ total: number }>('SELECT COUNT(*) AS total FROM stored_object'))[0]?.total);

  it('a request repeated after its file was replaced never meets the other file’s upload', async () => {
    const { id: downloadableId } = await makeDraft(harness.admin);
    const first = { downloadableId, fileName: 'a.exe', fingerprint: 'the-first-file', idempotencyKey: 'first' };
    expect((await declare(first)).upload).not.toBeNull();
    const other = await declare({ downloadableId, fileName: 'a.exe', fingerprint: 'the-other-file', replace: true });
    const again = await declare(first);
    expect(again).toMatchObject({ upload: null, userErrors: [{ code: 'UPLOAD_GONE' }] });
    expect(other.upload).not.toBeNull();
  });

  it('an upload that the store refuses late takes nothing down that others have put in its place', async () => {
    const { id } = await makeDraft(harness.admin);
    const createUpload = harness.store.createUpload.bind(harness.store);
    let fail: (fault: Error) => void = () => undefined;
    const isAsked = new Promise<void>((asked) => {
      // The store's first answer is a fault that comes when the test says so.
      harness.store.createUpload = () => {
        harness.store.createUpload = createUpload;
        asked();
        return new Promise((_resolve, reject) => (fail = reject));
      };
    });
    const late = harness.admin.graphql('mutation($i: CreateUploadInput!) { createUpload(input: $i) { upload { id } } }', {
      i: { downloadableId: id, fileName: 'app.exe', size: 9 },
    });
    await isAsked;
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const put = await token.fetch(`/api/v1/downloadables/${id}/files/app.exe`, { method: 'PUT', body: 'the bytes that came first' });
    expect(put.status).toBe(200);
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
    fail(new StorageFault('UNREACHABLE', 'The store is away.'));
    expect((await late).errors[0]?.extensions.code).toBe('UNAVAILABLE');
    await harness.settle();
    const [asset] = (await show(id)).assets;
    const permalink = await harness.admin.fetch(`/d/${asset?.id}/app.exe`);
    expect(await (await fetch(permalink.headers.get('location') ?? '')).text()).toBe('the bytes that came first');
  });

  it('a file keeps its labels until the bytes of its replacement are there', async () => {
    const { id } = await makeDraft(harness.admin);
    await makeFile(harness, id, { fileName: 'app-linux-x64.bin' });
    const { upload } = await declare({ downloadableId: id, fileName: 'APP-linux-x64.bin', platform: 'WINDOWS', replace: true });
    expect((await show(id)).assets).toMatchObject([{ fileName: 'app-linux-x64.bin', platform: 'LINUX' }]);
    await harness.admin.run('abortUpload', { uploadId: upload?.id }, 'abortedId');
    expect((await show(id)).assets).toMatchObject([{ fileName: 'app-linux-x64.bin', platform: 'LINUX', state: 'READY' }]);
  });

  it('two revisions that replace one shared file at once leave no object behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      await harness.settle();
      const before = await objects();
      const release = await makePublished(harness, { version: `1.${round}` });
      const { fileName } = release.file;
      await harness.admin.run('reviseDownloadable', { id: release.id }, 'downloadable { id }');
      const copy = await harness.admin.run<{ downloadable: { id: string } }>(
        'copyDownloadable',
        { id: release.id, version: `2.${round}` },
        'downloadable { id }',
      );
      const next = await harness.admin.run<{ downloadable: { id: string } }>(
        'copyDownloadable',
        { id: release.id, version: `3.${round}` },
        'downloadable { id }',
      );
      await harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: release.version }, 'deletedId');
      const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
      const put = (id: string) => token.fetch(`/api/v1/downloadables/${id}/files/${fileName}`, { method: 'PUT', body: `new ${id}` });
      const replies = await Promise.all([put(copy.downloadable.id), put(next.downloadable.id)]);
      expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
      await harness.settle();
      expect(await objects()).toBe(before + 2);
    }
  });

  it('removing a file that failed takes back the wish to publish by itself: what is left was not all that was declared', async () => {
    const draft = await makeDraft(harness.admin, { publish: true });
    const failedId = await uploadInParts(harness.admin, {
      downloadableId: draft.id,
      fileName: 'bad.exe',
      bytes: Buffer.from('bad'),
      sha256: '0'.repeat(64),
    });
    await harness.settle();
    await harness.admin.run('removeAsset', { id: failedId }, 'downloadable { id }');
    expect(await show(draft.id)).toMatchObject({ status: 'DRAFT', publishWhenReady: false });
  });

  it.each([
    ['addExternalAsset', 'asset { id }', 'removeAsset'],
    ['copyDownloadable', 'downloadable { id version }', 'deleteDownloadable'],
  ])('%s repeated after its object was removed is told that it is gone', async (mutation, fields, removal) => {
    const release = await makePublished(harness);
    const draft = await makeDraft(harness.admin);
    const input =
      mutation === 'copyDownloadable'
        ? { id: release.id, version: '77.0', idempotencyKey: 'copy' }
        : {
            downloadableId: draft.id,
            fileName: 'help.pdf',
            url: 'https://files.example.com/help.pdf',
            size: 5,
            idempotencyKey: 'external',
          };
    const made = await harness.admin.run<Record<string, { id: string }>>(mutation, input, fields);
    const { id } = Object.values(made).find((value) => typeof value === 'object' && 'id' in value) ?? { id: '' };
    await harness.admin.run(removal, removal === 'removeAsset' ? { id } : { id, confirmVersion: '77.0' }, '__typename');
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($i: ${type}!) { outcome: ${mutation}(input: $i) { userErrors { code field } } }`;
    expect(await harness.admin.query(query, { i: input })).toEqual({
      outcome: { userErrors: [{ code: 'IDEMPOTENCY_RESULT_DELETED', field: 'idempotencyKey' }] },
    });
  });

  it('HEAD of an external file tells its size and name, and no address that could be fetched uncounted', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const draft = await makeDraft(harness.admin, { productId });
    const input = { downloadableId: draft.id, fileName: 'help.pdf', url: 'https://files.example.com/help.pdf', size: 5 };
    const { asset } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', input, 'asset { id }');
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    const { client } = await makeLicense(harness, { productId });
    const head = await client.fetch(`/d/${asset.id}/help.pdf`, { method: 'HEAD' });
    expect([head.status, head.headers.get('location'), head.headers.get('content-length')]).toEqual([200, null, '5']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from './harness.js';
import { makeProduct, makePublished, makeToken } from './make.js';
import { makeShareLink } from './make-share-link.js';

/** A cursor as a client could make one up. */
const forged = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');

const LONG = 'x'.repeat(5_000);

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('forged input on $name', ({ start }) => {
  let harness: Harness;
  let assetId: string;

  beforeAll(async () => {
    harness = await start();
    const release = await makePublished(harness);
    assetId = release.file.id;
    await makeShareLink(harness.admin, { downloadableId: release.id });
  });
  afterAll(() => harness.close());

  it.each([
    ['no base64', '%%%'],
    ['no JSON', 'aGVsbG8'],
    ['no list', forged({ id: 1 })],
    ['numbers', forged([1, 2])],
    ['too few values', forged([])],
    ['too many values', forged(['a', 'b', 'c', 'd'])],
    ['a date that is none', forged(['never', 'nowhere'])],
    ['a NUL and a quote', forged(['\u0000', "'; DROP TABLE downloadable; --"])],
    ['a text beyond every column', forged([LONG, LONG])],
  ])('a cursor of %s gives an error or a page, never a fault', async (_what, after) => {
    for (const field of ['VERSION', 'PRODUCT', 'STATUS', 'RELEASE_DATE', 'CREATED_AT']) {
      const { errors } = await harness.admin.graphql(
        'query($a: String, $s: DownloadableSort) { downloadables(after: $a, sort: $s) { nodes { id shareLinks(first: 2, after: $a) { nodes { id uses(first: 2, after: $a) { nodes { id } } } } } } products(after: $a) { nodes { id } } }',
        { a: after, s: { field, direction: 'DESC' } },
      );
      expect(errors.filter((error) => error.extensions.code !== 'BAD_USER_INPUT')).toEqual([]);
    }
  });

  it.each([
    '/d/%00/app.exe',
    '/d/%E0%A4%A/app.exe',
    '/d/%2e%2e%2f%2e%2e%2fetc/passwd',
    '/d/..%5c..%5cwindows/app.exe',
    `/d/${LONG}/app.exe`,
    '/d/%F0%9F%9A%A2/%F0%9F%9A%A2',
    '/%2e%2e/%2e%2e/package.json',
  ])('the path %s is a refusal, never a fault', async (path) => {
    const response = await harness.nobody.fetch(path);
    expect([400, 401, 404, 414]).toContain(response.status);
    expect(await response.text()).not.toMatch(/node_modules|SELECT|root:|"pnpm"/);
  });

  it('a permalink answers by its id; another name in it is only a name', async () => {
    const response = await harness.admin.fetch(`/d/${assetId}/%2e%2e%2fother.exe`);
    expect([302, 404]).toContain(response.status);
    expect(response.headers.get('location') ?? '').not.toContain('..');
  });

  it.each([
    ['product', `query($v: String!) { product(slug: $v) { id } }`],
    ['downloadable', `query($v: ID!) { downloadable(id: $v) { id } }`],
    ['asset', `query($v: ID!) { asset(id: $v) { id } }`],
    ['sharedRelease', `query($v: String!) { sharedRelease(token: $v) { version } }`],
    ['shareLink', `query($v: ID!) { shareLink(id: $v) { id } }`],
    ['downloadables', `query($v: String!) { downloadables(filter: { search: $v, channel: $v }) { nodes { id } } }`],
  ])('a value longer than any column finds nothing through %s', async (field, query) => {
    const { data, errors } = await harness.admin.graphql(query, { v: LONG });
    expect(errors.filter((error) => error.extensions.code !== 'BAD_USER_INPUT')).toEqual([]);
    if (errors.length === 0) expect([null, { nodes: [] }]).toContainEqual(data?.[field]);
  });

  it('an idempotency key longer than 255 characters is refused at its field', async () => {
    const { userErrors } = await harness.admin.mutate('createProduct', { name: 'Long', idempotencyKey: LONG });
    expect(userErrors).toMatchObject([{ field: 'idempotencyKey' }]);
  });

  it.each(['Bearer', 'License'])('an Authorization of %s with a value beyond every column is refused as unknown', async (scheme) => {
    const response = await harness.nobody.fetch(`/d/${assetId}/app.exe`, { headers: { authorization: `${scheme} ${LONG}` } });
    expect([401, 403, 404]).toContain(response.status);
  });

  it('a channel is not removed from a product while a release of it is created', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { id } = await makeProduct(harness.admin, { channels: [{ name: 'stable' }, { name: 'nightly' }] });
      const [created] = await Promise.all([
        harness.admin.mutate('createDownloadable', { productId: id, version: '1.0', channel: 'nightly' }),
        harness.admin.mutate('updateProduct', { id, channels: [{ name: 'stable' }] }),
      ]);
      const { product } = await harness.admin.query<{ product: { channels: { name: string }[]; downloadables: { nodes: object[] } } }>(
        'query($id: ID!) { product(id: $id) { channels { name } downloadables { nodes { channel } } } }',
        { id },
      );
      const names = product.channels.map((channel) => channel.name);
      expect(product.downloadables.nodes).toEqual(created.userErrors.length === 0 ? [{ channel: 'nightly' }] : []);
      if (created.userErrors.length === 0) expect(names).toContain('nightly');
    }
  });

  it('aborting an upload against completing it leaves a whole file or none', async () => {
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    for (let round = 0; round < 15; round += 1) {
      const { assetId: id, uploadId } = await uploadOnePart(harness, `raced-${round}.exe`);
      await Promise.all([
        token.graphql('mutation($i: CompleteUploadInput!) { completeUpload(input: $i) { userErrors { code } } }', { i: { uploadId } }),
        token.graphql('mutation($i: AbortUploadInput!) { abortUpload(input: $i) { userErrors { code } } }', { i: { uploadId } }),
      ]);
      await harness.settle();
      const { asset } = await harness.admin.query<{ asset: { state: string } | null }>('query($id: ID!) { asset(id: $id) { state } }', {
        id,
      });
      const objects = await harness.database.query('SELECT state FROM stored_object WHERE id = ?', [uploadId]);
      expect(objects).toEqual(asset === null ? [] : [{ state: asset.state }]);
      if (asset) expect(asset.state).toBe('READY');
    }
  });
});

/** An upload whose only part has arrived. */
async function uploadOnePart(harness: Harness, fileName: string): Promise<{ assetId: string; uploadId: string }> {
  const { id: productId } = await makeProduct(harness.admin);
  const { downloadable } = await harness.admin.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version: '1.0' },
    'downloadable { id }',
  );
  const { upload } = await harness.admin.run<{ upload: { id: string; asset: { id: string } } }>(
    'createUpload',
    { downloadableId: downloadable.id, fileName, size: 5 },
    'upload { id asset { id } }',
  );
  const { parts } = await harness.admin.run<{ parts: { url: string }[] }>(
    'signUploadParts',
    { uploadId: upload.id, partNumbers: [1] },
    'parts { url }',
  );
  await fetch(parts[0]?.url ?? '', { method: 'PUT', body: 'bytes' });
  return { assetId: upload.asset.id, uploadId: upload.id };
}

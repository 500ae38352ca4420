import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeLicense, makeProduct, uploadInParts } from '../../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the main job on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('an uploaded file is published and downloaded byte for byte by a customer with a license', async () => {
    const { admin } = harness;
    const product = await makeProduct(admin);
    const draft = await makeDraft(admin, { productId: product.id, version: '2.0.0' });
    const bytes = Buffer.alloc(20_000_000, 'slipway');
    const assetId = await uploadInParts(admin, { downloadableId: draft.id, fileName: 'Setup-x64.exe', bytes });
    await harness.settle();
    await admin.run('publishDownloadable', { id: draft.id }, 'downloadable { status }');
    const license = await makeLicense(harness, { productId: product.id });
    const redirect = await license.client.fetch(`/d/${assetId}/Setup-x64.exe`);
    expect(redirect.status).toBe(302);
    const response = await fetch(redirect.headers.get('location') ?? '');
    expect(response.headers.get('content-disposition')).toContain('Setup-x64.exe');
    const received = Buffer.from(await response.arrayBuffer());
    expect(received.equals(bytes)).toBe(true);
    const { asset } = await license.client.query<{ asset: { sha256: string } }>('query($id: ID!) { asset(id: $id) { sha256 } }', {
      id: assetId,
    });
    expect(asset.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it.each(['\u{1f600}', "' OR 1=1 --"])('an odd id such as %j is a missing object on every way', async (id) => {
    const { data, errors } = await harness.admin.graphql<Record<string, unknown>>(
      'query($id: ID!) { product(id: $id) { id } downloadable(id: $id) { id } asset(id: $id) { id } customer(id: $id) { id } license(id: $id) { id } licenses(customerId: $id) { totalCount } }',
      { id },
    );
    expect({ data, errors }).toEqual({
      data: { product: null, downloadable: null, asset: null, customer: null, license: null, licenses: { totalCount: 0 } },
      errors: [],
    });
    expect((await harness.nobody.fetch(`/d/${encodeURIComponent(id)}/x`)).status).toBe(404);
  });

  it.each(['\u0000', 'x'.repeat(5_000)])('what cannot be an id, such as %j, is refused on every way', async (id) => {
    for (const field of ['product', 'downloadable', 'asset', 'customer', 'license']) {
      const { errors } = await harness.admin.graphql(`query($id: ID!) { ${field}(id: $id) { id } }`, { id });
      expect(errors).toMatchObject([{ message: expect.stringMatching(/^Argument id (has|is) /), extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect((await harness.nobody.fetch(`/d/${encodeURIComponent(id)}/x`)).status).toBeOneOf([400, 404, 414]);
  });
});

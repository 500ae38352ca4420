import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeProduct, makePublished } from '../../testing/make.js';

const FILE = 'id sha512 createdAt external';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an update check beside other questions on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => (harness = await start()));
  afterAll(() => harness.close());

  it('leaves the release whole for whatever else the same request asks of it', async () => {
    const { id: productId, slug } = await makeProduct(harness.admin);
    const [old, replacement] = [await makePublished(harness, { productId }), await makePublished(harness, { productId })];
    const withdrawal = { id: old.id, reason: 'It loses files.', replacementId: replacement.id };
    await harness.admin.run('withdrawDownloadable', withdrawal, 'downloadable { id }');
    const { asset } = await harness.admin.query<{ asset: object }>(`query($id: ID!) { asset(id: $id) { ${FILE} } }`, {
      id: replacement.file.id,
    });
    // So deep that the release is asked for only once the update check has read it.
    const both = await harness.admin.query<{ product: object }>(
      `query($slug: String!) { updateCheck(input: { product: $slug, version: "0.0.1" }) { status }
        product(slug: $slug) { latest { product { downloadables(sort: { field: VERSION, direction: ASC }, first: 1) {
          nodes { withdrawal { replacement { assets { ${FILE} } } } } } } } } }`,
      { slug },
    );
    const nodes = [{ withdrawal: { replacement: { assets: [asset] } } }];
    expect(both.product).toEqual({ latest: { product: { downloadables: { nodes } } } });
  });
});

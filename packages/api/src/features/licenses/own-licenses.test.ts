import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct, makeToken } from '../../testing/make.js';

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('one’s own licenses on $name', ({ start }) => {
  let harness: Harness;
  let customerId: string;
  let ids: readonly string[];
  beforeAll(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin);
    customerId = (await makeCustomer(harness.admin)).id;
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await makeLicense(harness, { productId, customerId })).id);
    ids = made.toReversed();
    await makeLicense(harness, { productId }); // somebody else's
  });
  afterAll(() => harness.close());

  const list = async (client: Client, page = 'first: 2', after: string | null = null): Promise<Page> => {
    const query = `query($after: String) { ownLicenses(${page}, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;
    return (await client.query<{ ownLicenses: Page }>(query, { after })).ownLicenses;
  };

  it('come page by page, newest first, each once, and nobody else’s', async () => {
    const customer = await harness.makeUser('CUSTOMER', { customerId });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await list(customer, 'first: 2', after);
      expect(page.totalCount).toBe(5);
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(ids);
  });

  it('are the one license of whoever uses its key, and none of staff or of a token', async () => {
    const { id, client } = await makeLicense(harness, { productId: (await makeProduct(harness.admin)).id });
    expect((await list(client)).nodes).toEqual([{ id }]);
    for (const other of [harness.admin, await makeToken(harness.admin, { scopes: ['license:read'] })])
      expect(await list(other)).toMatchObject({ nodes: [], totalCount: 0 });
  });

  it('are asked for by who is signed in', async () => {
    const { errors } = await harness.nobody.graphql('{ ownLicenses { totalCount } }');
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

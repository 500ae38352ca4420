import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../testing/count-statements.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeShareLink } from '../testing/make-share-link.js';
import { makeDraft, makeProduct } from '../testing/make.js';

const LINKS = 'shareLinks(first: 2) { totalCount nodes { id uses(first: 2) { totalCount } } pageInfo { hasNextPage endCursor } }';
const RELEASES = `query($n: Int) { downloadables(first: $n) { nodes { id history(first: 2) { totalCount nodes { id } } ${LINKS} } } }`;
const PRODUCTS = `query($n: Int) { products(first: $n) { nodes { id ${LINKS} } } }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('lists in lists on $name', ({ start }) => {
  let harness: Harness;
  let drafts: { id: string; productId: string }[];

  beforeAll(async () => {
    harness = await start();
    drafts = [];
    for (let index = 0; index < 6; index += 1) {
      const { id: productId } = await makeProduct(harness.admin);
      drafts.push({ ...(await makeDraft(harness.admin, { productId })), productId });
    }
    for (const { id } of drafts) for (let link = 0; link < 3; link += 1) await makeShareLink(harness.admin, { downloadableId: id });
  });
  afterAll(() => harness.close());

  it.each([
    ['releases', RELEASES],
    ['products', PRODUCTS],
  ])('%s take as many statements for six as for one', async (_what, query) => {
    const count = (n: number): Promise<number> => countStatements(harness.database, () => harness.admin.query(query, { n }));
    await count(1);
    expect(await count(6)).toBe(await count(1));
  });

  it('each owner has its own page, newest first, and the next one begins after it', async () => {
    const { downloadables } = await harness.admin.query<{ downloadables: { nodes: { id: string; shareLinks: Page }[] } }>(RELEASES, {
      n: 6,
    });
    for (const { id, shareLinks } of downloadables.nodes) {
      const ids = shareLinks.nodes.map((link) => link.id);
      expect([shareLinks.totalCount, shareLinks.pageInfo.hasNextPage, ids]).toEqual([3, true, ids.toSorted().toReversed()]);
      const { downloadable } = await harness.admin.query<{ downloadable: { shareLinks: Page } }>(
        'query($id: ID!, $after: String) { downloadable(id: $id) { shareLinks(after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }',
        { id, after: shareLinks.pageInfo.endCursor },
      );
      expect(downloadable.shareLinks.nodes).toHaveLength(1);
      expect(ids).not.toContain(downloadable.shareLinks.nodes[0]?.id);
    }
  });
});

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

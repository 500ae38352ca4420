import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeLicense, makePublished } from '../make.js';
import { makeShareLink } from '../make-share-link.js';

/** Every list with cursors, in each of its orders: what is asked, with `%` where its paging arguments go. */
const ORDERS = [
  ...['VERSION', 'PRODUCT', 'STATUS', 'RELEASE_DATE', 'CREATED_AT'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction) => `downloadables(sort: { field: ${field}, direction: ${direction} } %)`),
  ),
  'products(%)',
  'customers(%)',
  'licenses(%)',
  'licenses(expiresFrom: "2020-01-01T00:00:00Z" %)',
  'users(%)',
  'auditEvents(%)',
] as const;

/** Texts that are no place in any order, and such as another engine would read as something. */
const JUNK = [
  '',
  '0',
  'garbage',
  '[',
  '["a"]',
  '[1,2]',
  '{}',
  'null',
  '9999-99-99',
  '2026-02-30 25:61:61',
  '-1',
  'x'.repeat(400),
  "' OR 1=1",
];

type Page = { readonly pageInfo: { readonly endCursor: string | null } };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('cursors on $name', ({ start }) => {
  let harness: Harness;
  const cursors = new Map<string, string>();

  const ask = (order: string, paging: string) => {
    const list = order.replace('(%)', `(${paging})`).replace('%', `, ${paging}`);
    return harness.admin.graphql<{ list: Page }>(`{ list: ${list} { pageInfo { endCursor } } }`);
  };
  const refusals = async (order: string, cursor: string): Promise<readonly string[]> =>
    (await ask(order, `first: 1, after: ${JSON.stringify(cursor)}`)).errors.map(({ extensions }) => extensions.code);

  beforeAll(async () => {
    harness = await start();
    const { productId } = await makePublished(harness);
    const { id } = await makeDraft(harness.admin, { productId, version: '9.0.0' });
    await makeLicense(harness, { productId, expiresAt: '2030-01-01T00:00:00Z' });
    await makeShareLink(harness.admin, { downloadableId: id });
    for (const order of ORDERS) {
      const { data } = await ask(order, 'first: 1');
      cursors.set(order, data?.list.pageInfo.endCursor ?? '');
    }
  });
  afterAll(() => harness.close());

  it.each(ORDERS)('of %s go on in their own order, and are refused by every other one', async (order) => {
    const cursor = cursors.get(order) ?? '';
    expect(cursor).not.toBe('');
    expect(await refusals(order, cursor)).toEqual([]);
    for (const other of ORDERS) if (other !== order) expect([other, await refusals(other, cursor)]).toEqual([other, ['BAD_USER_INPUT']]);
  });

  it.each(ORDERS)('of %s that were made up are read as a place, or refused: never a fault', async (order) => {
    const [name, ...values] = JSON.parse(Buffer.from(cursors.get(order) ?? '', 'base64url').toString()) as readonly string[];
    const made = JUNK.flatMap((junk) => values.map((_, index) => [name, ...values.with(index, junk)]));
    const tooFew = [[name], [name, ...values, 'x'], [], 'text', [name, ...values.map(() => 1)]];
    for (const forged of [...made, ...tooFew]) {
      const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect([forged, (await refusals(order, cursor)).filter((code) => code !== 'BAD_USER_INPUT')]).toEqual([forged, []]);
    }
  });
});

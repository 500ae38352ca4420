import { compareVersions, DOWNLOADABLE_STATUSES, parseVersion, type Version } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct } from '../../../testing/make.js';

interface Listed {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly channel: string;
  readonly platforms: readonly string[];
  readonly releaseDate: string | null;
  readonly createdAt: string;
  readonly product: { readonly id: string; readonly name: string };
}

interface Page {
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly nodes: readonly Listed[];
}

const QUERY = `query($filter: DownloadableFilter, $sort: DownloadableSort, $first: Int, $after: String, $last: Int, $before: String) {
  downloadables(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    totalCount totalCountCapped pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id version status channel platforms releaseDate createdAt product { id name } }
  }
}`;

async function page(client: Client, variables: Record<string, unknown>): Promise<Page> {
  return (await client.query<{ downloadables: Page }>(QUERY, variables)).downloadables;
}

/** Every entry of a list, page by page. */
async function walk(client: Client, variables: Record<string, unknown>, isBackward = false): Promise<Listed[]> {
  const all: Listed[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const result: Page = await page(client, { ...variables, ...(isBackward ? { last: 4, before: cursor } : { first: 4, after: cursor }) });
    if (isBackward) all.unshift(...result.nodes);
    else all.push(...result.nodes);
    cursor = isBackward ? result.pageInfo.startCursor : result.pageInfo.endCursor;
    if (!(isBackward ? result.pageInfo.hasPreviousPage : result.pageInfo.hasNextPage)) return all;
  }
  throw new Error('The list does not end.');
}

function versionOf(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

const sortDate = (row: Listed): string => row.releaseDate ?? row.createdAt.slice(0, 10);
const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const newestFirst = (a: Listed, b: Listed): number => compare(sortDate(b), sortDate(a)) || compare(b.id, a.id);

/** What each sort means, ascending, written apart from the SQL. */
const ORDERS: Readonly<Record<string, (a: Listed, b: Listed) => number>> = {
  VERSION: (a, b) => compareVersions(versionOf(a.version), versionOf(b.version)) || compare(a.id, b.id),
  RELEASE_DATE: (a, b) => -newestFirst(a, b),
  CREATED_AT: (a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
};
/** More words than a search stands for, which all go on from `com`: "config" comes after them in the dictionary. */
const CONTINUED = Array.from({ length: 30 }, (_, place) => `com.a${String(place + 10)}.x`).join(' ');
const MENTIONS: Readonly<Record<string, string>> = { '1.2': CONTINUED, '2.0': 'config' };
/** A file for all platforms is one for each. */
const isFor = (platform: string) => (row: Listed) => row.platforms.some((one) => one === platform || one === 'ALL');
const statusPlace = (row: Listed): number => DOWNLOADABLE_STATUSES.findIndex((status) => status === row.status);

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the list of downloadables on $name', ({ start }) => {
  let harness: Harness;
  let all: Listed[];
  const products: { id: string; name: string }[] = [];

  beforeAll(async () => {
    harness = await start();
    for (const name of ['Zephyr', 'alpha', 'Mistral']) products.push({ name, ...(await makeProduct(harness.admin, { name })) });
    const versions = ['1.0', '1.2', '1.10', '2.0-beta.2', '2.0-beta.10', '2.0', '2.4.1', '2.4.10'];
    for (const [index, product] of products.entries()) {
      for (const [place, version] of versions.entries()) {
        const day = String(((place * 7 + index * 3) % 28) + 1).padStart(2, '0');
        const draft = await makeDraft(harness.admin, {
          productId: product.id,
          version,
          releaseDate: `2026-0${(place % 3) + 1}-${day}`,
          changelog: `Notes of ${version}\n\nfixes the ${place % 2 === 0 ? 'aurora' : 'boreal'} engine\n\n${MENTIONS[version] ?? ''}`,
        });
        if (place % 2 === 0) {
          await makeFile(harness, draft.id, { fileName: place % 4 === 0 ? 'app.dmg' : 'app.exe' });
          await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
        } else if (version === '2.4.10') await makeFile(harness, draft.id, { fileName: 'app.jar' });
      }
    }
    all = await walk(harness.admin, {});
  });
  afterAll(() => harness.close());

  it('has every downloadable once', () => {
    expect(all).toHaveLength(24);
    expect(all.filter(({ platforms }) => platforms.includes('ALL'))).toHaveLength(3);
    expect(new Set(all.map((row) => row.id)).size).toBe(24);
  });

  it.each(['VERSION', 'RELEASE_DATE', 'CREATED_AT'])('sorts by %s both ways, forwards and backwards', async (field) => {
    const ascending = [...all].sort(ORDERS[field]);
    const ids = (rows: readonly Listed[]) => rows.map((row) => row.id);
    expect(ids(await walk(harness.admin, { sort: { field, direction: 'ASC' } }))).toEqual(ids(ascending));
    expect(ids(await walk(harness.admin, { sort: { field, direction: 'DESC' } }))).toEqual(ids(ascending.toReversed()));
    expect(ids(await walk(harness.admin, { sort: { field, direction: 'ASC' } }, true))).toEqual(ids(ascending));
  });

  it.each(['ASC', 'DESC'])('sorts by product and by status %s, the newest first within each', async (direction) => {
    const way = direction === 'ASC' ? 1 : -1;
    const ids = (rows: readonly Listed[]) => rows.map((row) => row.id);
    const byProduct = [...all].sort(
      (a, b) => way * compare(a.product.name.toLowerCase(), b.product.name.toLowerCase()) || newestFirst(a, b),
    );
    const byStatus = [...all].sort((a, b) => way * compare(statusPlace(a), statusPlace(b)) || newestFirst(a, b));
    expect(ids(await walk(harness.admin, { sort: { field: 'PRODUCT', direction } }))).toEqual(ids(byProduct));
    expect(ids(await walk(harness.admin, { sort: { field: 'STATUS', direction } }))).toEqual(ids(byStatus));
    expect(ids(await walk(harness.admin, { sort: { field: 'PRODUCT', direction } }, true))).toEqual(ids(byProduct));
  });

  it.each(['VERSION', 'PRODUCT', 'STATUS', 'RELEASE_DATE', 'CREATED_AT'])(
    'filters the same entries whatever the sort: %s',
    async (field) => {
      const sort = { field, direction: 'DESC' };
      const productId = products[1]?.id ?? '';
      const cases: [Record<string, unknown>, (row: Listed) => boolean][] = [
        [{ productId }, (row) => row.product.id === productId],
        [{ status: 'DRAFT' }, (row) => row.status === 'DRAFT'],
        [{ productId, status: 'PUBLISHED' }, (row) => row.product.id === productId && row.status === 'PUBLISHED'],
        [{ channel: 'beta' }, (row) => row.channel === 'beta'],
        [{ search: 'aurora' }, (row) => ['1.0', '1.10', '2.0-beta.10', '2.4.1'].includes(row.version)],
        [{ search: 'auro' }, (row) => ['1.0', '1.10', '2.0-beta.10', '2.4.1'].includes(row.version)],
        [{ search: '2.4' }, (row) => row.version.startsWith('2.4')],
        [{ search: '2' }, (row) => row.version.startsWith('2') || row.version === '1.2'],
        [{ search: '1.1' }, (row) => row.version === '1.10'],
        [{ search: 'co' }, (row) => Object.hasOwn(MENTIONS, row.version)],
        [{ search: '2.0-be' }, (row) => row.version.startsWith('2.0-beta')],
        [{ search: '2.0-beta.1' }, (row) => row.version === '2.0-beta.10'],
        [{ search: '2.4', status: 'DRAFT' }, (row) => row.version === '2.4.10'],
        [
          { search: 'engine boreal', productId },
          (row) => row.product.id === productId && ['1.2', '2.0-beta.2', '2.0', '2.4.10'].includes(row.version),
        ],
        [{ search: 'nothing has this word' }, () => false],
        [{ platform: 'MACOS' }, isFor('MACOS')],
        [{ platform: 'WINDOWS', channel: 'stable' }, (row) => isFor('WINDOWS')(row) && row.channel === 'stable'],
        [{ platform: 'MACOS', search: 'aurora', status: 'PUBLISHED' }, (row) => isFor('MACOS')(row) && row.status === 'PUBLISHED'],
        [
          { platform: 'WINDOWS', productId, channel: 'beta' },
          (row) => isFor('WINDOWS')(row) && row.product.id === productId && row.channel === 'beta',
        ],
        [{ platform: 'ANDROID', status: 'DRAFT' }, (row) => isFor('ANDROID')(row) && row.status === 'DRAFT'],
        [{ platform: 'ANDROID', status: 'PUBLISHED' }, () => false],
        [{ platform: 'ANDROID' }, isFor('ANDROID')],
      ];
      for (const [filter, matches] of cases) {
        const expected = all.filter(matches).map((row) => row.id);
        const listed = await walk(harness.admin, { filter, sort });
        expect(listed.map((row) => row.id).sort(), JSON.stringify(filter)).toEqual(expected.sort());
        const { totalCount, totalCountCapped } = await page(harness.admin, { filter, sort, first: 1 });
        expect({ filter, totalCount, totalCountCapped }).toEqual({ filter, totalCount: expected.length, totalCountCapped: false });
      }
    },
  );

  it('shows customers the published releases of their products and of OPEN ones only', async () => {
    const license = await makeLicense(harness, { productId: products[0]?.id ?? '' });
    const listed = await walk(license.client, {});
    const expected = all.filter((row) => row.product.id === products[0]?.id && row.status === 'PUBLISHED');
    expect(listed.map((row) => row.id)).toEqual(expected.map((row) => row.id));
    expect((await page(license.client, {})).totalCount).toBe(expected.length);
    expect((await page(license.client, { filter: { status: 'DRAFT' } })).nodes).toEqual([]);
    expect((await page(harness.nobody, {})).totalCount).toBe(0);
  });

  it('says of each page whether there is more on either side of it', async () => {
    const flags = async (variables: object): Promise<readonly boolean[]> => {
      const { pageInfo } = await page(harness.admin, { ...variables });
      return [pageInfo.hasPreviousPage, pageInfo.hasNextPage];
    };
    const { pageInfo } = await page(harness.admin, { first: 10 });
    expect([await flags({ first: 10 }), await flags({ last: 10 }), await flags({ first: 100 })]).toEqual([
      [false, true],
      [true, false],
      [false, false],
    ]);
    const [middle, end] = [{ after: pageInfo.endCursor }, { before: pageInfo.endCursor }];
    expect([await flags({ first: 5, ...middle }), await flags({ last: 5, ...end }), await flags({ last: 50, ...end })]).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ]);
  });

  it('stays in place while releases are added', async () => {
    const first = await page(harness.admin, { first: 5 });
    await makeDraft(harness.admin, { productId: products[0]?.id ?? '', version: '9.9', releaseDate: '2026-12-31' });
    const second = await page(harness.admin, { first: 5, after: first.pageInfo.endCursor });
    expect(second.nodes.map((row) => row.id)).toEqual(all.slice(5, 10).map((row) => row.id));
  });

  it.each([
    [{ first: 0 }, 'BAD_USER_INPUT'],
    [{ first: 101 }, 'BAD_USER_INPUT'],
    [{ first: 5, last: 5 }, 'BAD_USER_INPUT'],
    [{ after: 'not a cursor' }, 'BAD_USER_INPUT'],
    [{ after: Buffer.from('["a"]').toString('base64url') }, 'BAD_USER_INPUT'],
  ])('refuses the paging %j', async (variables, code) => {
    const reply = await harness.admin.graphql(QUERY, variables);
    expect(reply.errors[0]?.extensions.code).toBe(code);
  });
});

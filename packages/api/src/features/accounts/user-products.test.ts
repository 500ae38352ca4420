import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '@slipway/shared';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeLicense, makeLimited, makeProduct, makePublished, makeToken } from '../../testing/make.js';

const USER = 'user { id role products { id } }';
interface Saved {
  readonly user: { readonly id: string; readonly products: readonly { readonly id: string }[] };
}
let count = 0;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('staff limited to products on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  let mine: string;
  let other: string;
  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
    mine = (await makeProduct(admin, { name: 'Mine' })).id;
    other = (await makeProduct(admin, { name: 'Other' })).id;
  });
  afterAll(() => harness.close());

  const person = (role: string, productIds: readonly string[]): Record<string, unknown> => {
    count += 1;
    return { email: `limited-${count}@vendor.example`, name: 'Lim Ited', role, productIds };
  };
  const idsOf = ({ user }: Saved): readonly string[] => user.products.map(({ id }) => id);
  const update = (id: string, input: Record<string, unknown>): Promise<Saved> => admin.run<Saved>('updateUser', { id, ...input }, USER);
  const listed = async (client: Client): Promise<readonly string[]> =>
    (await client.query<{ products: { nodes: { id: string }[] } }>('{ products { nodes { id } } }')).products.nodes.map(({ id }) => id);
  const changesOf = (id: string) =>
    harness.database.query<{ before_json: string | null; after_json: string }>(
      'SELECT before_json, after_json FROM audit_event WHERE subject_id = ? ORDER BY id',
      [id],
    );

  it('are limited when they are made or changed, and the audit trail has the products before and after', async () => {
    const made = await admin.run<Saved>('createUser', person('SUPPORT', [mine, mine]), USER);
    expect(idsOf(made)).toEqual([mine]);
    expect(idsOf(await update(made.user.id, { name: 'Another name' }))).toEqual([mine]);
    expect(idsOf(await update(made.user.id, { productIds: [other] }))).toEqual([other]);
    expect(idsOf(await update(made.user.id, { productIds: [] }))).toEqual([]);
    const [first, , moved, lifted] = await changesOf(made.user.id);
    expect(JSON.parse(first?.after_json ?? '')).toMatchObject({ productIds: [mine] });
    const sides = (event: typeof moved) => [
      JSON.parse(event?.before_json ?? '') as unknown,
      JSON.parse(event?.after_json ?? '') as unknown,
    ];
    expect(sides(moved)).toEqual([
      { productIds: [mine], products: ['Mine'] },
      { productIds: [other], products: ['Other'] },
    ]);
    expect(sides(lifted)).toEqual([
      { productIds: [other], products: ['Other'] },
      { productIds: [], products: [] },
    ]);
  });

  it('are publishers and support alone: no administrator is, by whatever way', async () => {
    const refusal = [
      { code: 'PRODUCTS_NOT_ALLOWED', field: 'productIds', message: expect.stringMatching(/^Only publishers and support /) },
    ];
    expect((await admin.mutate('createUser', person('ADMIN', [mine]))).userErrors).toMatchObject(refusal);
    const { user } = await admin.run<Saved>('createUser', person('PUBLISHER', [mine]), USER);
    expect((await admin.mutate('updateUser', { id: user.id, role: 'ADMIN' })).userErrors).toMatchObject(refusal);
    expect(idsOf(await update(user.id, { role: 'SUPPORT' }))).toEqual([mine]);
    expect(idsOf(await update(user.id, { role: 'ADMIN', productIds: [] }))).toEqual([]);
    expect(idsOf(await update(user.id, { role: 'PUBLISHER', productIds: [mine] }))).toEqual([mine]);
  });

  it('are not limited to a product that does not exist', async () => {
    const input = person('SUPPORT', [mine, '01ARZ3NDEKTSV4RRFFQ69G5FAV']);
    const query = 'mutation($input: CreateUserInput!) { createUser(input: $input) { userErrors { code } } }';
    expect(JSON.stringify(await admin.graphql(query, { input }))).toContain('NOT_FOUND');
    const { users } = await admin.query<{ users: { nodes: object[] } }>('query($s: String) { users(search: $s) { nodes { id } } }', {
      s: String(input['email']),
    });
    expect(users.nodes).toEqual([]);
  });

  it('lose a product, or get one, with their next request', async () => {
    const publisher = await makeLimited(harness, 'PUBLISHER', [mine, other]);
    const [own, theirs] = [await makeDraft(admin, { productId: mine }), await makeDraft(admin, { productId: other })];
    const edit = (id: string) => publisher.mutate('updateDownloadable', { id, lockVersion: 1, name: 'Edited' });
    const see = async (id: string): Promise<unknown> =>
      (await publisher.query('query($id: ID!) { downloadable(id: $id) { id } }', { id }))['downloadable'];
    expect((await listed(publisher)).toSorted()).toEqual([mine, other].toSorted());
    expect(await see(theirs.id)).toEqual({ id: theirs.id });
    await update(publisher.userId, { productIds: [mine] });
    expect(await listed(publisher)).toEqual([mine]);
    expect(await see(theirs.id)).toBeNull();
    await expect(edit(theirs.id)).rejects.toThrow('NOT_FOUND');
    expect(await see(own.id)).toEqual({ id: own.id });
    await update(publisher.userId, { productIds: [other] });
    expect([await see(own.id), await see(theirs.id)]).toEqual([null, { id: theirs.id }]);
  });

  it('who lost a product get nothing of it by repeating what made something', async () => {
    const publisher = await makeLimited(harness, 'PUBLISHER', [mine, other]);
    const { id: downloadableId } = await makeDraft(admin, { productId: other });
    const calls: readonly [string, Record<string, unknown>][] = [
      ['createDownloadable', { productId: other, version: '5.5.5' }],
      ['createShareLink', { downloadableId }],
      ['createUpload', { downloadableId, fileName: 'app.exe', size: 5 }],
      ['copyDownloadable', { id: downloadableId, version: '5.5.6' }],
    ];
    const repeat = async () => {
      for (const [name, input] of calls) expect((await publisher.mutate(name, { ...input, idempotencyKey: name })).userErrors).toEqual([]);
    };
    await repeat();
    await repeat();
    await update(publisher.userId, { productIds: [mine] });
    for (const [name, input] of calls)
      await expect(publisher.mutate(name, { ...input, idempotencyKey: name }), name).rejects.toThrow('NOT_FOUND');
  });

  it('keep their tokens within their products, whatever these were made for, and none of them is for all because none is left', async () => {
    const creator = await harness.makeUser('ADMIN');
    const { viewer } = await creator.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
    const [every, one] = [
      await makeToken(creator, { scopes: [...SCOPES] }),
      await makeToken(creator, { scopes: [...SCOPES], productId: other }),
    ];
    expect(await listed(every)).toContain(other);
    expect(await listed(one)).toEqual([other]);
    await update(viewer.user.id, { role: 'PUBLISHER', productIds: [mine] });
    expect([await listed(every), await listed(one)]).toEqual([[mine], []]);
    const limits = '{ viewer { limitedToProductIds } downloadStatistics { total } downloadables { totalCount } }';
    const [wide, narrow] = [await every.query(limits), await one.query(limits)];
    expect(wide).toMatchObject({ viewer: { limitedToProductIds: [mine] } });
    expect(narrow).toEqual({ viewer: { limitedToProductIds: [] }, downloadStatistics: { total: 0 }, downloadables: { totalCount: 0 } });
    await update(viewer.user.id, { productIds: [other] });
    expect([await listed(every), await listed(one)]).toEqual([[other], [other]]);
  });

  it('keep a product that is archived', async () => {
    const { id } = await makeProduct(admin);
    const support = await makeLimited(harness, 'SUPPORT', [id]);
    await admin.run('archiveProduct', { id }, 'product { id }');
    expect(await listed(support)).toEqual([id]);
  });

  it('see the downloads of all their products added up, and of no other', async () => {
    const products = await Promise.all([0, 1, 2].map(async () => (await makeProduct(admin, { distribution: 'OPEN' })).id));
    for (const [index, productId] of products.entries()) {
      const { file } = await makePublished(harness, { productId });
      for (let times = 0; times <= index; times += 1)
        await harness.nobody.fetch(`/d/${file.id}/${file.fileName}`, { headers: { 'user-agent': `visitor ${times}` } });
    }
    const [first = '', , third = ''] = products;
    const support = await makeLimited(harness, 'SUPPORT', [first, third]);
    const total = async (client: Client, productId: string | null): Promise<unknown> =>
      (
        await client.graphql<{ downloadStatistics: { total: number } }>(
          'query($f: DownloadStatisticsFilter) { downloadStatistics(filter: $f) { total byDay { downloads } byVersion { downloads } } }',
          { f: { productId } },
        )
      ).data?.downloadStatistics;
    expect(await total(support, null)).toMatchObject({ total: 4, byVersion: [{ downloads: 3 }, { downloads: 1 }] });
    expect(await total(support, third)).toMatchObject({ total: 3 });
    expect(await total(support, products[1] ?? '')).toBeUndefined();
    const csv = await (await support.fetch('/api/v1/statistics/downloads.csv?days=1')).text();
    expect(csv.trim().split('\n').at(-1)).toMatch(/,4,/);
  });

  it('find the licenses of their products page by page, newest first, each once', async () => {
    const products = await Promise.all([0, 1, 2].map(async () => (await makeProduct(admin)).id));
    const made: string[] = [];
    for (let round = 0; round < 4; round += 1)
      for (const productId of products) {
        const license = await makeLicense(harness, { productId });
        if (productId !== products[1]) made.unshift(license.id);
      }
    const support = await makeLimited(harness, 'SUPPORT', [products[0] ?? '', products[2] ?? '']);
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { licenses }: Record<'licenses', LicensePage> = await support.query<Record<'licenses', LicensePage>>(
        'query($after: String) { licenses(first: 3, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(licenses.totalCount).toBe(8);
      found.push(...licenses.nodes.map(({ id }) => id));
      after = licenses.pageInfo.endCursor;
      if (!licenses.pageInfo.hasNextPage) break;
    }
    expect(found).toEqual(made);
  });
});

interface LicensePage {
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct } from '../../testing/make.js';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

interface Found {
  nodes: { id: string }[];
  totalCount: number;
  totalCountCapped: boolean;
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('search for people on $name', ({ start }) => {
  let harness: Harness;
  const customers: Record<string, string> = {};
  const licenses: Record<string, { id: string; key: string }> = {};
  let productId: string;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    const other = (await makeProduct(harness.admin)).id;
    const people = [
      ['anna', 'Anna Müller', 'anna.m@north.example', 'Nordlicht GmbH'],
      ['ben', 'Ben Ananda', 'ben@south.example', null],
      ['carl', 'Carl Northam', 'carl_100%@south.example', 'Müller & Söhne'],
    ] as const;
    for (const [key, name, email, company] of people) customers[key] = (await makeCustomer(harness.admin, { name, email, company })).id;
    const license = async (name: string, input: Record<string, unknown> & { productId: string }): Promise<void> =>
      void (licenses[name] = await makeLicense(harness, input));
    await license('anna soon', { productId, customerId: customers['anna'] ?? '', expiresAt: inDays(5) });
    await license('anna late', { productId: other, customerId: customers['anna'] ?? '', expiresAt: inDays(90) });
    await license('ben open', { productId, customerId: customers['ben'] ?? '', key: 'OWN-KEY-of-Ben-zz99' });
    await license('carl sooner', { productId, customerId: customers['carl'] ?? '', expiresAt: inDays(2) });
    await license('carl expired', { productId, customerId: customers['carl'] ?? '', expiresAt: inDays(-2) });
    await license('carl suspended', { productId, customerId: customers['carl'] ?? '' });
    await harness.admin.run('suspendLicense', { id: licenses['carl suspended']?.id }, 'license { id }');
  });
  afterAll(() => harness.close());

  const nameOf = (map: Record<string, string>, id: string): string => Object.entries(map).find(([, value]) => value === id)?.[0] ?? id;
  const findCustomers = async (search: string): Promise<string[]> => {
    const { customers: found } = await harness.admin.query<{ customers: Found }>(
      'query($search: String) { customers(search: $search) { nodes { id } totalCount } }',
      { search },
    );
    expect(found.totalCount).toBe(found.nodes.length);
    return found.nodes.map(({ id }) => nameOf(customers, id)).sort();
  };
  const findLicenses = async (filter: Record<string, unknown>): Promise<string[]> => {
    const { licenses: found } = await harness.admin.query<{ licenses: Found }>(
      'query($search: String, $customerId: ID, $productId: ID, $status: LicenseStatus, $from: DateTime, $before: DateTime) { licenses(search: $search, customerId: $customerId, productId: $productId, status: $status, expiresFrom: $from, expiresBefore: $before) { nodes { id } totalCount } }',
      filter,
    );
    expect(found.totalCount).toBe(found.nodes.length);
    const ids = Object.fromEntries(Object.entries(licenses).map(([name, { id }]) => [name, id]));
    return found.nodes.map(({ id }) => nameOf(ids, id));
  };

  it.each([
    ['a first name', 'anna', ['anna']],
    ['the start of a word', 'an', ['anna', 'ben']],
    ['two words in any order', 'muller anna', ['anna']],
    ['a word without its accents', 'muller', ['anna', 'carl']],
    ['a word of the company', 'nordlicht', ['anna']],
    ['a whole e-mail address in capitals', 'BEN@south.example', ['ben']],
    ['the domain of an e-mail address', 'south.example', ['ben', 'carl']],
    ['part of an address', 'anna.m', ['anna']],
    ['wildcards, taken as they are', '%', []],
    ['an odd address with a wildcard', 'carl_100%@', ['carl']],
    ['nothing that anyone has', 'zebra', []],
    ['a name and a word that only another has', 'anna south', []],
  ])('customers are found by %s', async (_what, search, expected) => {
    expect(await findCustomers(search)).toEqual(expected);
  });

  it('customers are found under a new name and not under the old one', async () => {
    const id = (await makeCustomer(harness.admin, { name: 'Dora Before' })).id;
    customers['dora'] = id;
    await harness.admin.run('updateCustomer', { id, name: 'Dora After' }, 'customer { id }');
    expect(await findCustomers('dora after')).toEqual(['dora']);
    expect(await findCustomers('dora before')).toEqual([]);
  });

  it.each([
    ['by customer', { search: 'anna' }, ['anna late', 'anna soon']],
    ['by company and status', { search: 'muller', status: 'SUSPENDED' }, ['carl suspended']],
    ['by the whole key, however it is written', { search: 'own-KEY-of-ben-ZZ99' }, ['ben open']],
    ['by the last characters of the key', { search: 'zz99' }, ['ben open']],
    ['by nothing that exists', { search: 'zebra' }, []],
    ['by status', { status: 'SUSPENDED' }, ['carl suspended']],
    ['by what ends within a month, the first to end first', { from: inDays(0), before: inDays(30) }, ['carl sooner', 'anna soon']],
    ['by what has ended', { before: inDays(0), status: 'ACTIVE' }, ['carl expired']],
    ['by search within what ends soon', { search: 'anna', from: inDays(0), before: inDays(30) }, ['anna soon']],
  ])('licenses are found %s', async (_what, filter, expected) => {
    expect(await findLicenses(filter)).toEqual(expected);
  });

  it('licenses are found by product and by customer', async () => {
    expect(await findLicenses({ productId, customerId: customers['anna'] })).toEqual(['anna soon']);
    expect(await findLicenses({ productId, status: 'ACTIVE', before: inDays(30), from: inDays(-30) })).toEqual([
      'carl expired',
      'carl sooner',
      'anna soon',
    ]);
  });

  it('pages follow each other without gap or repetition, by time of expiry too', async () => {
    for (const filter of ['', 'expiresBefore: "2999-01-01T00:00:00Z"', 'search: "muller"']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { licenses: page }: { licenses: Found } = await harness.admin.query(
          `query($after: String) { licenses(first: 2, after: $after, ${filter}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        seen.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      const all = await harness.admin.query<{ licenses: Found }>(`{ licenses(first: 100, ${filter || 'after: null'}) { nodes { id } } }`);
      expect(seen).toEqual(all.licenses.nodes.map(({ id }) => id));
      expect(seen.length).toBeGreaterThan(2);
    }
  });
});

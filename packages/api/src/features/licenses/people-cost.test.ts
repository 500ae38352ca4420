import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductScope } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/ids.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { staffContext } from '../../testing/staff-context.js';
import { CustomerList } from '../customers/customer-list.js';
import { LicenseKeys } from './license-keys.js';
import { LicenseList } from './license-list.js';
import { LicenseListArgs } from './license-filter.js';

const PEOPLE = 3_000;
const PAGE = 25;
/** Entries of a page of 25 and its rows by id, and a count that stops at 1,000 (each entry handed over at most twice). */
const MAX_ROWS_OF_PAGE = 6 * PAGE;
const MAX_ROWS_OF_COUNT = 2 * 1_100;

const use = {
  keys: new LicenseKeys(new Secrets('a secret for tests only, of forty characters')),
  clock: { now: () => new Date() },
  settings: { read: () => Promise.resolve({ timeZone: 'UTC' }) },
};
const staffOf = (productIds: ProductScope) => staffContext('license:read', productIds);
const staff = staffOf(null);

/** One product in three, one license in a hundred suspended, ends spread over three years. */
async function fill(database: Database): Promise<readonly string[]> {
  const productIds = [newId(), newId(), newId()];
  await database.transaction(async (tx) => {
    for (const [index, id] of productIds.entries())
      await tx.execute(
        `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
        [id, `p${index}`, `P${index}`, `p${index}`],
      );
    for (let index = 0; index < PEOPLE; index += 1) {
      const [customerId, licenseId] = [newId(), newId()];
      const email = `person${index}@customer.example`;
      await tx.execute(
        `INSERT INTO customer (id, name, email, email_key, created_at, updated_at) VALUES (?, 'Person', ?, ?, '2026-01-01', '2026-01-01')`,
        [customerId, email, email],
      );
      for (const term of ['person', email]) await tx.execute('INSERT INTO customer_term VALUES (?, ?)', [term, customerId]);
      const end = new Date(Date.UTC(2025, 0, 1) + (index % 1_000) * 86_400_000).toISOString().slice(0, 10);
      await tx.execute(
        `INSERT INTO license (id, customer_id, product_id, key_hash, key_sealed, key_version, key_hint, status, expires_at, expiry_policy, channels, platforms, downloads_used, created_at, updated_at)
         VALUES (?, ?, ?, ?, '', 1, ?, ?, ?, 'REVOKE', 'stable', '', 0, '2026-01-01', '2026-01-01')`,
        [
          licenseId,
          customerId,
          productIds[index % 3] ?? '',
          licenseId,
          licenseId.slice(-4),
          index % 100 === 0 ? 'SUSPENDED' : 'ACTIVE',
          end,
        ],
      );
    }
  });
  if (database.dialect === 'mysql') await database.query('ANALYZE TABLE license, customer, customer_term');
  else await database.transaction((tx) => tx.execute('ANALYZE'));
  return productIds;
}

type Filter = Partial<Pick<LicenseListArgs, 'productId' | 'status' | 'search' | 'expiresFrom' | 'expiresBefore'>>;
const SOON = { expiresFrom: new Date('2026-06-01'), expiresBefore: new Date('2026-07-01') };

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the cost of 3,000 customers and licenses on $name', ({ create }) => {
  let test: TestDatabase;
  let productIds: readonly string[];
  let pages: string[];
  beforeAll(async () => {
    test = await create(1);
    productIds = await fill(test.database);
  });
  afterAll(() => test.drop());

  /** The database, noting the statements of pages and of counts. */
  function spied(): Database {
    pages = [];
    return new Proxy(test.database, {
      get: (target, key) =>
        key === 'query'
          ? async (sql: string, parameters: readonly string[] = []) => {
              pages.push(await costOf(target, sql, parameters));
              return target.query(sql, parameters);
            }
          : Reflect.get(target, key, target),
    });
  }

  /** MariaDB tells what its engine hands over; SQLite tells its plan. */
  async function costOf(database: Database, sql: string, parameters: readonly string[]): Promise<string> {
    if (database.dialect === 'sqlite') {
      const plan = await database.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      return plan.map((row) => row.detail).join('; ');
    }
    const read = async (): Promise<number> => {
      const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
      return rows.reduce((sum, row) => sum + Number(row.Value), 0);
    };
    const before = await read();
    await database.query(sql, parameters);
    return String((await read()) - before);
  }

  const listLicenses = async (filter: Filter, page: number, viewer = staff): Promise<void> => {
    let after: string | null = null;
    const args = (): LicenseListArgs => {
      const made = Object.assign(new LicenseListArgs(), filter);
      made.first = PAGE;
      made.after = after;
      return made;
    };
    for (let index = 0; index < page; index += 1)
      after = (await new LicenseList({ ...use, database: test.database }).list(viewer, args())).pageInfo.endCursor;
    await new LicenseList({ ...use, database: spied() }).list(viewer, args());
  };

  function expectCheap(): void {
    const [page = '', count = ''] = pages;
    if (test.database.dialect === 'mysql') {
      expect(Number(page)).toBeLessThan(MAX_ROWS_OF_PAGE);
      expect(Number(count)).toBeLessThan(MAX_ROWS_OF_COUNT);
    } else {
      expect(page).not.toMatch(/TEMP B-TREE|SCAN (?:license|customer)(?! USING)/);
      expect(page).toMatch(/USING (?:COVERING )?INDEX/);
    }
  }

  it.each<[string, Filter, boolean]>([
    ['all licenses', {}, false],
    ['those of a product', {}, true],
    ['the suspended ones', { status: 'SUSPENDED' }, false],
    ['the active ones', { status: 'ACTIVE' }, false],
    ['the active ones of a product', { status: 'ACTIVE' }, true],
    ['those that end within a month', SOON, false],
    ['the active ones that end within a month', { ...SOON, status: 'ACTIVE' }, false],
    ['the active ones of a product that end within a month', { ...SOON, status: 'ACTIVE' }, true],
  ])('a page of %s reads its page only, first and deep', async (_what, filter, isOfProduct) => {
    const wanted = isOfProduct ? { ...filter, productId: productIds[0] ?? '' } : filter;
    await listLicenses(wanted, 0);
    expectCheap();
    await listLicenses(wanted, 1);
    expectCheap();
  });

  it.each<[string, Filter]>([
    ['all', {}],
    ['the active ones', { status: 'ACTIVE' }],
    ['those that end within a month', SOON],
    ['the active ones that end within a month', { ...SOON, status: 'ACTIVE' }],
  ])('a page of %s reads as much of each product that somebody is limited to, first and deep', async (_what, filter) => {
    const limited = staffOf(productIds.slice(1));
    for (const page of [0, 1]) {
      await listLicenses(filter, page, limited);
      const [rows = '', count = ''] = pages;
      if (test.database.dialect === 'mysql') {
        expect(Number(rows)).toBeLessThan(3 * MAX_ROWS_OF_PAGE);
        expect(Number(count)).toBeLessThan(MAX_ROWS_OF_COUNT);
      } else {
        // What is sorted is a page of each.
        expect(rows.match(/CO-ROUTINE part\d; SEARCH license USING COVERING INDEX/g)).toHaveLength(2);
        expect(rows).not.toMatch(/SCAN license/);
      }
    }
  });

  it('a search for the licenses of one customer reads little more than them', async () => {
    await listLicenses({ search: 'person1234@customer.example' }, 0);
    const rows = pages.map(Number);
    if (test.database.dialect === 'mysql') expect(Math.max(...rows)).toBeLessThan(MAX_ROWS_OF_PAGE);
    else expect(pages.join('; ')).not.toMatch(/SCAN (?:license|customer|customer_term)(?! USING)/);
  });

  it('a page of customers reads its page only, and a search for one finds one', async () => {
    await new CustomerList(spied()).list(staff, null, { first: PAGE });
    expectCheap();
    const found = await new CustomerList(spied()).list(staff, 'person1234@customer.example', { first: PAGE });
    expect(found.totalCount).toBe(1);
    if (test.database.dialect === 'mysql') expect(Number(pages[0])).toBeLessThan(MAX_ROWS_OF_PAGE);
  });

  it('a search that everybody matches stops counting at 1,000 and says so', async () => {
    const found = await new CustomerList(test.database).list(staff, 'pers', { first: PAGE });
    expect({ total: found.totalCount, isCapped: found.totalCountCapped, nodes: found.nodes.length }).toEqual({
      total: 1_000,
      isCapped: true,
      nodes: PAGE,
    });
  });
});

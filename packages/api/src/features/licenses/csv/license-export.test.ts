import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeLimited, makeProduct, makeToken } from '../../../testing/make.js';

/** More than are read at a time. */
const MANY = 120;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the export of licenses on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let first: Awaited<ReturnType<typeof makeLicense>>;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    const { id: customerId } = await makeCustomer(harness.admin, { name: '=HYPERLINK("http://evil.example")' });
    first = await makeLicense(harness, { productId, customerId, tags: ['EU', 'Reseller'], externalReference: '-1+1', notes: 'One,\ntwo' });
    for (let index = 1; index < MANY; index += 1) await makeLicense(harness, { productId, customerId });
  });
  afterAll(() => harness.close());

  const read = async (query: string, client = harness.admin): Promise<string> =>
    (await client.fetch(`/api/v1/licenses.csv?${query}`)).text();

  it('has every license of its filter once, without keys, and none as a formula', async () => {
    const answer = await harness.admin.fetch(`/api/v1/licenses.csv?productId=${productId}`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="licenses.csv"');
    const text = await answer.text();
    expect(text.split('\r\n')[0]).toMatch(/^email,name,company,product,keyEnding,status,/);
    const ids = text.match(/,[0-9A-Z]{26}\r\n/g) ?? [];
    expect([ids.length, new Set(ids).size]).toEqual([MANY, MANY]);
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).toContain(`'-1+1,"EU, Reseller","One,\ntwo",`);
    expect(text).not.toContain(first.key);
    expect(await read('tag=eu')).toContain(first.id);
    expect((await read('tag=none')).split('\r\n')).toHaveLength(2);
  });

  it('has keys when they are asked for, writes each down, and refuses whoever may only read', async () => {
    const reader = await makeToken(harness.admin, { scopes: ['license:read'] });
    expect((await reader.fetch('/api/v1/licenses.csv?keys=true')).status).toBe(403);
    expect(await read('tag=eu&keys=true')).toContain(first.key);
    const seen = await harness.database.query(`SELECT id FROM audit_event WHERE action = 'license.keyShown' AND subject_id = ?`, [
      first.id,
    ]);
    expect(seen).toHaveLength(1);
  });

  it('has of somebody who is limited only what is theirs', async () => {
    const { id: otherId } = await makeProduct(harness.admin);
    const limited = await makeLimited(harness, 'SUPPORT', [otherId]);
    expect((await read('', limited)).split('\r\n')).toHaveLength(2);
    expect((await limited.fetch(`/api/v1/licenses.csv?productId=${productId}`)).status).toBe(404);
  });

  it('is for staff', async () => {
    expect((await harness.nobody.fetch('/api/v1/licenses.csv')).status).toBe(401);
    expect((await first.client.fetch('/api/v1/licenses.csv')).status).toBe(403);
  });

  it.each([
    'status=OVER',
    'isActive=maybe',
    'createdFrom=yesterday',
    'updatesUntilTo=2026-13-01',
    'endsWithinDays=soon',
    'tag=a&tag=b',
    'keys=1',
  ])('refuses %s', async (query) => {
    expect((await harness.admin.fetch(`/api/v1/licenses.csv?${query}`)).status).toBe(400);
  });
});

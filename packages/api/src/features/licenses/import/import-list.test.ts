import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeLimited, makeProduct } from '../../../testing/make.js';
import { ImportDriver } from './import-driver.cases.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('imports of licenses on $name', ({ start }) => {
  let harness: Harness;
  let driver: ImportDriver;
  let slug: string;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    driver = new ImportDriver(harness);
    ({ slug, id: productId } = await makeProduct(harness.admin));
  });
  afterAll(() => harness.close());

  it('are listed to whoever sent them, and all of them to who may change all licenses, the latest first', async () => {
    const support = await makeLimited(harness, 'SUPPORT', [productId]);
    const lines = `email,product\nlisted@import.example,${slug}`;
    const [own, other] = [await driver.check(lines, support), await driver.check(lines)];
    const query = '{ licenseImports(first: 2) { nodes { id fileName state created createdBy { kind name } } totalCount } }';
    interface Listed {
      readonly licenseImports: { readonly nodes: readonly { readonly id: string }[]; readonly totalCount: number };
    }
    const seen = (await support.query<Listed>(query)).licenseImports;
    expect(seen).toMatchObject({
      nodes: [{ id: own.id, fileName: 'licenses.csv', state: 'CHECKED', createdBy: { kind: 'USER' } }],
      totalCount: 1,
    });
    const all = (await harness.admin.query<Listed>(query)).licenseImports;
    expect(all.nodes.map(({ id }) => id)).toEqual([other.id, own.id]);
  });

  it('of 20 files that come at once no more are taken than the limit has places', async () => {
    await harness.settle();
    const lines = Array.from({ length: 20 }, (_, index) => `once-${index}@import.example,${slug}`);
    const body = ['email,product', ...lines].join('\n');
    const replies = await Promise.all(lines.map(() => driver.send(body)));
    const taken = replies.filter(({ status }) => status === 201).length;
    expect(taken).toBe(LIMITS.licenseImports.most);
    const refused = (await replies.find(({ status }) => status !== 201)?.json()) as { code: string };
    expect([new Set(replies.map(({ status }) => status)).size, refused.code]).toEqual([2, 'TOO_MANY']);
    await harness.settle();
  });

  it('of 30 changes of many licenses that come at once no more are taken than the limit has places', async () => {
    const ask = () => harness.admin.mutate('changeLicenses', { action: 'REINSTATE', ids: ['none'] }, 'task { id }');
    const outcomes = await Promise.all(Array.from({ length: 30 }, ask));
    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(LIMITS.licenseTasks.most);
    await harness.settle();
  });
});

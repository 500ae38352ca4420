import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeLimited, makeProduct, makePublished } from '../../../testing/make.js';

interface Explanation {
  at: string;
  decision: { allowed: boolean; code: string; licenseId: string | null };
  ways: {
    license: { id: string } | null;
    decision: { code: string };
    steps: { rule: string; outcome: string; code: string | null; values: Record<string, unknown> }[];
    changes: { kind: string; params: Record<string, unknown>; isEnough: boolean }[];
  }[];
  turns: { at: string; decision: { code: string } }[];
}

const EXPLAIN = `query($input: ExplainAccessInput!) { explainAccess(input: $input) {
  at decision { allowed code licenseId }
  ways { license { id } decision { code } steps { rule outcome code values } changes { kind params isEnough } }
  turns { at decision { code } } } }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the access explainer on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let published: { id: string; file: { id: string } };
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    published = await makePublished(harness, { productId, version: '2.0', releaseDate: '2026-01-01' });
  });
  afterAll(() => harness.close());

  const explain = async (input: Record<string, unknown>, client: Client = harness.admin): Promise<Explanation> =>
    (await client.query<{ explainAccess: Explanation }>(EXPLAIN, { input: { downloadableId: published.id, ...input } })).explainAccess;
  const codeOf = async (input: Record<string, unknown>, client: Client = harness.admin): Promise<string | undefined> =>
    (await client.graphql(EXPLAIN, { input: { downloadableId: published.id, ...input } })).errors[0]?.extensions.code;

  it('says of a license what the holder is answered, rule by rule, and what would change it', async () => {
    const license = await makeLicense(harness, { productId, updatesUntil: '2025-01-01' });
    const { decision, ways, turns } = await explain({ licenseId: license.id });
    expect(decision).toEqual({ allowed: false, code: 'UPDATES_EXPIRED', licenseId: license.id });
    expect(ways).toHaveLength(1);
    expect(ways[0]?.steps.filter(({ code }) => code !== null)).toEqual([
      { rule: 'UPDATES', outcome: 'FAILED', code: 'UPDATES_EXPIRED', values: { updatesUntil: '2025-01-01', releaseDate: '2026-01-01' } },
    ]);
    expect(ways[0]?.changes).toEqual([{ kind: 'EXTEND_UPDATES', params: { until: '2026-01-01' }, isEnough: true }]);
    expect(turns).toEqual([]);
    await harness.admin.run('updateLicense', { id: license.id, updatesUntil: '2026-01-01' }, 'license { id }');
    expect((await explain({ licenseId: license.id })).decision.allowed).toBe(true);
  });

  it('tells when the answer changes by itself, and answers for every date', async () => {
    const dates = { startsAt: '2020-01-01T00:00:00Z', expiresAt: '2099-03-01T00:00:00Z' };
    const license = await makeLicense(harness, { productId, ...dates });
    const { turns } = await explain({ licenseId: license.id });
    expect(turns.map(({ at, decision }) => [Date.parse(at), decision.code])).toEqual([
      [Date.parse(dates.startsAt), 'ALLOWED'],
      [Date.parse(dates.expiresAt), 'LICENSE_EXPIRED'],
    ]);
    for (const { at, decision } of turns) expect((await explain({ licenseId: license.id, at })).decision.code).toBe(decision.code);
    expect((await explain({ licenseId: license.id, at: '2019-12-31T00:00:00Z' })).decision.code).toBe('LICENSE_NOT_STARTED');
  });

  it('of a customer the license that allows it comes first, whatever the others say', async () => {
    const customerId = (await makeCustomer(harness.admin)).id;
    const good = await makeLicense(harness, { productId, customerId });
    const bad = await makeLicense(harness, { productId, customerId, versionRange: '<2' });
    const { decision, ways } = await explain({ customerId });
    expect(decision).toMatchObject({ allowed: true, licenseId: good.id });
    expect(ways.map(({ license, decision: way }) => [license?.id, way.code])).toEqual([
      [good.id, 'ALLOWED'],
      [bad.id, 'VERSION_NOT_COVERED'],
    ]);
    const { decision: none, ways: without } = await explain({ customerId: (await makeCustomer(harness.admin)).id });
    expect([none.code, without[0]?.license, without[0]?.changes[0]?.kind]).toEqual(['PRODUCT_NOT_LICENSED', null, 'CREATE_LICENSE']);
  });

  it('a draft is told as what customers do not have yet, and a file by its platform', async () => {
    const draft = await makeDraft(harness.admin, { productId, version: '9.0' });
    const file = await makeFile(harness, draft.id);
    const license = await makeLicense(harness, { productId, platforms: ['LINUX'] });
    expect((await explain({ licenseId: license.id, downloadableId: draft.id })).ways[0]?.changes).toEqual([
      { kind: 'PUBLISH', params: {}, isEnough: true },
    ]);
    const { decision } = await explain({ licenseId: license.id, assetId: published.file.id });
    expect(decision.code).toBe('PLATFORM_NOT_COVERED');
    expect((await explain({ licenseId: license.id })).decision.code).toBe('ALLOWED');
    expect(await codeOf({ licenseId: license.id, assetId: file.id })).toBe('BAD_USER_INPUT');
  });

  it('one of a license and a customer is asked about, and what is missing says so', async () => {
    const missing = '01J0000000000000000000000A';
    expect(await codeOf({})).toBe('BAD_USER_INPUT');
    expect(await codeOf({ licenseId: missing, customerId: missing })).toBe('BAD_USER_INPUT');
    for (const input of [{ licenseId: missing }, { customerId: missing }, { customerId: missing, downloadableId: missing }])
      expect(await codeOf(input)).toBe('NOT_FOUND');
  });

  it('those who are limited to another product are told that there is no such release or license', async () => {
    const license = await makeLicense(harness, { productId });
    const other = await makeProduct(harness.admin, { distribution: 'LICENSED' });
    const limited = await makeLimited(harness, 'SUPPORT', [other.id]);
    const own = await makePublished(harness, { productId: other.id });
    expect(await codeOf({ licenseId: license.id }, limited)).toBe('NOT_FOUND');
    expect(await codeOf({ licenseId: license.id, downloadableId: own.id }, limited)).toBe('NOT_FOUND');
    expect(await codeOf({ licenseId: license.id }, await makeLimited(harness, 'SUPPORT', [productId]))).toBeUndefined();
    expect(await codeOf({ licenseId: license.id }, license.client)).toBe('FORBIDDEN');
  });
});

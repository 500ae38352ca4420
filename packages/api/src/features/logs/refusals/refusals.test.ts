import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makePublished, makeToken } from '../../../testing/make.js';

const REFUSAL = `nodes {
  id at code message remedy status operation version fileName keyEnding client address requestId notKept
  actor { kind id name } product { id } downloadable { id } license { id keyHint } customer { id name }
}`;
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly operation: string;
  readonly requestId: string;
  readonly keyEnding: string | null;
  readonly license: { readonly id: string } | null;
}
interface Found {
  readonly nodes: readonly Refusal[];
  readonly totalCount: number;
  readonly pageInfo: { readonly startCursor: string | null; readonly endCursor: string | null; readonly hasNextPage: boolean };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the log of refusals on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const find = async (filter: Record<string, unknown>, page = 'first: 50'): Promise<Found> =>
    (
      await harness.admin.query<{ refusals: Found }>(
        `query($f: RefusalFilter) { refusals(filter: $f, ${page}) { ${REFUSAL} totalCount pageInfo { startCursor endCursor hasNextPage } } }`,
        { f: filter },
      )
    ).refusals;
  const search = (text: string): Promise<Found> => find({ search: text });

  it('has of a customer who could not download one line, with what they read and what to do, found by whatever is known of them', async () => {
    const release = await makePublished(harness);
    const { id: customerId } = await makeCustomer(harness.admin, { name: 'Tidewater Labs', email: 'office@tidewater.example' });
    const license = await makeLicense(harness, { productId: release.productId, customerId, updatesUntil: '2020-01-31' });
    const refused = await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`, {
      headers: { 'user-agent': 'curl/8.5.0' },
    });
    expect(refused.status).toBe(403);
    const requestId = refused.headers.get('x-request-id') ?? '';
    const ending = license.key.slice(-4);
    const { product } = await harness.admin.query<{ product: { name: string } }>(`{ product(id: "${release.productId}") { name } }`);
    const ways = ['tidewater', 'office@tidewater.example', ending, license.key, requestId, release.version, product.name];
    for (const text of [...ways, `${product.name} ${release.version}`, `Tidewater ${release.version}`]) {
      const { nodes } = await search(text);
      expect([text, nodes.map((one) => one.requestId)]).toEqual([text, [requestId]]);
    }
    expect((await search(requestId)).nodes[0]).toMatchObject({
      code: 'UPDATES_EXPIRED',
      message: expect.stringContaining('2020'),
      remedy: 'RENEW',
      status: 403,
      operation: 'GET /d/:assetId/:fileName',
      version: release.version,
      fileName: release.file.fileName,
      keyEnding: ending,
      client: 'curl',
      address: '127.0.0.0/24',
      license: { id: license.id },
      customer: { id: customerId, name: 'Tidewater Labs' },
      product: { id: release.productId },
      downloadable: { id: release.id },
    });
  });

  it.each<[string, (client: Harness) => Promise<Response>, Partial<Refusal>]>([
    ['an address of nothing', ({ nobody }) => nobody.fetch('/nowhere'), { code: 'NOT_FOUND', status: 404 }],
    ['an address that cannot be read', ({ nobody }) => nobody.fetch('/d/%ff/a.exe'), { code: 'BAD_USER_INPUT', status: 400 }],
    [
      'a token that is none',
      ({ baseUrl }) => new Client(baseUrl, { authorization: 'Bearer slw_nothing' }).fetch('/d/1/a.exe'),
      { code: 'UNAUTHENTICATED', status: 401 },
    ],
    ['a link that is none', ({ nobody }) => nobody.fetch('/s/nothing', { headers: { accept: 'text/html' } }), { code: 'NOT_FOUND' }],
    [
      'a query that cannot be read',
      ({ nobody }) =>
        nobody.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ nothing }"}' }),
      { code: 'BAD_USER_INPUT', status: 400 },
    ],
    [
      'a field that is not for everybody',
      ({ nobody }) =>
        nobody.fetch('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ customers { totalCount } }"}',
        }),
      { code: 'UNAUTHENTICATED', status: 200, operation: 'customers' },
    ],
  ])('has the request id of %s', async (_what, ask, line) => {
    const answer = await ask(harness);
    const { nodes } = await search(answer.headers.get('x-request-id') ?? '');
    expect(nodes).toMatchObject([line]);
  });

  it('has what GraphQL answers without an error: a download that is not granted', async () => {
    const release = await makePublished(harness);
    const license = await makeLicense(harness, { productId: release.productId, versionRange: '<0.1' });
    await license.client.mutate('createDownload', { assetId: release.file.id });
    const { nodes } = await find({ licenseId: license.id });
    expect(nodes).toMatchObject([{ code: 'VERSION_NOT_COVERED', operation: 'createDownload', license: { id: license.id } }]);
    expect((await find({ productId: release.productId, code: 'VERSION_NOT_COVERED' })).totalCount).toBe(1);
    expect((await find({ productId: release.productId, code: 'NOT_FOUND' })).totalCount).toBe(0);
  });

  it('has what a browser is shown as a page', async () => {
    const release = await makePublished(harness);
    const page = { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' } };
    const answer = await harness.nobody.fetch(`/d/${release.file.id}/${release.file.fileName}`, page);
    expect(answer.status).toBe(303);
    const { nodes } = await search(answer.headers.get('x-request-id') ?? '');
    expect(nodes).toMatchObject([{ code: 'AUTH_REQUIRED', downloadable: { id: release.id }, customer: null, actor: null }]);
  });

  it('is followed by its cursor: what is newer, and nothing twice', async () => {
    const ask = (): Promise<Response> => harness.nobody.fetch('/d/followed/a.exe');
    await ask();
    const first = await find({}, 'first: 1');
    const after = (await Promise.all([ask(), ask(), ask()])).map((answer) => answer.headers.get('x-request-id'));
    const newer = await find({}, `last: 50, before: "${first.pageInfo.startCursor}"`);
    expect(new Set(newer.nodes.map((one) => one.requestId))).toEqual(new Set(after));
    expect(newer.nodes).toHaveLength(after.length);
    const none = await find({}, `last: 50, before: "${newer.pageInfo.startCursor}"`);
    expect(none.nodes).toEqual([]);
  });

  it('is read by days, and refuses days that end before they begin', async () => {
    const now = harness.clock.now().getTime();
    const inHours = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    await harness.nobody.fetch('/d/dated/a.exe');
    expect((await find({ since: inHours(-1) })).totalCount).toBeGreaterThan(0);
    expect((await find({ since: inHours(1) })).totalCount).toBe(0);
    expect((await find({ until: inHours(-1) })).totalCount).toBe(0);
    const { errors } = await harness.admin.graphql(
      `{ refusals(filter: { since: "${inHours(1)}", until: "${inHours(0)}" }) { totalCount } }`,
    );
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is for those who read logs, and for no token of one product', async () => {
    const release = await makePublished(harness);
    const { client } = await makeLicense(harness, { productId: release.productId });
    const bound = await makeToken(harness.admin, { scopes: ['log:read'], productId: release.productId });
    const publisher = await harness.makeUser('PUBLISHER');
    for (const reader of [client, bound, publisher, harness.nobody]) {
      const { errors } = await reader.graphql('{ refusals { totalCount } }');
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(errors[0]?.extensions.code);
      expect((await reader.fetch('/api/v1/logs/refusals.csv')).status).toBeGreaterThanOrEqual(401);
    }
    const support = await harness.makeUser('SUPPORT');
    expect((await support.query<{ refusals: Found }>('{ refusals { totalCount } }')).refusals.totalCount).toBeGreaterThan(0);
  });

  it('shows whoever may not read licenses no customer', async () => {
    const release = await makePublished(harness);
    const license = await makeLicense(harness, { productId: release.productId, updatesUntil: '2020-01-31' });
    await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    const reader = await makeToken(harness.admin, { scopes: ['log:read'] });
    const { refusals } = await reader.query<{ refusals: Found }>(
      `{ refusals(filter: { productId: "${release.productId}" }) { ${REFUSAL} } }`,
    );
    expect(refusals.nodes).toMatchObject([{ code: 'UPDATES_EXPIRED', license: null, customer: null, downloadable: null }]);
  });
});

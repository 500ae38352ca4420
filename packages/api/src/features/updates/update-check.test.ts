import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeMachineKey, makeProduct, makePublished, makeToken } from '../../testing/make.js';
import { plainRequest } from '../../testing/plain-request.js';
import { ALIASES, ANSWERS, ARCHIVED, DRAFT, RELEASES, UNREADABLE, WITHDRAWN } from './update.cases.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { readonly release?: { readonly version: string } | null };
}

const QUERY = `query($input: UpdateCheckInput!) { updateCheck(input: $input) {
  status latestVersion refusedVersion refusal { code message params remedy }
  current { version isRelease isWithdrawn withdrawReason }
  release { id version name channel summary isSecurityFix date publishedAt notes assets { id fileName url type platform architecture size sha256 sha512 } }
} }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('update checks on $name', ({ start }) => {
  let harness: Harness;
  let product: { id: string; slug: string };
  let customer: Client;

  beforeAll(async () => {
    harness = await start();
    product = await makeProduct(harness.admin, { name: 'Aurora Studio', slug: 'aurora' });
    const ids = new Map<string, string>();
    for (const [version, releaseDate, names] of RELEASES) {
      const draft = await makeDraft(harness.admin, { productId: product.id, version, releaseDate, changelog: `Notes of ${version}` });
      for (const name of names) await makeFile(harness, draft.id, { fileName: `a-${version}-${name}` });
      await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
      ids.set(version, draft.id);
    }
    await makeDraft(harness.admin, { productId: product.id, version: DRAFT });
    await harness.admin.run('archiveDownloadable', { id: ids.get(ARCHIVED) }, 'downloadable { id }');
    await harness.admin.run('withdrawDownloadable', { id: ids.get(WITHDRAWN), reason: 'It loses files.' }, 'downloadable { id }');
    customer = (await makeLicense(harness, { productId: product.id, channels: ['beta'] })).client;
  });
  afterAll(() => harness.close());

  async function check(client: Client, question: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Answer> {
    const query = new URLSearchParams({ product: 'aurora', ...question });
    const reply = await client.fetch(`/api/v1/updates/check?${query.toString()}`, { headers });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
  }

  interface Result {
    readonly status: string;
    readonly latestVersion: string | null;
    readonly release: { readonly version: string } | null;
    readonly refusal: { readonly code: string } | null;
    readonly [field: string]: unknown;
  }
  const asked = ({ platform, architecture, ...rest }: Readonly<Record<string, string>>) => ({
    product: 'aurora',
    ...rest,
    ...(platform === undefined ? {} : { platform: platform.toUpperCase() }),
    ...(architecture === undefined ? {} : { architecture: architecture.toUpperCase() }),
  });
  const query = async (client: Client, input: object): Promise<Result> =>
    (await client.query<{ updateCheck: Result }>(QUERY, { input })).updateCheck;

  it.each(ANSWERS)('%j leads to %s, over HTTP and GraphQL alike', async (question, version) => {
    const { status, headers, body } = await check(customer, question);
    expect([status, body.release?.version ?? null]).toEqual([version === null ? 204 : 200, version]);
    const result = await query(customer, asked(question));
    expect([result.status, result.release?.version ?? null, result.latestVersion]).toEqual([
      version === null ? 'UP_TO_DATE' : 'UPDATE_AVAILABLE',
      version,
      headers.get('x-latest-version'),
    ]);
  });

  it.each(ALIASES)('%j leads to %s', async (question, version) => {
    expect((await check(customer, question)).body.release?.version).toBe(version);
  });

  it.each(UNREADABLE)('%j is refused with the rule %s and advice, and nothing of it is repeated', async (question, rule, advice) => {
    const { status, headers, body } = await check(customer, question);
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({
      code: 'BAD_USER_INPUT',
      detail: expect.stringMatching(advice),
      ...(rule === null ? {} : { reason: rule }),
    });
    if (rule === null || rule === 'VALUE_INVALID') return;
    const { errors } = await customer.graphql(QUERY, { input: asked(question) });
    expect(errors[0]).toMatchObject({ message: body['detail'], extensions: { code: 'BAD_USER_INPUT', reason: rule } });
  });

  it('tells all that an updater needs, the best file first, with its signature behind it', async () => {
    const { headers, body } = await check(customer, { version: '1.0', platform: 'windows', architecture: 'x64' });
    expect(body).toMatchObject({
      status: 'UPDATE_AVAILABLE',
      latestVersion: '2.0',
      current: { version: '1.0', isRelease: true, isWithdrawn: false },
      release: {
        version: '2.0',
        channel: 'stable',
        date: '2024-01-01',
        notes: 'Notes of 2.0',
        isSecurityFix: false,
        assets: [
          { fileName: 'a-2.0-windows-x64.exe', platform: 'WINDOWS', architecture: 'X64' },
          { fileName: 'a-2.0-windows-x64.exe.sig' },
        ],
      },
    });
    const [file] = (body.release as unknown as { assets: { url: string; size: number; sha256: string; sha512: string }[] }).assets;
    expect(file).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), sha512: expect.stringMatching(/^[0-9a-f]{128}$/) });
    const followed = await customer.fetch(new URL(file?.url ?? '').pathname, { method: 'HEAD' });
    expect([followed.status, followed.headers.get('content-length')]).toEqual([200, String(file?.size)]);
    expect(headers.get('vary')).toContain('Authorization');
    const graphql = await query(customer, asked({ version: '1.0', platform: 'windows', architecture: 'x64' }));
    expect(graphql.release).toEqual(body.release);
  });

  it('an answer that the program has is not sent again, and varies by who asks', async () => {
    const question = { version: '1.0', platform: 'windows', channel: 'beta' };
    const first = await check(customer, question);
    const etag = first.headers.get('etag') ?? '';
    expect((await check(customer, question, { 'if-none-match': etag })).status).toBe(304);
    const stable = (await makeLicense(harness, { productId: product.id })).client;
    expect((await check(stable, question, { 'if-none-match': etag })).status).toBe(200);
  });

  it('says that the installed version was withdrawn, even where nothing newer is there', async () => {
    const { status, headers } = await check(customer, { version: WITHDRAWN, platform: 'windows' });
    expect([status, headers.get('x-current-version-status'), headers.get('x-latest-version')]).toEqual([204, 'WITHDRAWN', '2.0']);
    const result = await query(customer, asked({ version: WITHDRAWN, platform: 'windows', channel: 'beta' }));
    expect(result).toMatchObject({ status: 'UPDATE_AVAILABLE', current: { isWithdrawn: true, withdrawReason: 'It loses files.' } });
  });

  it.each([
    [{ updatesUntil: '2023-04-15' }, '1.0', 'UPDATES_EXPIRED', '1.2.3.4'],
    [{ updatesUntil: '2023-04-15' }, '1.2.3.4', 'UPDATES_EXPIRED', null],
    [{ updatesUntil: '2021-01-01' }, '0.9.0', 'UPDATES_EXPIRED', null],
    [{ updatesUntil: '2023-04-15' }, '2.0', null, null],
    [{ versionRange: '<2.0' }, '1.0', 'VERSION_NOT_COVERED', '1.10.0'],
    [{ platforms: ['LINUX'] }, '1.0', 'PLATFORM_NOT_COVERED', null],
    [{ startsAt: '2099-01-01T00:00:00Z' }, '1.0', 'LICENSE_NOT_STARTED', null],
    [{ startsAt: '2020-01-01T00:00:00Z', expiresAt: '2023-06-01T00:00:00Z' }, '1.0', 'LICENSE_EXPIRED', null],
    [{ startsAt: '2020-01-01T00:00:00Z', expiresAt: '2023-06-01T00:00:00Z' }, '2.0', null, null],
    [{ startsAt: '2020-01-01T00:00:00Z', expiresAt: '2023-03-15T00:00:00Z', expiryPolicy: 'FALLBACK' }, '1.0', 'LICENSE_EXPIRED', '1.2'],
  ] as const)('a license with %j, at version %s: %s, and the newest that it covers is %s', async (terms, version, code, covered) => {
    const { client } = await makeLicense(harness, { productId: product.id, ...terms });
    const { status, body, headers } = await check(client, { version, platform: 'windows', architecture: 'x64' });
    if (code === null) expect([status, headers.get('x-latest-version') === '2.0']).toEqual([204, false]);
    else {
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'NOT_ALLOWED', code, refusedVersion: '2.0', message: expect.stringMatching(/^[A-Z].*\.$/) });
      expect(body.release?.version ?? null).toBe(covered);
    }
  });

  it.each([
    ['suspendLicense', 'LICENSE_SUSPENDED'],
    ['revokeLicense', 'LICENSE_REVOKED'],
  ])('after %s the program hears why, and of nothing newer it hears nothing', async (mutation, code) => {
    const license = await makeLicense(harness, { productId: product.id });
    await harness.admin.run(mutation, { id: license.id }, 'license { id }');
    const { status, body } = await check(license.client, { version: '1.0', platform: 'windows' });
    expect([status, body['status'], body['code']]).toEqual([200, 'NOT_ALLOWED', code]);
    const upToDate = await check(license.client, { version: '2.0', platform: 'windows' });
    expect([upToDate.status, upToDate.headers.get('x-latest-version')]).toEqual([204, null]);
  });

  it('a license whose downloads are used up is told so', async () => {
    const { client } = await makeLicense(harness, { productId: product.id, maxDownloads: 1 });
    await client.fetch('/download/aurora/stable/linux-x64');
    const { body } = await check(client, { version: '1.0', platform: 'windows' });
    expect(body).toMatchObject({ status: 'NOT_ALLOWED', code: 'DOWNLOAD_LIMIT', release: null });
  });

  it('a beta that the license does not include is refused by name of the channel, with the stable release that it includes', async () => {
    const { client } = await makeLicense(harness, { productId: product.id });
    const { body } = await check(client, { version: '1.0', platform: 'windows', channel: 'beta' });
    expect(body).toMatchObject({
      status: 'NOT_ALLOWED',
      code: 'CHANNEL_NOT_INCLUDED',
      refusedVersion: '2.2-rc.1',
      release: { version: '2.0' },
    });
  });

  it('takes every way to sign in, and a key or license to check for in GraphQL', async () => {
    const license = await makeLicense(harness, { productId: product.id });
    const machine = await makeMachineKey(harness.admin, { customerId: license.customerId });
    const person = await harness.makeUser('CUSTOMER', { customerId: license.customerId });
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    const question = { version: '1.0', platform: 'windows' };
    for (const client of [license.client, machine.client, person, token, harness.admin])
      expect((await check(client, question)).body.release?.version).toBe('2.0');
    for (const key of [license.key, machine.key])
      for (const headers of [{ 'x-license-key': key }, { authorization: `Basic ${btoa(`x:${key}`)}` }])
        expect((await check(harness.nobody, question, headers)).status).toBe(200);
    for (const key of [license.key, machine.key])
      expect((await query(harness.nobody, { ...asked(question), licenseKey: key })).release).toMatchObject({
        version: '2.0',
        assets: [{ fileName: 'a-2.0-windows-x64.exe' }, {}],
      });
    expect((await query(harness.admin, { ...asked(question), licenseId: license.id })).status).toBe('UPDATE_AVAILABLE');
    const stranger = await makeLicense(harness, { productId: product.id });
    const { errors } = await stranger.client.graphql(QUERY, { input: { ...asked(question), licenseId: license.id } });
    expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('a product that is hidden, closed or missing is refused alike, by what the caller shows, over HTTP and GraphQL', async () => {
    const hidden = await makePublished(harness, { productId: (await makeProduct(harness.admin, { slug: 'hidden-one' })).id });
    const closed = await makeProduct(harness.admin, { slug: 'closed-one', distribution: 'CLOSED' });
    await makePublished(harness, { productId: closed.id });
    const other = (await makeLicense(harness, { productId: hidden.productId })).client;
    const wrong = new Client(harness.baseUrl, { authorization: 'License WRONG-KEY-0000001' });
    for (const [client, code, status] of [
      [harness.nobody, 'AUTH_REQUIRED', 401],
      [wrong, 'LICENSE_KEY_INVALID', 403],
      [other, 'PRODUCT_NOT_LICENSED', 403],
    ] as const)
      for (const slug of ['aurora', 'closed-one', 'missing-one']) {
        const { body, ...reply } = await check(client, { product: slug, version: '1.0' });
        expect([slug, reply.status, body['code']]).toEqual([slug, status, code]);
        const { errors } = await client.graphql(QUERY, { input: { product: slug, version: '1.0' } });
        expect(errors[0]).toMatchObject({ message: body['detail'], extensions: { code, remedy: body['remedy'] } });
      }
    const challenged = await plainRequest(`${harness.baseUrl}/api/v1/updates/check?product=aurora&version=1.0`, {});
    expect(challenged.headers['www-authenticate']).toMatch(/^Basic realm=/);
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    expect((await check(token, { product: 'missing-one', version: '1.0' })).body['code']).toBe('NOT_FOUND');
  });

  it('of an open product everybody hears of stable releases, and of a beta what it takes', async () => {
    const open = await makeProduct(harness.admin, { slug: 'open-one', distribution: 'OPEN' });
    await makePublished(harness, { productId: open.id, version: '1.0' });
    await makePublished(harness, { productId: open.id, version: '1.1-beta.1' });
    expect((await check(harness.nobody, { product: 'open-one', version: '0.9' })).body.release?.version).toBe('1.0');
    const { status, body } = await check(harness.nobody, { product: 'open-one', version: '0.9', channel: 'beta' });
    expect([status, body['status'], body.release?.version]).toEqual([200, 'NOT_ALLOWED', '1.0']);
  });
});

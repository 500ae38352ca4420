import { SCOPES } from '@slipway/shared';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../kernel/policy.js';
import { ACCESS_CLASSES } from '../../kernel/access.js';
import type { Client } from '../client.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeLicense, makeProduct, makePublished, makeToken } from '../make.js';
import { expectedCode, isInsideRefusal, look } from './matrix-answers.js';
import { probe } from './matrix-probe.js';
import { makeReleases, makeViewers, type Release, type Viewer } from './matrix-world.js';
import { expectedAccess, type ReleaseState, type ViewerName } from './matrix.cases.js';

/** PROMISES.md, row 5: every field and route, every viewer, every state of a release. */
const accessOf = (extensions: unknown): unknown => (extensions as { access?: unknown }).access;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the authorization matrix on $name', ({ start }) => {
  let harness: Harness;
  let viewers: Map<ViewerName, Viewer>;
  let releases: Map<ReleaseState, Release>;
  let productId: string;
  let slug: string;

  beforeAll(async () => {
    harness = await start();
    ({ id: productId, slug } = await makeProduct(harness.admin, { distribution: 'LICENSED' }));
    viewers = await makeViewers(harness, productId);
    releases = await makeReleases(harness, productId);
  });
  afterAll(() => harness.close());

  it('every GraphQL type and root field states who may reach it', () => {
    const unclassified: string[] = [];
    const { schema } = harness.app;
    const roots = [schema.getQueryType(), schema.getMutationType()];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      const parts: [string, unknown][] = roots.includes(type)
        ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.extensions])
        : [[type.name, type.extensions]];
      unclassified.push(
        ...parts.filter(([, extensions]) => !ACCESS_CLASSES.some((access) => access === accessOf(extensions))).map(([name]) => name),
      );
    }
    expect(unclassified).toEqual([]);
  });

  it('every route states who may reach it', () => {
    expect(harness.app.routes.length).toBeGreaterThan(5);
    expect(harness.app.routes.filter((route) => !ACCESS_CLASSES.includes(route.access))).toEqual([]);
  });

  it('every root field refuses whoever lacks its scope, and lets in whoever has it', async () => {
    const { schema } = harness.app;
    const wrong: string[] = [];
    for (const root of [schema.getQueryType(), schema.getMutationType()]) {
      for (const field of Object.values(root?.getFields() ?? {})) {
        // Signing in and out would change who the viewers are.
        if (field.name === 'signIn' || field.name === 'signOut') continue;
        const access = accessOf(field.extensions) as AccessClass;
        for (const [name, viewer] of viewers) {
          const code = await probe(viewer.client, root?.name ?? '', field);
          if (code !== expectedCode(access, viewer) && !isInsideRefusal(code, access, viewer))
            wrong.push(`${name} on ${field.name} (${access}): ${code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the routes of files refuse whoever lacks their scope', async () => {
    const { id = '' } = releases.get('draft') ?? {};
    const files = `/api/v1/downloadables/${id}/files`;
    const form = 'multipart/form-data; boundary=x';
    for (const [name, viewer] of viewers) {
      const body = `--x\r\nContent-Disposition: form-data; name="file"; filename="form-${name.replaceAll(' ', '-')}.txt"\r\n\r\nx\r\n--x--\r\n`;
      for (const [path, init, scope, done] of [
        [`${files}/`, {}, 'release:read', 200],
        [files, {}, 'release:read', 200],
        [`${files}/`, { method: 'POST', headers: { 'content-type': form }, body }, 'release:write', 201],
        [files, { method: 'PUT', headers: { 'content-type': form }, body }, 'release:write', 200],
        [`${files}/form-${name.replaceAll(' ', '-')}.txt`, { method: 'DELETE' }, 'release:write', 204],
      ] as const) {
        const { status } = await viewer.client.fetch(path, init);
        const expected = viewer.scopes.includes(scope) ? done : viewer.isSomebody ? 403 : 401;
        expect(status, `${name}: ${'method' in init ? init.method : 'GET'} ${path}`).toBe(expected);
      }
    }
  });

  it('the upload route refuses whoever lacks release:write', async () => {
    const draft = releases.get('draft');
    for (const [name, viewer] of viewers) {
      const response = await viewer.client.fetch(`/api/v1/downloadables/${draft?.id}/files/probe-${name.replaceAll(' ', '-')}.txt`, {
        method: 'PUT',
        body: 'x',
      });
      const expected = viewer.scopes.includes('release:write') ? [201] : viewer.isSomebody ? [403] : [401];
      expect(expected, `${name}: ${response.status} ${await response.text()}`).toContain(response.status);
    }
  });

  it('statistics and counts show themselves to exactly those who have release:read', async () => {
    const { id = '', file } = releases.get('published') ?? {};
    const ask =
      'query($id: ID!, $asset: ID!) { downloadable(id: $id) { downloadCount customersDownloaded } asset(id: $asset) { downloadCount } }';
    for (const [name, viewer] of viewers) {
      const mayRead = viewer.scopes.includes('release:read');
      const csv = await viewer.client.fetch(`/api/v1/statistics/downloads.csv?downloadableId=${id}`);
      expect(csv.status, name).toBe(mayRead ? 200 : viewer.isSomebody ? 403 : 401);
      const { data } = await viewer.client.graphql<Record<string, object | null>>(ask, { id, asset: file?.id ?? '' });
      if (!mayRead && data?.['downloadable'])
        expect(data, name).toEqual({ downloadable: { downloadCount: null, customersDownloaded: null }, asset: { downloadCount: null } });
      if (mayRead) expect(data?.['asset'], name).toEqual({ downloadCount: expect.any(Number) });
    }
  });

  it('the overview of targets shows published releases alone, to those who see the product', async () => {
    const ask = 'query($id: ID!) { product(id: $id) { latestByTarget { channel platform downloadable { id } } } }';
    const published = { channel: 'stable', platform: 'WINDOWS', downloadable: { id: releases.get('published')?.id } };
    for (const [name, viewer] of viewers) {
      const { data } = await viewer.client.graphql<{ product: object | null }>(ask, { id: productId });
      const seesIt = expectedAccess(name, 'published').isVisible;
      expect(data?.product ?? null, name).toEqual(seesIt ? { latestByTarget: [published] } : null);
    }
  });

  it('a release and its files show themselves to exactly those who may see them', async () => {
    const wrong: string[] = [];
    for (const [state, release] of releases) {
      for (const [name, viewer] of viewers) {
        const expected = expectedAccess(name, state);
        const seen = await look(viewer.client, release);
        if (JSON.stringify(seen) !== JSON.stringify(expected))
          wrong.push(`${name} on ${state}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('stable addresses let in whoever the newest release lets in, and show the product to nobody else', async () => {
    for (const [name, viewer] of viewers) {
      const { permalink, isVisible } = expectedAccess(name, 'published');
      // A product that they do not see is one that is not there.
      const expected = !isVisible && permalink === 403 && viewer.isSomebody ? 404 : permalink;
      for (const [target, method] of [
        ['windows', 'GET'],
        ['windows', 'HEAD'],
        ['latest.json', 'GET'],
      ] as const) {
        const { status } = await viewer.client.fetch(`/download/${slug}/stable/${target}`, { method });
        expect([name, target, method, status]).toEqual([
          name,
          target,
          method,
          expected === 302 && (method === 'HEAD' || target !== 'windows') ? 200 : expected,
        ]);
      }
    }
  });

  it('a question about somebody else answers alike for a hidden draft and a missing release', async () => {
    const ask = (downloadableId: string, subject: string) =>
      harness.nobody.graphql(`query($id: ID!) { checkEntitlement(input: { downloadableId: $id, ${subject}: "x" }) { code } }`, {
        id: downloadableId,
      });
    for (const subject of ['customerId', 'licenseId']) {
      const codes = async (id: string) => (await ask(id, subject)).errors.map((error) => error.extensions.code);
      expect(await codes(releases.get('draft')?.id ?? '')).toEqual(await codes('01ARZ3NDEKTSV4RRFFQ69G5FAV'));
    }
  });

  it('a token for one product reaches nothing of another', async () => {
    const other = await makePublished(harness);
    const { customerId } = await makeLicense(harness, { productId: other.productId });
    await makeLicense(harness, { productId, customerId });
    await makeToken(harness.admin, { scopes: ['release:read'], productId: other.productId });
    const token = await makeToken(harness.admin, { scopes: [...SCOPES], productId });
    const seen = await token.query<Record<'apiTokens' | 'licenses' | 'downloadables', unknown>>(
      '{ apiTokens { nodes { product { id } } } licenses { nodes { product { id } customer { licenses { product { id } } } } } downloadables { nodes { product { id } } } }',
    );
    expect(JSON.stringify(seen)).toContain(productId);
    expect(JSON.stringify(seen)).not.toContain(other.productId);
    expect((await token.fetch(`/api/v1/statistics/downloads.csv?productId=${other.productId}`)).status).toBe(403);
    expect((await token.fetch(`/api/v1/statistics/downloads.csv?downloadableId=${other.id}`)).status).toBe(404);
    const accounts = await token.graphql('{ licenses { nodes { customer { users { email } } } } }');
    expect(accounts.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('a token for one product learns of a customer what they have of that product alone', async () => {
    const [mine, other] = [releases.get('published')?.id ?? '', (await makePublished(harness)).id];
    const { productId: otherId } = await makePublished(harness);
    const { customerId } = await makeLicense(harness, { productId });
    const foreign = await makeLicense(harness, { productId: otherId, customerId });
    const token = await makeToken(harness.admin, { scopes: [...SCOPES], productId });
    const codeOf = async (client: Client, input: object): Promise<string | undefined> => {
      const ask = 'query($input: CheckEntitlementInput!) { checkEntitlement(input: $input) { code } }';
      const { data, errors } = await client.graphql<{ checkEntitlement: { code: string } }>(ask, { input });
      return data?.checkEntitlement?.code ?? errors[0]?.extensions.code;
    };
    const { downloadables } = await harness.admin.query<{ downloadables: { nodes: { id: string }[] } }>(
      'query($f: DownloadableFilter) { downloadables(filter: $f) { nodes { id } } }',
      { f: { productId: otherId } },
    );
    const theirs = downloadables.nodes[0]?.id ?? '';
    expect(await codeOf(harness.admin, { customerId, downloadableId: theirs })).toBe('ALLOWED');
    expect(await codeOf(token, { customerId, downloadableId: mine })).toBe('ALLOWED');
    expect(await codeOf(token, { customerId, downloadableId: theirs })).toBe('PRODUCT_NOT_LICENSED');
    expect(await codeOf(token, { customerId, downloadableId: other })).toBe('PRODUCT_NOT_LICENSED');
    expect(await codeOf(token, { licenseId: foreign.id, downloadableId: theirs })).toBe('NOT_FOUND');
    const reader = await makeToken(harness.admin, { scopes: ['release:read'], productId });
    expect(await codeOf(reader, { customerId, downloadableId: mine })).toBe('FORBIDDEN');
  });

  it('a closed product shows no release by any way, its license holder included', async () => {
    const { id, slug } = await makeProduct(harness.admin);
    await makePublished(harness, { productId: id });
    const { client } = await makeLicense(harness, { productId: id });
    await harness.admin.run('updateProduct', { id, distribution: 'CLOSED' }, 'product { id }');
    const seen = await client.query(
      'query($slug: String!) { product(slug: $slug) { id } viewer { license { product { latest { id } downloadables { totalCount } } } } }',
      { slug },
    );
    expect(seen).toEqual({ product: null, viewer: { license: { product: { latest: null, downloadables: { totalCount: 0 } } } } });
  });

  it('for customers what is hidden answers exactly like what is missing', async () => {
    const customer = viewers.get('customer with an active license');
    const hidden = releases.get('draft');
    const ask = async (id: string, assetId: string) =>
      customer?.client.graphql(
        'query($id: ID!, $asset: ID!) { downloadable(id: $id) { id } asset(id: $asset) { id } checkEntitlement(input: { assetId: $asset }) { code message params } }',
        { id, asset: assetId },
      );
    const strip = (reply: unknown): string => JSON.stringify(reply).replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, 'ID');
    expect(strip(await ask(hidden?.id ?? '', hidden?.file.id ?? ''))).toBe(
      strip(await ask('01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAV')),
    );
    const permalink = async (assetId: string) => {
      const response = await customer?.client.fetch(`/d/${assetId}/${hidden?.file.fileName}`);
      // Problem details are one flat object.
      const { requestId: _id, ...body } = (response ? await response.json() : {}) as Record<string, unknown>;
      return { status: response?.status, body };
    };
    expect(await permalink(hidden?.file.id ?? '')).toEqual(await permalink('01ARZ3NDEKTSV4RRFFQ69G5FAV'));
  });
});

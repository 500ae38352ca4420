import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeMachineKey, makeMember, makePublished } from '../../testing/make.js';
import { probe } from '../../testing/promises/matrix-probe.js';

const DECISION = 'query($input: CheckEntitlementInput!) { checkEntitlement(input: $input) { code licenseId } }';
const KEYS = `query($customerId: ID, $isRevoked: Boolean) { machineKeys(customerId: $customerId, isRevoked: $isRevoked, first: 50) {
  totalCount nodes { id name keyPrefix lastUsedAt expiresAt revokedAt license { id product { name } } } } }`;
interface Listed {
  readonly machineKeys: { readonly totalCount: number; readonly nodes: readonly Record<string, unknown>[] };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('machine keys on $name', ({ start }) => {
  let harness: Harness;
  let release: Awaited<ReturnType<typeof makePublished>>;
  let path: string;
  let customerId: string;
  let owner: Client;
  let license: Awaited<ReturnType<typeof makeLicense>>;

  beforeAll(async () => {
    harness = await start();
    release = await makePublished(harness);
    path = `/d/${release.file.id}/${release.file.fileName}`;
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    customerId = (await makeCustomer(harness.admin, { name: 'Northlight Pictures' })).id;
    license = await makeLicense(harness, { productId: release.productId, customerId });
    owner = await harness.makeUser('CUSTOMER', { customerId });
  });

  const statusOf = async (client: Client): Promise<number> => (await client.fetch(path)).status;
  const list = async (client: Client, variables: Record<string, unknown> = {}) => (await client.query<Listed>(KEYS, variables)).machineKeys;
  const problemOf = async (client: Client, name: string, input: Record<string, unknown>): Promise<string | undefined> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
    const { data, errors } = await client.graphql<Record<string, { userErrors: { code: string }[] } | null>>(query, { input });
    return errors[0]?.extensions.code ?? data?.[name]?.userErrors[0]?.code;
  };

  it('is shown once, kept as a hash, and known by its first characters', async () => {
    const made = await makeMachineKey(owner, { name: ' Render farm ' });
    expect(made.key).toMatch(/^mk_[0-9a-f]{40}$/);
    const { nodes, totalCount } = await list(owner);
    expect(totalCount).toBe(1);
    expect(nodes).toEqual([
      {
        id: made.id,
        name: 'Render farm',
        keyPrefix: made.key.slice(0, 7),
        lastUsedAt: null,
        expiresAt: null,
        revokedAt: null,
        license: null,
      },
    ]);
    const rows = JSON.stringify(await harness.database.query('SELECT * FROM machine_key WHERE id = ?', [made.id]));
    expect(rows).not.toContain(made.key.slice(7));
  });

  it('downloads by every way that takes a license key', async () => {
    const { key } = await makeMachineKey(owner);
    const basic = `Basic ${Buffer.from(`machine:${key}`).toString('base64')}`;
    for (const headers of [{ authorization: `License ${key}` }, { authorization: basic }, { 'x-license-key': ` ${key.toUpperCase()} ` }])
      expect((await harness.nobody.fetch(path, { headers })).status).toBe(302);
    expect((await harness.nobody.fetch(`${path}?key=${key}`)).status).toBe(302);
    const { checkEntitlement } = await harness.nobody.query<Record<string, unknown>>(DECISION, {
      input: { assetId: release.file.id, licenseKey: key },
    });
    expect(checkEntitlement).toEqual({ code: 'ALLOWED', licenseId: license.id });
  });

  it('its downloads count against the license that allowed them, once, and are noted with the machine key', async () => {
    const made = await makeMachineKey(owner, { name: 'Render farm' });
    await made.client.fetch(path);
    await made.client.fetch(path);
    await made.client.run('createDownload', { assetId: release.file.id }, 'download { url }');
    const { license: seen } = await harness.admin.query<{ license: object }>('query($id: ID!) { license(id: $id) { downloadsUsed } }', {
      id: license.id,
    });
    expect(seen).toEqual({ downloadsUsed: 1 });
    const ask = `query($f: DownloadEventFilter) { downloadEvents(filter: $f, first: 5) { nodes { source isCounted actor { kind id name } customer { id } license { id } } } }`;
    const { downloadEvents } = await harness.admin.query<{ downloadEvents: { nodes: object[] } }>(ask, { f: { actorId: made.id } });
    const same = {
      actor: { kind: 'MACHINE', id: made.id, name: 'Render farm' },
      customer: { id: customerId },
      license: { id: license.id },
    };
    expect(downloadEvents.nodes).toEqual([
      { source: 'MACHINE_KEY', isCounted: false, ...same },
      { source: 'PERMALINK', isCounted: false, ...same },
      { source: 'PERMALINK', isCounted: true, ...same },
    ]);
  });

  it('in the portal owners read which machine it was, and members that it was none of them', async () => {
    const made = await makeMachineKey(owner, { name: 'Render farm' });
    await made.client.fetch(path);
    const ask = '{ ownDownloads(first: 5) { nodes { byYou byName byMachineKey } } }';
    const seen = async (client: Client) => (await client.query<{ ownDownloads: { nodes: object[] } }>(ask)).ownDownloads.nodes;
    expect(await seen(owner)).toEqual([{ byYou: false, byName: null, byMachineKey: 'Render farm' }]);
    const nobodys = [{ byYou: false, byName: null, byMachineKey: null }];
    expect(await seen(await makeMember(harness, customerId))).toEqual(nobodys);
    expect(await seen(license.client)).toEqual(nobodys);
    expect(await seen(made.client)).toEqual([]);
  });

  it('the limit of the license holds for it as for people', async () => {
    await harness.admin.run('updateLicense', { id: license.id, maxDownloads: 1 }, 'license { id }');
    const other = await makePublished(harness, { productId: release.productId });
    const { client } = await makeMachineKey(owner);
    expect(await statusOf(client)).toBe(302);
    const refused = await client.fetch(`/d/${other.file.id}/${other.file.fileName}`);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'DOWNLOAD_LIMIT']);
    // What was counted within a day stays downloadable.
    expect(await statusOf(client)).toBe(302);
  });

  it('a license that its customer gets later counts at once, unless the key names one', async () => {
    const [whole, one] = [await makeMachineKey(owner), await makeMachineKey(owner, { licenseId: license.id })];
    const second = await makePublished(harness);
    const get = async ({ client }: { client: Client }) => (await client.fetch(`/d/${second.file.id}/${second.file.fileName}`)).status;
    expect([await get(whole), await get(one)]).toEqual([403, 403]);
    await makeLicense(harness, { productId: second.productId, customerId });
    expect([await get(whole), await get(one)]).toEqual([302, 403]);
    expect(await statusOf(one.client)).toBe(302);
    const slug = 'query($id: ID!) { product(id: $id) { id } }';
    expect((await one.client.query<{ product: object | null }>(slug, { id: second.productId })).product).toBeNull();
    expect((await whole.client.query<{ product: object | null }>(slug, { id: second.productId })).product).not.toBeNull();
  });

  it('stops when its license is suspended, and goes on when it is reinstated', async () => {
    const made = await makeMachineKey(owner, { licenseId: license.id });
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    const refused = await made.client.fetch(path);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'LICENSE_SUSPENDED']);
    await harness.admin.run('reinstateLicense', { id: license.id }, 'license { id }');
    expect(await statusOf(made.client)).toBe(302);
  });

  it('revoking one stops that one alone, and revoking it again is success', async () => {
    const [revoked, other] = [await makeMachineKey(owner), await makeMachineKey(owner)];
    const revoke = () =>
      owner.run<{ machineKey: { revokedAt: string } }>('revokeMachineKey', { id: revoked.id }, 'machineKey { revokedAt }');
    const first = await revoke();
    expect(await revoke()).toEqual(first);
    const refused = await revoked.client.fetch(path);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'LICENSE_KEY_INVALID']);
    expect(await statusOf(other.client)).toBe(302);
    expect((await list(owner, { isRevoked: false })).nodes.map(({ id }) => id)).toEqual([other.id]);
    expect((await list(owner)).totalCount).toBe(2);
  });

  it('stops when it runs out, and when its customer is erased, who keeps no name of it', async () => {
    const expiresAt = new Date(harness.clock.now().getTime() + 60_000).toISOString();
    const [short, long] = [await makeMachineKey(owner, { expiresAt }), await makeMachineKey(owner, { name: 'Secret lab' })];
    expect(await statusOf(short.client)).toBe(302);
    harness.clock.advance({ seconds: 61 });
    expect(await statusOf(short.client)).toBe(403);
    const email = `gone-${customerId.toLowerCase()}@customer.example`;
    await harness.admin.run('updateCustomer', { id: customerId, email }, 'customer { id }');
    await harness.admin.run('eraseCustomer', { id: customerId, confirmEmail: email }, 'customer { id }');
    expect(await statusOf(long.client)).toBe(403);
    for (const table of ['machine_key', 'audit_personal', 'audit_event'])
      expect(JSON.stringify(await harness.database.query(`SELECT * FROM ${table}`))).not.toContain('Secret lab');
    expect(await problemOf(harness.admin, 'createMachineKey', { customerId, name: 'Late' })).toBe('CUSTOMER_ERASED');
  });

  it('its last use is written once a minute', async () => {
    const { client } = await makeMachineKey(owner);
    const lastUse = async () => (await list(owner)).nodes[0]?.['lastUsedAt'];
    await statusOf(client);
    const first = await lastUse();
    expect(first).not.toBeNull();
    harness.clock.advance({ seconds: 59 });
    await statusOf(client);
    expect(await lastUse()).toBe(first);
    harness.clock.advance({ seconds: 2 });
    await statusOf(client);
    expect(await lastUse()).not.toBe(first);
  });

  it('cannot sign in, and is told what it is for', async () => {
    const { key } = await makeMachineKey(owner);
    const { userErrors } = await harness.nobody.mutate('signIn', { licenseKey: key });
    expect(userErrors).toEqual([
      {
        code: 'LICENSE_KEY_INVALID',
        message: 'This is a machine key, with which programs download: sign in with a license key or your account.',
        field: 'licenseKey',
      },
    ]);
  });

  it('is no API token, and says so where it is sent as one', async () => {
    const { key } = await makeMachineKey(owner);
    const reply = await harness.nobody.fetch(path, { headers: { authorization: `Bearer ${key}` } });
    expect([reply.status, ((await reply.json()) as { detail: string }).detail]).toEqual([
      401,
      'This is a machine key, not an API token: send it as "Authorization: License <key>", or as the password of Basic.',
    ]);
  });

  it('changes nothing: every mutation that is not for everybody refuses it', async () => {
    const { client } = await makeMachineKey(owner);
    const wrong: string[] = [];
    for (const field of Object.values(harness.app.schema.getMutationType()?.getFields() ?? {})) {
      if (field.extensions['access'] === 'public') continue;
      const code = await probe(client, 'Mutation', field);
      if (code !== 'FORBIDDEN') wrong.push(`${field.name}: ${code}`);
    }
    expect(wrong).toEqual([]);
    expect(await problemOf(client, 'revealLicenseKey', { id: license.id })).toBe('FORBIDDEN');
  });

  it('learns nothing of people, licenses, notices and other keys', async () => {
    const { client } = await makeMachineKey(owner);
    const seen = await client.query(
      '{ viewer { permissions user { id } license { id } licenses { id } } ownLicenses { totalCount } notices { totalCount } }',
    );
    expect(seen).toEqual({
      viewer: { permissions: [], user: null, license: null, licenses: [] },
      ownLicenses: { totalCount: 0 },
      notices: { totalCount: 0 },
    });
    for (const asked of ['people { id }', 'invitations { totalCount }', 'licenses { totalCount }', 'customers { totalCount }'])
      expect((await client.graphql(`{ ${asked} }`)).errors[0]?.extensions.code, asked).toBe('FORBIDDEN');
    expect((await client.graphql(KEYS, { customerId })).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('what it is refused is noted with it', async () => {
    const made = await makeMachineKey(owner, { name: 'Old updater' });
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    await statusOf(made.client);
    await harness.app.features.refusals.flush();
    const ask = 'query($f: RefusalFilter) { refusals(filter: $f, first: 5) { nodes { code actor { kind name } } } }';
    const { refusals } = await harness.admin.query<{ refusals: { nodes: object[] } }>(ask, { f: { actorId: made.id } });
    expect(refusals.nodes).toEqual([{ code: 'LICENSE_SUSPENDED', actor: { kind: 'MACHINE', name: 'Old updater' } }]);
  });
});

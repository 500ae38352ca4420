import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeMachineKey, makeMember, makeProduct, makePublished, makeToken } from '../../testing/make.js';

const KEYS = `query($customerId: ID, $isRevoked: Boolean) { machineKeys(customerId: $customerId, isRevoked: $isRevoked, first: 50) {
  totalCount nodes { id name keyPrefix lastUsedAt expiresAt revokedAt license { id product { name } } } } }`;
interface Listed {
  readonly machineKeys: { readonly totalCount: number; readonly nodes: readonly Record<string, unknown>[] };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('who makes machine keys on $name', ({ start }) => {
  let harness: Harness;
  let release: Awaited<ReturnType<typeof makePublished>>;
  let customerId: string;
  let owner: Client;
  let license: Awaited<ReturnType<typeof makeLicense>>;

  beforeAll(async () => {
    harness = await start();
    release = await makePublished(harness);
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    customerId = (await makeCustomer(harness.admin, { name: 'Northlight Pictures' })).id;
    license = await makeLicense(harness, { productId: release.productId, customerId });
    owner = await harness.makeUser('CUSTOMER', { customerId });
  });

  const list = async (client: Client, variables: Record<string, unknown> = {}) => (await client.query<Listed>(KEYS, variables)).machineKeys;
  const problemOf = async (client: Client, name: string, input: Record<string, unknown>): Promise<string | undefined> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
    const { data, errors } = await client.graphql<Record<string, { userErrors: { code: string }[] } | null>>(query, { input });
    return errors[0]?.extensions.code ?? data?.[name]?.userErrors[0]?.code;
  };

  it('is made, seen and revoked by owners and staff, not by members, strangers or license keys', async () => {
    const { id } = await makeMachineKey(owner);
    const member = await makeMember(harness, customerId);
    const stranger = await harness.makeUser('CUSTOMER', { customerId: (await makeCustomer(harness.admin)).id });
    const reader = await makeToken(harness.admin, { scopes: ['license:read'] });
    const expected: [Client, string | undefined, string | undefined, string | undefined][] = [
      [owner, undefined, undefined, undefined],
      [await harness.makeUser('SUPPORT'), undefined, undefined, undefined],
      [member, 'FORBIDDEN', 'OWNER_REQUIRED', 'OWNER_REQUIRED'],
      [stranger, 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND'],
      [license.client, 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
      [reader, undefined, 'FORBIDDEN', 'FORBIDDEN'],
      [await harness.makeUser('PUBLISHER'), 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
      [harness.nobody, 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED'],
    ];
    for (const [client, seeing, making, revoking] of expected) {
      expect((await client.graphql(KEYS, { customerId })).errors[0]?.extensions.code).toBe(seeing);
      expect(await problemOf(client, 'createMachineKey', { customerId, name: 'Another' })).toBe(making);
      expect(await problemOf(client, 'revokeMachineKey', { id })).toBe(revoking);
    }
    // A key that is not there answers strangers as one that is not theirs.
    expect(await problemOf(stranger, 'revokeMachineKey', { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).toBe('NOT_FOUND');
    expect(await problemOf(harness.admin, 'revokeMachineKey', { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).toBe('NOT_FOUND');
  });

  it('is for a license of its own customer, with a name and an end that is still to come', async () => {
    const { id: other } = await makeLicense(harness, { productId: (await makeProduct(harness.admin)).id });
    expect(await problemOf(owner, 'createMachineKey', { name: 'A', licenseId: other })).toBe('NOT_FOUND');
    expect(await problemOf(owner, 'createMachineKey', { name: ' ' })).toBe('NAME_REQUIRED');
    expect(await problemOf(owner, 'createMachineKey', { name: 'A', expiresAt: '2020-01-01T00:00:00Z' })).toBe('DATE_INVALID');
    expect(await problemOf(harness.admin, 'createMachineKey', { customerId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', name: 'A' })).toBe('NOT_FOUND');
  });

  it('the same request twice makes one, and tells the key once', async () => {
    const input = { name: 'Updater', idempotencyKey: `once-${customerId}` };
    const make = () => owner.run<{ machineKey: { id: string }; key: string | null }>('createMachineKey', input, 'machineKey { id } key');
    const [first, second] = [await make(), await make()];
    expect(second).toEqual({ machineKey: first.machineKey, key: null, userErrors: [] });
    expect((await list(owner)).totalCount).toBe(1);
  });

  it('making and revoking are in the audit trail, under its name and without the key', async () => {
    const { id, key } = await makeMachineKey(owner, { name: 'Render farm' });
    await owner.run('revokeMachineKey', { id }, 'machineKey { id }');
    const ask = `query($f: AuditEventFilter) { auditEvents(filter: $f, first: 10) { nodes { action subject { name customerId } change { after } } } }`;
    const { auditEvents } = await harness.admin.query<{ auditEvents: { nodes: object[] } }>(ask, {
      f: { subjectType: 'MACHINE_KEY', subjectId: id },
    });
    const subject = { name: 'Render farm', customerId };
    expect(auditEvents.nodes).toMatchObject([
      { action: 'MACHINE_KEY_REVOKE', subject },
      { action: 'MACHINE_KEY_CREATE', subject, change: { after: { name: 'Render farm', customerId } } },
    ]);
    expect(JSON.stringify(auditEvents)).not.toContain(key.slice(7));
  });
});

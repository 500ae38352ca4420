import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct, makeToken } from '../../testing/make.js';

const USER = 'user { id email name role disabledAt }';
let count = 0;

interface MadeUser {
  user: { id: string; email: string; role: string; disabledAt: string | null };
  initialPassword: string;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('accounts on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;

  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
  });
  afterAll(() => harness.close());

  const makeUser = (role: string, input: Record<string, unknown> = {}): Promise<MadeUser> => {
    count += 1;
    return admin.run<MadeUser>(
      'createUser',
      { email: `person-${count}@vendor.example`, name: `Person ${count}`, role, ...input },
      `${USER} initialPassword`,
    );
  };
  const me = async (client: Client): Promise<{ user: { role: string }; permissions: string[] } | null> =>
    (await client.query<{ viewer: { user: { role: string }; permissions: string[] } | null }>('{ viewer { user { role } permissions } }'))
      .viewer;

  it('are made with a password that is shown once and works', async () => {
    const made = await makeUser('SUPPORT', { idempotencyKey: 'once' });
    const client = await harness.signIn(made.user.email, made.initialPassword);
    expect(await me(client)).toMatchObject({ user: { role: 'SUPPORT' } });
    const events = await harness.database.query<{ after_json: string; actor_kind: string }>(
      `SELECT after_json, actor_kind FROM audit_event WHERE action = 'user.create' AND subject_id = ?`,
      [made.user.id],
    );
    expect(events).toMatchObject([{ actor_kind: 'USER' }]);
    expect(JSON.stringify(events)).not.toMatch(/argon2|passwordHash/);
  });

  it('are listed without those of customers, and found by part of name or address', async () => {
    const { id: customerId } = await makeCustomer(admin);
    const customer = await makeUser('CUSTOMER', { customerId });
    const { user } = await makeUser('PUBLISHER', { name: 'Zoe Unmistakable' });
    const list = async (search: string | null): Promise<string[]> =>
      (
        await admin.query<{ users: { nodes: { id: string }[] } }>(
          'query($s: String) { users(search: $s, first: 100) { nodes { id } totalCount } }',
          { s: search },
        )
      ).users.nodes.map(({ id }) => id);
    expect(await list('UNMISTAK')).toEqual([user.id]);
    expect(await list(null)).not.toContain(customer.user.id);
    const { customer: seen } = await admin.query<{ customer: { users: { id: string }[] } }>(
      'query($id: ID!) { customer(id: $id) { users { id } } }',
      { id: customerId },
    );
    expect(seen.users).toEqual([{ id: customer.user.id }]);
  });

  it('of customers sign in for their customer and see its licenses', async () => {
    const { id: productId } = await makeProduct(admin);
    const license = await makeLicense(harness, { productId });
    const made = await makeUser('CUSTOMER', { customerId: license.customerId });
    const client = await harness.signIn(made.user.email, made.initialPassword);
    const query = '{ viewer { permissions licenses { id product { id } } } }';
    const expected = { viewer: { permissions: [], licenses: [{ id: license.id, product: { id: productId } }] } };
    expect(await client.query(query)).toEqual(expected);
    expect(await license.client.query(query)).toEqual(expected);
    expect(await admin.query('{ viewer { licenses { id } } }')).toEqual({ viewer: { licenses: [] } });
  });

  it.each([
    ['an address that is none', { email: 'nobody' }, 'EMAIL_INVALID', 'email'],
    ['a blank name', { name: ' ' }, 'NAME_REQUIRED', 'name'],
    ['a customer account without a customer', { role: 'CUSTOMER' }, 'CUSTOMER_REQUIRED', 'customerId'],
  ])('are refused with %s, at its field', async (_what, input, code, field) => {
    const { userErrors } = await admin.mutate('createUser', { email: 'x@vendor.example', name: 'X', role: 'SUPPORT', ...input });
    expect(userErrors).toMatchObject([{ code, field }]);
  });

  it('are refused with a taken address, and staff do not become customers', async () => {
    const { user } = await makeUser('SUPPORT');
    const again = await admin.mutate('createUser', { email: user.email.toUpperCase(), name: 'X', role: 'SUPPORT' });
    expect(again.userErrors).toMatchObject([{ code: 'EMAIL_TAKEN', field: 'email' }]);
    const changed = await admin.mutate('updateUser', { id: user.id, role: 'CUSTOMER' });
    expect(changed.userErrors).toMatchObject([{ code: 'ROLE_INVALID', field: 'role' }]);
  });

  it('act with a new role on the next request, and not at all once disabled, then or later', async () => {
    const made = await makeUser('SUPPORT');
    const client = await harness.signIn(made.user.email, made.initialPassword);
    await admin.run('updateUser', { id: made.user.id, role: 'PUBLISHER' }, USER);
    expect((await me(client))?.permissions).toContain('product:write');
    await admin.run('updateUser', { id: made.user.id, disabled: true }, USER);
    expect(await me(client)).toBeNull();
    await expect(harness.signIn(made.user.email, made.initialPassword)).rejects.toThrow('Sign-in failed');
    const { user } = await admin.run<MadeUser>('updateUser', { id: made.user.id, disabled: false }, USER);
    expect(user.disabledAt).toBeNull();
    expect(await me(client)).toBeNull();
    expect(await me(await harness.signIn(made.user.email, made.initialPassword))).not.toBeNull();
  });

  it('get a new password shown once, and lose the old one and every session', async () => {
    const made = await makeUser('SUPPORT');
    const client = await harness.signIn(made.user.email, made.initialPassword);
    const { newPassword } = await admin.run<{ newPassword: string }>('resetUserPassword', { id: made.user.id }, 'newPassword');
    expect(await me(client)).toBeNull();
    await expect(harness.signIn(made.user.email, made.initialPassword)).rejects.toThrow('Sign-in failed');
    expect(await me(await harness.signIn(made.user.email, newPassword))).not.toBeNull();
  });

  it('change their own password with the present one; other sessions end, this one stays', async () => {
    const made = await makeUser('PUBLISHER');
    const here = await harness.signIn(made.user.email, made.initialPassword);
    const there = await harness.signIn(made.user.email, made.initialPassword);
    const change = (currentPassword: string, newPassword: string) => here.mutate('changePassword', { currentPassword, newPassword });
    expect((await change('not mine', 'tin whistle 40 oranges')).userErrors).toMatchObject([
      { code: 'PASSWORD_WRONG', field: 'currentPassword' },
    ]);
    expect((await change(made.initialPassword, 'short')).userErrors).toMatchObject([{ code: 'PASSWORD_TOO_SHORT', field: 'newPassword' }]);
    expect((await change(made.initialPassword, 'Password123')).userErrors).toMatchObject([
      { code: 'PASSWORD_COMMON', field: 'newPassword' },
    ]);
    expect((await change(made.initialPassword, 'tin whistle 40 oranges')).userErrors).toEqual([]);
    expect(await me(here)).not.toBeNull();
    expect(await me(there)).toBeNull();
    expect(await me(await harness.signIn(made.user.email, 'tin whistle 40 oranges'))).not.toBeNull();
  });

  it('do not change a password by token or license key', async () => {
    const token = await makeToken(admin, { scopes: ['release:read'] });
    const { client } = await makeLicense(harness, { productId: (await makeProduct(admin)).id });
    const query = 'mutation($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }';
    const input = { currentPassword: TEST_PASSWORD, newPassword: 'tin whistle 40 oranges' };
    for (const who of [token, client]) expect((await who.graphql(query, { input })).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('with more rights than a token has are out of its reach', async () => {
    const token = await makeToken(admin, { scopes: ['user:write'] });
    const { user } = await makeUser('ADMIN');
    const codes = [
      await token.mutate('createUser', { email: 'root@vendor.example', name: 'Root', role: 'ADMIN' }),
      await token.mutate('resetUserPassword', { id: user.id }),
      await token.mutate('updateUser', { id: user.id, disabled: true }),
    ].map(({ userErrors }) => userErrors[0]?.code);
    expect(codes).toEqual(['ROLE_NOT_ALLOWED', 'ROLE_NOT_ALLOWED', 'ROLE_NOT_ALLOWED']);
    const { id: productId } = await makeProduct(admin);
    const narrow = await makeToken(admin, { scopes: ['user:write'], productId });
    expect((await narrow.graphql('{ users { totalCount } }')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    await admin.run('updateUser', { id: user.id, disabled: true }, USER);
  });

  it('of the last active administrator can be neither disabled nor demoted, not even by two at once', async () => {
    const { users } = await admin.query<{ users: { nodes: { id: string; role: string; disabledAt: string | null }[] } }>(
      '{ users(first: 100) { nodes { id role disabledAt } } }',
    );
    const own = users.nodes.filter(({ role, disabledAt }) => role === 'ADMIN' && disabledAt === null);
    expect(own).toHaveLength(1);
    const alone = own[0]?.id ?? '';
    expect((await admin.mutate('updateUser', { id: alone, disabled: true })).userErrors).toMatchObject([
      { code: 'LAST_ADMIN', field: 'disabled' },
    ]);
    expect((await admin.mutate('updateUser', { id: alone, role: 'SUPPORT' })).userErrors).toMatchObject([
      { code: 'LAST_ADMIN', field: 'role' },
    ]);
    for (let round = 0; round < 5; round += 1) {
      const second = await makeUser('ADMIN');
      const other = await harness.signIn(second.user.email, second.initialPassword);
      const replies = await Promise.all([
        admin.graphql<Record<string, { userErrors: { code: string }[] }>>(UPDATE, { input: { id: second.user.id, disabled: true } }),
        other.graphql<Record<string, { userErrors: { code: string }[] }>>(UPDATE, { input: { id: alone, role: 'SUPPORT' } }),
      ]);
      const [row] = await harness.database.query<{ total: number }>(
        `SELECT COUNT(*) AS total FROM user_account WHERE role = 'ADMIN' AND disabled_at IS NULL`,
      );
      expect(Number(row?.total), JSON.stringify(replies)).toBe(1);
      // Whoever won, the first admin is the one again.
      await harness.database.transaction(async (tx) => {
        await tx.execute(`UPDATE user_account SET role = 'ADMIN' WHERE id = ?`, [alone]);
        await tx.execute(`UPDATE user_account SET role = 'SUPPORT' WHERE id = ?`, [second.user.id]);
      });
    }
  });
});

const UPDATE = 'mutation($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code } } }';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsTo, tokenFor } from '../../../testing/account-mails.js';
import type { Client } from '../../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct } from '../../../testing/make.js';

let count = 0;
const nextAddress = (): string => `person-${(count += 1)}@heron.example`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the people of a customer on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
  });
  afterAll(() => harness.close());

  const idOf = async (client: Client): Promise<string> =>
    (await client.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')).viewer.user.id;
  const member = async (owner: Client): Promise<{ client: Client; id: string; email: string }> => {
    const email = nextAddress();
    await owner.run('invitePerson', { email, name: 'Mo' }, 'invitation { id }');
    const token = await tokenFor(harness, email, 'INVITATION');
    await harness.nobody.mutate('acceptInvitation', { token, name: 'Mo', password: TEST_PASSWORD });
    const client = await harness.signIn(email, TEST_PASSWORD);
    return { client, id: await idOf(client), email };
  };
  const company = async (): Promise<{ customerId: string; owner: Client }> => {
    const { id: customerId } = await makeCustomer(admin, { email: nextAddress(), company: 'Heron' });
    return { customerId, owner: await harness.makeUser('CUSTOMER', { customerId }) };
  };

  it('are invited by an owner, in whose name, and a member neither invites nor sees keys', async () => {
    const { customerId, owner } = await company();
    const { id: productId } = await makeProduct(admin);
    const license = await makeLicense(harness, { productId, customerId });
    const { client, email } = await member(owner);
    const [mail] = await mailsTo(harness, email);
    expect(mail?.subject).toBe('Test CUSTOMER invited you to Heron');
    expect(await client.query('{ viewer { user { memberRole } licenses { id } } }')).toEqual({
      viewer: { user: { memberRole: 'MEMBER' }, licenses: [{ id: license.id }] },
    });
    expect((await client.mutate('invitePerson', { email: nextAddress(), name: 'No' })).userErrors).toMatchObject([
      { code: 'OWNER_REQUIRED' },
    ]);
    expect((await client.mutate('revealLicenseKey', { id: license.id })).userErrors).toMatchObject([{ code: 'OWNER_REQUIRED' }]);
    expect((await owner.mutate('revealLicenseKey', { id: license.id })).userErrors).toEqual([]);
    expect((await client.graphql('{ people { id } }')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await owner.query<{ people: { email: string }[] }>('{ people { email } }')).people).toHaveLength(2);
  });

  it('become owners and members, and lose their sessions when they are removed', async () => {
    const { owner } = await company();
    const { client, id } = await member(owner);
    await owner.run('updatePerson', { id, memberRole: 'OWNER' }, 'person { memberRole }');
    expect(await client.query('{ people { id } }')).toBeDefined();
    await owner.run('updatePerson', { id, memberRole: 'MEMBER' }, 'person { memberRole }');
    await owner.run('removePerson', { id }, 'person { disabledAt }');
    expect(await client.query('{ viewer { permissions } }')).toEqual({ viewer: null });
  });

  it('who were removed come back by another invitation, with the account of before', async () => {
    const { owner } = await company();
    const { id, email } = await member(owner);
    await owner.run('removePerson', { id }, 'person { id }');
    await owner.run('invitePerson', { email, name: 'Mo again' }, 'invitation { id }');
    const token = await tokenFor(harness, email, 'INVITATION');
    const { userErrors } = await harness.nobody.mutate('acceptInvitation', { token, name: 'Mo again', password: `${TEST_PASSWORD} 2` });
    expect(userErrors).toEqual([]);
    expect(await idOf(await harness.signIn(email, `${TEST_PASSWORD} 2`))).toBe(id);
  });

  it('always have an owner, also when two leave at once', async () => {
    const { customerId, owner } = await company();
    const { client, id } = await member(owner);
    const ownerId = await idOf(owner);
    for (const [name, input] of [
      ['removePerson', { id: ownerId }],
      ['updatePerson', { id: ownerId, memberRole: 'MEMBER' }],
    ] as const)
      for (const who of [owner, admin]) expect((await who.mutate(name, input)).userErrors).toMatchObject([{ code: 'LAST_OWNER' }]);
    await owner.run('updatePerson', { id, memberRole: 'OWNER' }, 'person { id }');
    const answers = await Promise.all([
      owner.mutate('removePerson', { id: ownerId }),
      client.mutate('removePerson', { id }),
      admin.mutate('updatePerson', { id: ownerId, memberRole: 'MEMBER' }).catch(() => ({ userErrors: [{ code: 'GONE' }] })),
    ]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0).length).toBeGreaterThan(0);
    const owners = await harness.database.query(
      `SELECT id FROM user_account WHERE customer_id = ? AND disabled_at IS NULL AND (member_role IS NULL OR member_role = 'OWNER')`,
      [customerId],
    );
    expect(owners).toHaveLength(1);
  });

  it('of another customer are as good as not there', async () => {
    const [{ owner }, other] = [await company(), await company()];
    const id = await idOf(other.owner);
    const fields = '{ userErrors { code } }';
    const change = await owner.graphql(`mutation($i: UpdatePersonInput!) { updatePerson(input: $i) ${fields} }`, {
      i: { id, memberRole: 'MEMBER' },
    });
    const remove = await owner.graphql(`mutation($i: RemovePersonInput!) { removePerson(input: $i) ${fields} }`, { i: { id } });
    const staff = await owner.graphql(`mutation($i: RemovePersonInput!) { removePerson(input: $i) ${fields} }`, {
      i: { id: await idOf(admin) },
    });
    for (const { errors } of [change, remove, staff]) expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are told nothing of accounts elsewhere: an owner invites them like anybody, and they are told to sign in', async () => {
    const [{ owner }, other] = [await company(), await company()];
    const { email } = await member(other.owner);
    const { userErrors } = await owner.mutate('invitePerson', { email, name: 'Pat' });
    expect(userErrors).toEqual([]);
    const token = await tokenFor(harness, email, 'INVITATION');
    const accepted = await harness.nobody.mutate('acceptInvitation', { token, name: 'Pat', password: TEST_PASSWORD });
    expect(accepted.userErrors).toMatchObject([{ code: 'EMAIL_TAKEN' }]);
  });

  it('make a company of who was a person', async () => {
    const { id: customerId } = await makeCustomer(admin, { email: nextAddress() });
    const kind = async () =>
      (await admin.query<{ customer: { kind: string } }>('query($id: ID!) { customer(id: $id) { kind } }', { id: customerId })).customer
        .kind;
    expect(await kind()).toBe('PERSON');
    await admin.run('invitePerson', { customerId, email: nextAddress(), name: 'Second' }, 'invitation { id }');
    expect(await kind()).toBe('COMPANY');
  });
});

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an account that a license key asks for on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const keyHolder = async () => {
    const email = nextAddress();
    const { id: customerId } = await makeCustomer(harness.admin, { email });
    const { id: productId } = await makeProduct(harness.admin);
    const { client } = await makeLicense(harness, { productId, customerId });
    return { email, customerId, client };
  };
  const ask = (client: Client, email: string) =>
    client.mutate<{ isWaiting: boolean }>('requestAccount', { email, name: 'Kim' }, 'isWaiting');
  const accept = async (email: string) => {
    const token = await tokenFor(harness, email, 'INVITATION');
    return harness.nobody.mutate<{ viewer: { user: { memberRole: string } } }>(
      'acceptInvitation',
      { token, name: 'Kim', password: TEST_PASSWORD },
      'viewer { user { memberRole } }',
    );
  };

  it('is the owner’s at once for the customer’s own address, confirmed by mail', async () => {
    const { email, client } = await keyHolder();
    expect(await ask(client, email)).toMatchObject({ isWaiting: false, userErrors: [] });
    expect((await accept(email)).viewer.user.memberRole).toBe('OWNER');
  });

  it('is refused for another address where nobody can agree to it', async () => {
    const { client } = await keyHolder();
    expect((await ask(client, nextAddress())).userErrors).toMatchObject([{ code: 'ACCOUNT_NOT_OFFERED', field: 'email' }]);
  });

  it('waits for an owner, who is told by mail, and is a member’s when they approve', async () => {
    const { email, client } = await keyHolder();
    await ask(client, email);
    await accept(email);
    const owner = await harness.signIn(email, TEST_PASSWORD);
    const other = nextAddress();
    expect(await ask(client, other)).toMatchObject({ isWaiting: true, userErrors: [] });
    expect(await mailsTo(harness, other)).toEqual([]);
    expect((await mailsTo(harness, email))[0]?.subject).toBe(`${other} asks for an account`);
    const { invitations } = await owner.query<{ invitations: { nodes: { id: string; state: string }[] } }>(
      '{ invitations { nodes { id state } } }',
    );
    expect(invitations.nodes).toMatchObject([{ state: 'REQUESTED' }]);
    await owner.run('resendInvitation', { id: invitations.nodes[0]?.id }, 'invitation { state }');
    expect((await accept(other)).viewer.user.memberRole).toBe('MEMBER');
  });

  it('is for holders of a key alone', async () => {
    const query = 'mutation($i: RequestAccountInput!) { requestAccount(input: $i) { userErrors { code } } }';
    const { errors } = await harness.admin.graphql(query, { i: { email: nextAddress(), name: 'Kim' } });
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

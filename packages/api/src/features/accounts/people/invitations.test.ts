import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsTo, tokenFor } from '../../../testing/account-mails.js';
import { Client, type Payload } from '../../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct } from '../../../testing/make.js';

interface Invitation {
  readonly id: string;
  readonly state: string;
  readonly url: string | null;
}
const INVITATION = 'invitation { id state url email name memberRole role }';
const ACCEPT =
  'mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { viewer { user { id email name role memberRole } permissions limitedToProductIds } userErrors { code message field } } }';
const OPENED =
  'query($token: String!) { openedInvitation(token: $token) { state email name customerName inviterName isForStaff hasAccount } }';
let count = 0;
const nextAddress = (): string => `invited-${(count += 1)}@sparrow.example`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an invitation on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
  });
  afterAll(() => harness.close());

  const customerWith = async (input: Record<string, unknown> = {}): Promise<{ id: string; email: string }> => {
    const email = nextAddress();
    const { id } = await makeCustomer(admin, { email, ...input });
    return { id, email };
  };
  const inviteOwn = async (id: string): Promise<{ invitation: Invitation | null; error: { code: string; message: string } | null }> => {
    const fields = 'results { invitation { id state url } error { code message } }';
    const { results } = await admin.run<{ results: { invitation: Invitation | null; error: { code: string; message: string } | null }[] }>(
      'inviteCustomer',
      { customerIds: [id] },
      fields,
    );
    return results[0]!;
  };
  /** Accepts, and keeps the cookie. */
  const accept = async (
    input: Record<string, unknown>,
  ): Promise<{ client: Client; payload: Payload<{ viewer: Record<string, unknown> | null }> }> => {
    const response = await harness.nobody.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ACCEPT, variables: { input } }),
    });
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    const { data } = (await response.json()) as { data: { acceptInvitation: Payload<{ viewer: Record<string, unknown> | null }> } };
    return { client: new Client(harness.baseUrl, { cookie: cookies.join('; ') }), payload: data.acceptInvitation };
  };
  const open = async (token: string) =>
    (await harness.nobody.query<{ openedInvitation: Record<string, unknown> }>(OPENED, { token })).openedInvitation;
  const codesOf = ({ userErrors }: Payload<object>): (string | null)[] => userErrors.map(({ code }) => code);

  it('makes the account when it is accepted, and not when it is opened', async () => {
    await admin.run('updateSettings', { vendorName: 'Aurora Software' }, 'settings { lockVersion }');
    const { id, email } = await customerWith({ name: 'Ada', company: 'Sparrow Studios' });
    const { id: productId } = await makeProduct(admin, { name: 'Nightjar' });
    await makeLicense(harness, { productId, customerId: id });
    const { invitation } = await inviteOwn(id);
    expect(invitation).toMatchObject({ state: 'OPEN' });
    const [mail] = await mailsTo(harness, email);
    expect(mail?.text).toContain('Nightjar');
    expect(mail?.text).not.toContain('Slipway');
    const token = await tokenFor(harness, email, 'INVITATION');
    for (let time = 0; time < 2; time += 1)
      expect(await open(token)).toMatchObject({ state: 'OPEN', email, customerName: 'Sparrow Studios', hasAccount: false });
    const { client, payload } = await accept({ token, name: 'Ada Lark', password: TEST_PASSWORD });
    expect(payload.viewer).toMatchObject({ user: { email, name: 'Ada Lark', role: 'CUSTOMER', memberRole: 'OWNER' } });
    expect(await client.query('{ viewer { licenses { product { id } } } }')).toEqual({
      viewer: { licenses: [{ product: { id: productId } }] },
    });
    expect(await open(token)).toEqual({
      state: 'USED',
      email: null,
      name: null,
      customerName: null,
      inviterName: null,
      isForStaff: false,
      hasAccount: false,
    });
    await expect(harness.signIn(email, TEST_PASSWORD)).resolves.toBeDefined();
  });

  it('is accepted once, however many accept it at once', async () => {
    const { id, email } = await customerWith();
    await inviteOwn(id);
    const token = await tokenFor(harness, email, 'INVITATION');
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept({ token, name: 'Bo', password: TEST_PASSWORD })));
    expect(answers.filter(({ payload }) => payload.viewer !== null)).toHaveLength(1);
    for (const { payload } of answers.filter((answer) => answer.payload.viewer === null)) expect(codesOf(payload)).toEqual(['LINK_USED']);
    expect(await harness.database.query('SELECT id FROM user_account WHERE email_key = ?', [email])).toHaveLength(1);
  });

  it('needs no password from a customer: they come in by mail', async () => {
    const { id, email } = await customerWith();
    await inviteOwn(id);
    const { client, payload } = await accept({ token: await tokenFor(harness, email, 'INVITATION'), name: 'Cy' });
    expect(payload.viewer).not.toBeNull();
    expect(await client.query('{ viewer { hasPassword } }')).toEqual({ viewer: { hasPassword: false } });
    for (const password of ['', 'anything at all']) await expect(harness.signIn(email, password)).rejects.toThrow('Sign-in failed');
  });

  it('says in a sentence what to do when it is too old, revoked, replaced or of an erased customer', async () => {
    const refusalOf = async (token: string): Promise<string> => {
      const { payload } = await accept({ token, name: 'Di', password: TEST_PASSWORD });
      return payload.userErrors.map(({ code }) => code).join();
    };
    const invite = async () => {
      const customer = await customerWith();
      const { invitation } = await inviteOwn(customer.id);
      return { ...customer, invitationId: invitation?.id, token: await tokenFor(harness, customer.email, 'INVITATION') };
    };
    const revoked = await invite();
    await admin.run('revokeInvitation', { id: revoked.invitationId }, INVITATION);
    expect([await refusalOf(revoked.token), await open(revoked.token)]).toMatchObject(['LINK_WITHDRAWN', { state: 'WITHDRAWN' }]);
    const replaced = await invite();
    await admin.run('resendInvitation', { id: replaced.invitationId }, INVITATION);
    expect(await refusalOf(replaced.token)).toBe('LINK_UNKNOWN');
    const erased = await invite();
    await admin.run('eraseCustomer', { id: erased.id, confirmEmail: erased.email }, 'customer { id }');
    expect([await refusalOf(erased.token), await open(erased.token)]).toMatchObject(['LINK_UNKNOWN', { state: 'UNKNOWN', email: null }]);
    expect(await harness.database.query('SELECT id FROM one_time_link WHERE customer_id = ?', [erased.id])).toEqual([]);
    const old = await invite();
    harness.clock.advance({ days: 8 });
    admin = await harness.makeUser('ADMIN');
    expect([await refusalOf(old.token), await open(old.token)]).toMatchObject(['LINK_EXPIRED', { state: 'EXPIRED', email: null }]);
    await harness.nobody.query('mutation($input: RequestInvitationInput!) { requestInvitation(input: $input) { userErrors { code } } }', {
      input: { token: old.token },
    });
    const fresh = await tokenFor(harness, old.email, 'INVITATION');
    expect(fresh).not.toBe(old.token);
    expect((await accept({ token: fresh, name: 'Di', password: TEST_PASSWORD })).payload.viewer).not.toBeNull();
    const unknown = await harness.nobody.query(
      'mutation($input: RequestInvitationInput!) { requestInvitation(input: $input) { userErrors { code } } }',
      { input: { token: 'x'.repeat(43) } },
    );
    expect(unknown).toEqual({ requestInvitation: { userErrors: [{ code: 'LINK_WITHDRAWN' }] } });
  });

  it('to somebody with an account is refused, and says to sign in when the account came later', async () => {
    const { id, email } = await customerWith();
    await inviteOwn(id);
    const token = await tokenFor(harness, email, 'INVITATION');
    await admin.run('createUser', { email, name: 'Eve', role: 'CUSTOMER', customerId: id }, 'user { id }');
    expect(await open(token)).toMatchObject({ state: 'OPEN', hasAccount: true });
    expect(codesOf((await accept({ token, name: 'Eve', password: TEST_PASSWORD })).payload)).toEqual(['EMAIL_TAKEN']);
    expect((await inviteOwn(id)).error).toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it.each([
    ['a common password', { password: 'password1' }, 'password'],
    ['no name', { name: ' ' }, 'name'],
  ])('is not used up by %s', async (_what, wrong, field) => {
    const { id, email } = await customerWith();
    await inviteOwn(id);
    const token = await tokenFor(harness, email, 'INVITATION');
    const { payload } = await accept({ token, name: 'Flo', password: TEST_PASSWORD, ...wrong });
    expect(payload.userErrors.map((error) => error.field)).toEqual([field]);
    expect((await accept({ token, name: 'Flo', password: TEST_PASSWORD })).payload.viewer).not.toBeNull();
  });

  it('shows its link to staff while no server has its mail, and never to owners', async () => {
    const { id, email } = await customerWith();
    await inviteOwn(id);
    await harness.settle();
    const list = 'query($id: ID) { invitations(customerId: $id) { nodes { email url state } totalCount } }';
    const token = await tokenFor(harness, email, 'INVITATION');
    expect(await admin.query(list, { id })).toEqual({
      invitations: { nodes: [{ email, state: 'OPEN', url: `${harness.baseUrl}/invitation/${token}` }], totalCount: 1 },
    });
    const owner = await harness.makeUser('CUSTOMER', { customerId: id });
    expect(await owner.query(list)).toEqual({ invitations: { nodes: [{ email, state: 'OPEN', url: null }], totalCount: 1 } });
    const stranger = await harness.makeUser('CUSTOMER', { customerId: (await customerWith()).id });
    expect((await stranger.graphql(list, { id })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await harness.nobody.graphql(list, { id })).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('to the staff brings role and products, needs a password, and ends with the rights of who sent it', async () => {
    const { id: productId } = await makeProduct(admin);
    const email = nextAddress();
    await admin.run('inviteStaff', { email, name: 'Gil', role: 'PUBLISHER', productIds: [productId] }, INVITATION);
    const token = await tokenFor(harness, email, 'INVITATION');
    expect(await open(token)).toMatchObject({ isForStaff: true, customerName: null });
    expect((await accept({ token, name: 'Gil' })).payload.userErrors).toMatchObject([{ field: 'password' }]);
    const { payload } = await accept({ token, name: 'Gil', password: TEST_PASSWORD });
    expect(payload.viewer).toMatchObject({ user: { role: 'PUBLISHER', memberRole: null }, limitedToProductIds: [productId] });
    const other = await harness.makeUser('ADMIN');
    const later = nextAddress();
    await other.run('inviteStaff', { email: later, name: 'Hal', role: 'ADMIN' }, INVITATION);
    const { viewer } = await other.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
    await admin.run('updateUser', { id: viewer.user.id, disabled: true }, 'user { id }');
    const refused = await accept({ token: await tokenFor(harness, later, 'INVITATION'), name: 'Hal', password: TEST_PASSWORD });
    expect(codesOf(refused.payload)).toEqual(['LINK_WITHDRAWN']);
    const missing = await admin.graphql('mutation($i: InviteStaffInput!) { inviteStaff(input: $i) { userErrors { code } } }', {
      i: { email: nextAddress(), name: 'Jo', role: 'PUBLISHER', productIds: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] },
    });
    expect(missing.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const support = await harness.makeUser('SUPPORT');
    const denied = await support.graphql('mutation($i: InviteStaffInput!) { inviteStaff(input: $i) { userErrors { code } } }', {
      i: { email: nextAddress(), name: 'Ida', role: 'ADMIN' },
    });
    expect(denied.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('goes to many customers at once, and what is wrong with one stops no other', async () => {
    const [first, second] = [await customerWith(), await customerWith()];
    await admin.run('eraseCustomer', { id: second.id, confirmEmail: second.email }, 'customer { id }');
    const { results } = await admin.run<{ results: { customerId: string; invitation: object | null; error: { code: string } | null }[] }>(
      'inviteCustomer',
      { customerIds: [first.id, second.id, '01ARZ3NDEKTSV4RRFFQ69G5FAV'] },
      'results { customerId invitation { id } error { code } }',
    );
    const codes = new Map(results.map(({ customerId, error }) => [customerId, error?.code ?? null]));
    expect([codes.get(first.id), codes.get(second.id), codes.get('01ARZ3NDEKTSV4RRFFQ69G5FAV')]).toEqual([
      null,
      'CUSTOMER_ERASED',
      'NOT_FOUND',
    ]);
  });
});

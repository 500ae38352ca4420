import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailsTo, tokenFor } from '../../../testing/account-mails.js';
import type { Client, Payload } from '../../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct } from '../../../testing/make.js';

let count = 0;
const nextAddress = (): string => `ended-${(count += 1)}@plover.example`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an invitation that ended on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
  });
  afterEach(() => harness.clock.advance({ seconds: 16 * 60 })); // no test waits for the mails of another one
  afterAll(() => harness.close());

  const codes = ({ userErrors }: Payload<object>): readonly string[] => userErrors.map(({ code }) => code);
  const idOf = async (client: Client): Promise<string> =>
    (await client.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')).viewer.user.id;
  const company = async (): Promise<{ customerId: string; owner: Client }> => {
    const { id: customerId } = await makeCustomer(admin, { email: nextAddress(), company: 'Plover' });
    return { customerId, owner: await harness.makeUser('CUSTOMER', { customerId }) };
  };
  const invite = async (by: Client, input: { email: string; customerId?: string; memberRole?: string }): Promise<string> => {
    await by.run('invitePerson', { name: 'Uma', ...input }, 'invitation { id }');
    return tokenFor(harness, input.email, 'INVITATION');
  };
  const accept = (token: string) => harness.nobody.mutate('acceptInvitation', { token, name: 'Uma', password: TEST_PASSWORD });
  const askAgain = (token: string) => harness.nobody.mutate('requestInvitation', { token });
  const stateOf = async (token: string): Promise<string> =>
    (
      await harness.nobody.query<{ openedInvitation: { state: string } }>(
        'query($token: String!) { openedInvitation(token: $token) { state } }',
        {
          token,
        },
      )
    ).openedInvitation.state;

  it('is no way around: a license key brings nobody back whose account was disabled, and a revoked one asks for nothing', async () => {
    const email = nextAddress();
    const { id: customerId } = await makeCustomer(admin, { email });
    const { id: productId } = await makeProduct(admin);
    const license = await makeLicense(harness, { productId, customerId });
    const { user } = await admin.run<{ user: { id: string } }>(
      'createUser',
      { email, name: 'Uma', role: 'CUSTOMER', customerId },
      'user { id }',
    );
    await admin.run('updateUser', { id: user.id, disabled: true }, 'user { id }');
    const ask = () => license.client.mutate('requestAccount', { email, name: 'Uma' });
    expect(codes(await ask())).toEqual(['ACCOUNT_NOT_OFFERED']);
    const other = nextAddress();
    const { id: otherId } = await makeCustomer(admin, { email: other });
    const revoked = await makeLicense(harness, { productId, customerId: otherId });
    await admin.run('revokeLicense', { id: revoked.id, reason: 'It leaked' }, 'license { id }');
    expect(codes(await revoked.client.mutate('requestAccount', { email: other, name: 'Uma' }))).toEqual(['ACCOUNT_NOT_OFFERED']);
    expect([...(await mailsTo(harness, email)), ...(await mailsTo(harness, other))]).toEqual([]);
  });

  it.each([
    ['is removed', (owner: Client, id: string) => owner.run('removePerson', { id }, 'person { id }')],
    ['becomes a member', (owner: Client, id: string) => owner.run('updatePerson', { id, memberRole: 'MEMBER' }, 'person { id }')],
  ])('lets nobody in once the owner who sent it %s, until another owner sends it again', async (_what, endOwner) => {
    const { customerId, owner } = await company();
    const leaving = await harness.makeUser('CUSTOMER', { customerId });
    const email = nextAddress();
    const token = await invite(leaving, { email, memberRole: 'OWNER' });
    await endOwner(owner, await idOf(leaving));
    expect([await stateOf(token), codes(await accept(token))]).toEqual(['WITHDRAWN', ['LINK_WITHDRAWN']]);
    const { invitations } = await owner.query<{ invitations: { nodes: { id: string }[] } }>('{ invitations { nodes { id } } }');
    await owner.run('resendInvitation', { id: invitations.nodes[0]?.id }, 'invitation { id }');
    expect(codes(await accept(await tokenFor(harness, email, 'INVITATION')))).toEqual([]);
  });

  it('brings nobody back who was removed or disabled since, not even one that was too old by then', async () => {
    const { customerId } = await company();
    for (const end of [
      (id: string) => admin.run('removePerson', { id }, 'person { id }'),
      (id: string) => admin.run('updateUser', { id, disabled: true }, 'user { id }'),
    ]) {
      const email = nextAddress();
      const token = await invite(admin, { customerId, email });
      const { user } = await admin.run<{ user: { id: string } }>(
        'createUser',
        { email, name: 'Uma', role: 'CUSTOMER', customerId },
        'user { id }',
      );
      await end(user.id);
      expect([await stateOf(token), codes(await accept(token))]).toEqual(['WITHDRAWN', ['LINK_WITHDRAWN']]);
    }
  });

  it('is not sent again when it was too old and a newer one took its place', async () => {
    const { customerId } = await company();
    const email = nextAddress();
    const old = await invite(admin, { customerId, email, memberRole: 'OWNER' });
    harness.clock.advance({ days: 8 });
    admin = await harness.makeUser('ADMIN');
    await invite(admin, { customerId, email, memberRole: 'MEMBER' });
    const before = (await mailsTo(harness, email)).length;
    expect(codes(await askAgain(old))).toEqual(['LINK_WITHDRAWN']);
    expect(await mailsTo(harness, email)).toHaveLength(before);
  });

  it('is sent again once by those who ask for it at once', async () => {
    const { customerId } = await company();
    const email = nextAddress();
    const token = await invite(admin, { customerId, email });
    harness.clock.advance({ days: 8 });
    admin = await harness.makeUser('ADMIN');
    const answers = await Promise.all([askAgain(token), askAgain(token), askAgain(token)]);
    expect(answers.flatMap(codes)).toEqual(['LINK_WITHDRAWN', 'LINK_WITHDRAWN']);
    expect(await mailsTo(harness, email)).toHaveLength(2);
  });

  it('and those that are sent anew flood no mailbox: an owner reaches each address a few times only', async () => {
    const { owner } = await company();
    const email = nextAddress();
    const query = 'mutation($i: InvitePersonInput!) { invitePerson(input: $i) { userErrors { code } } }';
    const send = (address: string) => owner.graphql(query, { i: { email: address, name: 'Uma' } });
    for (let time = 0; time < 5; time += 1) expect((await send(email)).errors).toEqual([]);
    expect((await send(email.toUpperCase())).errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await send(nextAddress())).errors).toEqual([]);
    expect(await mailsTo(harness, email)).toHaveLength(5);
  });
});

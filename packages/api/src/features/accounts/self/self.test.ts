import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailsTo, tokenFor } from '../../../testing/account-mails.js';
import { Client } from '../../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { Mailboxes } from '../../../testing/mailbox.js';
import { makeCustomer, makeLicense, makeProduct } from '../../../testing/make.js';

let count = 0;
const nextAddress = (): string => `self-${(count += 1)}@finch.example`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('one’s own account on $name', ({ start }) => {
  let harness: Harness;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
  });
  afterEach(() => mailboxes.closeAll());
  afterAll(() => harness.close());

  const person = async (): Promise<{ email: string; client: Client }> => {
    const email = nextAddress();
    const { id: customerId } = await makeCustomer(harness.admin, { email });
    await harness.app.features.accounts.createUser({ email, name: 'Finch', role: 'CUSTOMER', password: TEST_PASSWORD, customerId });
    return { email, client: await harness.signIn(email, TEST_PASSWORD) };
  };
  const tokenIn = async (address: string): Promise<string> => {
    const mail = (await mailsTo(harness, address)).find(({ kind }) => kind === 'ADDRESS_CHANGE');
    return /\/address\/([\w-]{43})/.exec(mail?.link ?? '')?.[1] ?? 'none';
  };
  const confirm = (token: string) => harness.nobody.mutate<{ isDone: boolean }>('confirmAddress', { token }, 'isDone');

  it('lists its sessions and ends them, one or all others', async () => {
    const { email, client } = await person();
    const signIn = (userAgent: string) =>
      new Client(harness.baseUrl, { 'user-agent': userAgent }).fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }',
          variables: { input: { email, password: TEST_PASSWORD } },
        }),
      });
    await signIn('Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0');
    const list = async () =>
      (
        await client.query<{ ownSessions: { id: string; device: string | null; isCurrent: boolean }[] }>(
          '{ ownSessions { id device isCurrent } }',
        )
      ).ownSessions;
    const other = (await list()).find(({ isCurrent }) => !isCurrent);
    expect(other?.device).toBe('Firefox on Linux');
    await client.mutate('endSession', { id: other?.id });
    expect((await list()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
    const stranger = await person();
    const [own] = await list();
    const query = 'mutation($i: EndSessionInput!) { endSession(input: $i) { userErrors { code } } }';
    expect((await stranger.client.graphql(query, { i: { id: own?.id } })).errors[0]?.extensions.code).toBe('NOT_FOUND');
    await signIn('curl/8.0');
    await client.query('mutation { endOtherSessions { userErrors { code } } }');
    expect(await list()).toHaveLength(1);
  });

  it('has no sessions to show to who came with a license key, since the key may be in many hands', async () => {
    const license = await makeLicense(harness, { productId: (await makeProduct(harness.admin)).id });
    expect((await license.client.graphql('{ ownSessions { id } }')).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('gets another address when both have confirmed it, and the old one is told', async () => {
    const { email, client } = await person();
    const newEmail = nextAddress();
    const wrong = await client.mutate('changeAddress', { email: newEmail, currentPassword: 'wrong' });
    expect(wrong.userErrors).toMatchObject([{ code: 'PASSWORD_WRONG', field: 'currentPassword' }]);
    await client.run('changeAddress', { email: newEmail, currentPassword: TEST_PASSWORD }, '');
    const pending = '{ viewer { addressChange { newEmail isOldConfirmed isNewConfirmed } } }';
    expect(await client.query(pending)).toEqual({ viewer: { addressChange: { newEmail, isOldConfirmed: false, isNewConfirmed: false } } });
    expect(await confirm(await tokenIn(newEmail))).toMatchObject({ isDone: false });
    expect(await client.query(pending)).toEqual({ viewer: { addressChange: { newEmail, isOldConfirmed: false, isNewConfirmed: true } } });
    expect(await client.query('{ viewer { user { email } } }')).toEqual({ viewer: { user: { email } } });
    const { newsChoices } = harness.app.features;
    await harness.database.transaction((tx) => newsChoices.chooseNothing(tx, email));
    expect(await confirm(await tokenIn(email))).toMatchObject({ isDone: true });
    expect([...(await newsChoices.all(harness.database, newEmail)).values()]).toEqual(['NONE']);
    expect(await client.query('{ viewer { user { email } addressChange { newEmail } } }')).toEqual({
      viewer: { user: { email: newEmail }, addressChange: null },
    });
    expect((await mailsTo(harness, email))[0]?.subject).toBe('Your e-mail address was changed');
    await expect(harness.signIn(newEmail, TEST_PASSWORD)).resolves.toBeDefined();
    await expect(harness.signIn(email, TEST_PASSWORD)).rejects.toThrow('Sign-in failed');
  });

  it('is changed once when both confirm at the same time', async () => {
    const { email, client } = await person();
    const newEmail = nextAddress();
    await client.run('changeAddress', { email: newEmail, currentPassword: TEST_PASSWORD }, '');
    const tokens = [await tokenIn(email), await tokenIn(newEmail)];
    const answers = await Promise.all(tokens.map(confirm));
    expect(answers.map(({ isDone }) => isDone)).toEqual(expect.arrayContaining([false, true]));
  });

  it('keeps its address when the new one belongs to somebody by then, or the change was taken back', async () => {
    const { email, client } = await person();
    const taken = await person();
    await client.run('changeAddress', { email: taken.email, currentPassword: TEST_PASSWORD }, '');
    const own = (await mailsTo(harness, email)).find(({ kind }) => kind === 'ADDRESS_CHANGE');
    await confirm(/\/address\/([\w-]{43})/.exec(own?.link ?? '')?.[1] ?? '');
    expect((await confirm(await tokenIn(taken.email))).userErrors).toMatchObject([{ code: 'EMAIL_TAKEN' }]);
    const later = nextAddress();
    await client.run('changeAddress', { email: later, currentPassword: TEST_PASSWORD }, '');
    await client.query('mutation { cancelAddressChange { userErrors { code } } }');
    expect((await confirm(await tokenIn(later))).userErrors).toMatchObject([{ code: 'LINK_WITHDRAWN' }]);
    expect((await client.mutate('changeAddress', { email, currentPassword: TEST_PASSWORD })).userErrors).toMatchObject([
      { field: 'email' },
    ]);
  });

  it('keeps its address when it was changed by a stranger, and the person then chose another password, or got one from staff', async () => {
    const { email, client } = await person();
    const steps = [
      () => client.mutate('changePassword', { currentPassword: TEST_PASSWORD, newPassword: 'quite another horse' }),
      async () => {
        const { viewer } = await client.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
        return harness.admin.mutate('resetUserPassword', { id: viewer.user.id });
      },
    ];
    let currentPassword = TEST_PASSWORD;
    for (const step of steps) {
      const strange = nextAddress();
      await client.run('changeAddress', { email: strange, currentPassword }, '');
      await harness.nobody.mutate('requestSignInLink', { email });
      const links = [await tokenIn(email), await tokenIn(strange), await tokenFor(harness, email, 'SIGN_IN_LINK')];
      expect((await step()).userErrors).toEqual([]);
      for (const token of links.slice(0, 2)) expect((await confirm(token)).userErrors).toMatchObject([{ code: 'LINK_WITHDRAWN' }]);
      const entered = await harness.nobody.mutate('signInWithLink', { token: links[2] });
      expect(entered.userErrors).toMatchObject([{ code: 'LINK_WITHDRAWN' }]);
      currentPassword = 'quite another horse';
    }
  });

  it('without a password proves by a fresh sign-in that it is theirs', async () => {
    const { email, client } = await person();
    await harness.database.transaction((tx) => tx.execute(`UPDATE user_account SET password_hash = '' WHERE email_key = ?`, [email]));
    await client.run('changeAddress', { email: nextAddress() }, '');
    harness.clock.advance({ seconds: 15 * 60 + 1 });
    expect((await client.mutate('changePassword', { newPassword: 'quite another horse' })).userErrors).toMatchObject([
      { code: 'SIGN_IN_AGAIN' },
    ]);
  });

  it('is told of a sign-in from a device that it never saw, and not of the first one', async () => {
    const { port, received } = await mailboxes.open();
    const save = (settings: Record<string, unknown>) => harness.admin.run('updateSettings', settings, 'settings { lockVersion }');
    await save({
      smtpHost: '127.0.0.1',
      smtpPort: port,
      smtpSecurity: 'NONE',
      mailFrom: 'downloads@aurora.example',
      mailsPerMinute: 1_000,
    });
    const { email } = await person();
    await harness.settle();
    const told = () =>
      received.filter(({ subject, to }) => subject?.startsWith('New sign-in') && JSON.stringify(to).includes(email)).length;
    expect(told()).toBe(0);
    await harness.signIn(email, TEST_PASSWORD);
    await harness.settle();
    expect(told()).toBe(1);
    await save({ smtpHost: '' });
  });

  it('changes its name', async () => {
    const { client } = await person();
    expect(await client.run('updateAccount', { name: ' Finch Sparrow ' }, 'user { name }')).toMatchObject({
      user: { name: 'Finch Sparrow' },
    });
    expect((await client.mutate('updateAccount', { name: '' })).userErrors).toMatchObject([{ field: 'name' }]);
  });
});

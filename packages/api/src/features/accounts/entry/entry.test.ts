import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailsTo, tokenFor } from '../../../testing/account-mails.js';
import { Client, type Payload } from '../../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { Mailboxes } from '../../../testing/mailbox.js';
import { makeCustomer } from '../../../testing/make.js';

const OTHER_PASSWORD = 'quite another horse';
const REQUESTS = ['requestSignInLink', 'requestPasswordReset'] as const;
let count = 0;

interface Entered {
  readonly client: Client;
  readonly payload: Payload<{ viewer: { user: { email: string } } | null }>;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a link to come in by on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
  });
  beforeEach(async () => {
    admin = await harness.makeUser('ADMIN');
  });
  afterEach(() => {
    harness.clock.advance({ seconds: 16 * 60 }); // no test waits for what another one asked for
    return mailboxes.closeAll();
  });
  afterAll(() => harness.close());

  const person = async (): Promise<string> => {
    const email = `entry-${(count += 1)}@wren.example`;
    const { id: customerId } = await makeCustomer(admin, { email });
    await harness.app.features.accounts.createUser({ email, name: 'Wren', role: 'CUSTOMER', password: TEST_PASSWORD, customerId });
    return email;
  };
  const request = (name: (typeof REQUESTS)[number], email: string, from = harness.nobody) => from.mutate(name, { email });
  const enter = async (name: 'signInWithLink' | 'resetPassword', input: Record<string, unknown>): Promise<Entered> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${name}(input: $input) { viewer { user { email } } userErrors { code message field } } }`;
    const response = await harness.nobody.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const { data } = (await response.json()) as { data: Record<string, Entered['payload']> };
    return { client: new Client(harness.baseUrl, { cookie }), payload: data[name]! };
  };

  it('signs in once, within 15 minutes, and takes no password', async () => {
    const email = await person();
    await request('requestSignInLink', email);
    const token = await tokenFor(harness, email, 'SIGN_IN_LINK');
    const { client, payload } = await enter('signInWithLink', { token });
    expect(payload.viewer).toEqual({ user: { email } });
    expect(await client.query('{ viewer { hasPassword } }')).toEqual({ viewer: { hasPassword: true } });
    expect((await enter('signInWithLink', { token })).payload.userErrors).toMatchObject([{ code: 'LINK_USED', field: 'token' }]);
    await request('requestSignInLink', email);
    const late = await tokenFor(harness, email, 'SIGN_IN_LINK');
    harness.clock.advance({ seconds: 15 * 60 + 1 });
    expect((await enter('signInWithLink', { token: late })).payload.userErrors).toMatchObject([{ code: 'LINK_EXPIRED' }]);
  });

  it('is used once, however many use it at once', async () => {
    const email = await person();
    await request('requestSignInLink', email);
    const token = await tokenFor(harness, email, 'SIGN_IN_LINK');
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter('signInWithLink', { token })));
    expect(answers.filter(({ payload }) => payload.viewer !== null)).toHaveLength(1);
  });

  it('to another password ends all sessions and the old password, and tells the person', async () => {
    const email = await person();
    const before = await harness.signIn(email, TEST_PASSWORD);
    await request('requestPasswordReset', email);
    const token = await tokenFor(harness, email, 'PASSWORD_RESET');
    for (const newPassword of ['short', 'password1', email])
      expect((await enter('resetPassword', { token, newPassword })).payload.userErrors).toMatchObject([{ field: 'newPassword' }]);
    const { client, payload } = await enter('resetPassword', { token, newPassword: OTHER_PASSWORD });
    expect(payload.userErrors).toEqual([]);
    expect(await client.query('{ viewer { user { email } } }')).toEqual({ viewer: { user: { email } } });
    expect(await before.query('{ viewer { permissions } }')).toEqual({ viewer: null });
    await expect(harness.signIn(email, TEST_PASSWORD)).rejects.toThrow('Sign-in failed');
    await expect(harness.signIn(email, OTHER_PASSWORD)).resolves.toBeDefined();
    expect((await mailsTo(harness, email))[0]?.subject).toBe('Your password was changed');
  });

  it('ends with another one that was used, and not when a stranger asks for one; it does nothing of another kind', async () => {
    const email = await person();
    await request('requestSignInLink', email);
    const first = await tokenFor(harness, email, 'SIGN_IN_LINK');
    await request('requestSignInLink', email);
    const second = await tokenFor(harness, email, 'SIGN_IN_LINK');
    const { payload } = await enter('resetPassword', { token: second, newPassword: OTHER_PASSWORD });
    expect(payload.userErrors).toMatchObject([{ code: 'LINK_UNKNOWN' }]);
    expect((await enter('signInWithLink', { token: first })).payload.viewer).not.toBeNull();
    expect((await enter('signInWithLink', { token: second })).payload.userErrors).toMatchObject([{ code: 'LINK_WITHDRAWN' }]);
  });

  it.each(REQUESTS)('is asked for by %s with the same answer, whether anybody has the address or not', async (name) => {
    const [known, disabled] = [await person(), await person()];
    await harness.database.transaction((tx) =>
      tx.execute('UPDATE user_account SET disabled_at = created_at WHERE email_key = ?', [disabled]),
    );
    const unknown = `stranger-${(count += 1)}@wren.example`;
    for (const email of [known, unknown, disabled]) expect(await request(name, email)).toEqual({ userErrors: [] });
    expect(await mailsTo(harness, known)).toHaveLength(1);
    for (const email of [unknown, disabled]) expect(await mailsTo(harness, email)).toEqual([]);
    const query = `mutation($i: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $i) { userErrors { code } } }`;
    const codes = async (email: string): Promise<(string | undefined)[]> => {
      const answers = [];
      for (let time = 0; time < 6; time += 1)
        answers.push((await harness.nobody.graphql(query, { i: { email } })).errors[0]?.extensions.code);
      return answers;
    };
    const seen = await codes(known);
    expect(seen.at(-1)).toBe('RATE_LIMITED');
    expect(await codes(unknown)).toEqual(seen);
  });

  it('is mailed to a known device, however many strangers asked for one', async () => {
    const email = await person();
    const response = await harness.nobody.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }',
        variables: { input: { email, password: TEST_PASSWORD } },
      }),
    });
    const device =
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0] ?? '')
        .find((line) => line.includes('device')) ?? '';
    const stranger = 'mutation($i: RequestSignInLinkInput!) { requestSignInLink(input: $i) { userErrors { code } } }';
    for (let time = 0; time < 8; time += 1) await harness.nobody.graphql(stranger, { i: { email } });
    const known = new Client(harness.baseUrl, { cookie: device });
    expect((await known.graphql(stranger, { i: { email } })).errors).toEqual([]);
    expect((await harness.nobody.graphql(stranger, { i: { email } })).errors[0]?.extensions.code).toBe('RATE_LIMITED');
  });

  it('arrives as a mail that a parser reads, and leaves no link behind once it is sent', async () => {
    const { port, received } = await mailboxes.open();
    await admin.run(
      'updateSettings',
      { smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'NONE', mailFrom: 'downloads@aurora.example', vendorName: 'Aurora' },
      'settings { lockVersion }',
    );
    const email = await person();
    await request('requestSignInLink', email);
    await harness.settle();
    await harness.settle();
    const mail = received.find(({ subject, to }) => subject === 'Sign in to Aurora' && JSON.stringify(to).includes(email));
    const token = /\/sign-in\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? 'none';
    expect(String(mail?.html)).toContain(token);
    expect(`${mail?.text} ${String(mail?.html)}`).not.toContain('Slipway');
    expect((await enter('signInWithLink', { token })).payload.viewer).toEqual({ user: { email } });
    const tables = await Promise.all(
      ['mail', 'job', 'one_time_link', 'audit_event'].map((name) => harness.database.query(`SELECT * FROM ${name}`)),
    );
    expect(JSON.stringify(tables)).not.toContain(token);
    await admin.run('updateSettings', { smtpHost: '' }, 'settings { lockVersion }');
  });
});

import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Payload } from '../../../testing/client.js';
import { tokenFor } from '../../../testing/account-mails.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import type { Role } from '@slipway/shared';

let count = 0;

interface Enrolled {
  readonly email: string;
  readonly client: Client;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a second factor on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterEach(() => harness.clock.advance({ seconds: 16 * 60 })); // no test waits for what another one guessed
  afterAll(() => harness.close());

  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: harness.clock.now().getTime() });
  const nextStep = (): void => harness.clock.advance({ seconds: 30 });
  const makePerson = async (role: Role = 'SUPPORT'): Promise<{ email: string; client: Client }> => {
    const email = `factor-${(count += 1)}@wren.example`;
    await harness.app.features.accounts.createUser({ email, name: 'Test person', role, password: TEST_PASSWORD });
    return { email, client: await harness.signIn(email, TEST_PASSWORD) };
  };
  const enrol = async (role: Role = 'SUPPORT'): Promise<Enrolled> => {
    const { email, client } = await makePerson(role);
    const { secret } = await client.run<{ secret: string }>('enrolTotp', { currentPassword: TEST_PASSWORD }, 'secret');
    const made = await client.run<{ recoveryCodes: string[] }>('confirmTotp', { totpCode: codeOf(secret) }, 'recoveryCodes');
    nextStep();
    return { email, client, secret, recoveryCodes: made.recoveryCodes };
  };
  const signIn = (email: string, totpCode: string | null, password = TEST_PASSWORD): Promise<Payload<{ viewer: object | null }>> =>
    harness.nobody.mutate('signIn', { email, password, totpCode }, 'viewer { user { email } }');
  const codes = ({ userErrors }: Payload<object>): readonly string[] => userErrors.map(({ code }) => code);
  const isIn = async (client: Client): Promise<boolean> =>
    (await client.query<{ viewer: { user: object | null } | null }>('{ viewer { user { id } } }')).viewer !== null;

  it('is set up with the password and the first code of the app, and ends the other sessions', async () => {
    const { email, client } = await makePerson();
    const other = await harness.signIn(email, TEST_PASSWORD);
    expect(codes(await client.mutate('enrolTotp', { currentPassword: 'not this' }))).toEqual(['PASSWORD_WRONG']);
    const { secret, uri } = await client.run<{ secret: string; uri: string }>(
      'enrolTotp',
      { currentPassword: TEST_PASSWORD },
      'secret uri',
    );
    expect(uri).toContain(`secret=${secret}`);
    expect(decodeURIComponent(uri)).toContain(email);
    expect(codes(await client.mutate('confirmTotp', { totpCode: '000000' }))).toEqual(['TOTP_WRONG']);
    expect(codes(await signIn(email, null))).toEqual([]); // it is not on yet
    const { recoveryCodes } = await client.run<{ recoveryCodes: string[] }>('confirmTotp', { totpCode: codeOf(secret) }, 'recoveryCodes');
    expect(new Set(recoveryCodes).size).toBe(10);
    expect([await isIn(client), await isIn(other)]).toEqual([true, false]);
    expect(codes(await client.mutate('enrolTotp', { currentPassword: TEST_PASSWORD }))).toEqual(['TOTP_ALREADY_ON']);
    expect(codes(await client.mutate('confirmTotp', { totpCode: codeOf(secret) }))).toEqual(['TOTP_NOT_BEGUN']);
  });

  it('is asked for after the password, and takes each code once, the one of half a minute ago as well', async () => {
    const { email, secret } = await enrol();
    expect(codes(await signIn(email, null, 'not this'))).toEqual(['SIGN_IN_FAILED']);
    expect(codes(await signIn(email, null))).toEqual(['TOTP_REQUIRED']);
    expect(codes(await signIn(email, '000000'))).toEqual(['TOTP_WRONG']);
    const code = codeOf(secret);
    nextStep();
    expect(codes(await signIn(email, `${code.slice(0, 3)} ${code.slice(3)}`))).toEqual([]);
    expect(codes(await signIn(email, code))).toEqual(['TOTP_WRONG']);
    const now = codeOf(secret);
    const both = await Promise.all([signIn(email, now), signIn(email, now)]);
    expect(both.flatMap(codes)).toEqual(['TOTP_WRONG']);
    nextStep();
    nextStep();
    nextStep();
    expect(codes(await signIn(email, now))).toEqual(['TOTP_WRONG']);
  });

  it('is replaced by a recovery code, each once, and by no other person’s', async () => {
    const [mine, theirs] = [await enrol(), await enrol()];
    const [first, second] = mine.recoveryCodes;
    expect(codes(await signIn(theirs.email, first!))).toEqual(['TOTP_WRONG']);
    expect(codes(await signIn(mine.email, first!.toUpperCase().replace('-', ' ')))).toEqual([]);
    expect(codes(await signIn(mine.email, first!))).toEqual(['TOTP_WRONG']);
    const left = '{ viewer { secondFactor { recoveryCodesLeft } } }';
    expect(await mine.client.query(left)).toEqual({ viewer: { secondFactor: { recoveryCodesLeft: 9 } } });
    const renewed = await mine.client.run<{ recoveryCodes: string[] }>(
      'renewRecoveryCodes',
      { totpCode: codeOf(mine.secret) },
      'recoveryCodes',
    );
    expect(codes(await signIn(mine.email, second!))).toEqual(['TOTP_WRONG']);
    expect(codes(await signIn(mine.email, renewed.recoveryCodes[0]!))).toEqual([]);
  });

  it('is ended by a code of it, or by an administrator for whoever lost it', async () => {
    const { email, client, secret } = await enrol();
    expect(codes(await client.mutate('disableTotp', { totpCode: '123456' }))).toEqual(['TOTP_WRONG']);
    expect(codes(await client.mutate('disableTotp', { totpCode: codeOf(secret) }))).toEqual([]);
    expect(codes(await signIn(email, null))).toEqual([]);
    const admin = await harness.makeUser('ADMIN');
    const lost = await enrol();
    const { viewer } = await lost.client.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
    const { users } = await admin.query<{ users: { nodes: { id: string; secondFactorSince: string | null }[] } }>(
      'query($search: String) { users(first: 5, search: $search) { nodes { id secondFactorSince } } }',
      { search: lost.email },
    );
    expect(users.nodes).toEqual([{ id: viewer.user.id, secondFactorSince: expect.any(String) }]);
    const reset = 'mutation($input: ResetSecondFactorInput!) { resetSecondFactor(input: $input) { userErrors { code } } }';
    const refused = await lost.client.graphql(reset, { input: { id: viewer.user.id } });
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
    await admin.run('resetSecondFactor', { id: viewer.user.id }, 'user { id secondFactorSince }');
    expect(await isIn(lost.client)).toBe(false);
    expect(codes(await signIn(lost.email, null))).toEqual([]);
  });

  it('is not ended by its owner without a code, not even by an administrator', async () => {
    const { email, client } = await enrol('ADMIN');
    const { viewer } = await client.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
    expect(codes(await client.mutate('resetSecondFactor', { id: viewer.user.id }))).toEqual(['TOTP_REQUIRED']);
    expect(codes(await signIn(email, null))).toEqual(['TOTP_REQUIRED']);
  });

  it('is asked for by links of mails as well, and leaves them usable until it is right', async () => {
    const { email, secret } = await enrol();
    await harness.nobody.run('requestSignInLink', { email }, 'userErrors { code }');
    const token = await tokenFor(harness, email, 'SIGN_IN_LINK');
    expect(codes(await harness.nobody.mutate('signInWithLink', { token }))).toEqual(['TOTP_REQUIRED']);
    expect(codes(await harness.nobody.mutate('signInWithLink', { token, totpCode: codeOf(secret) }))).toEqual([]);
    nextStep();
    await harness.nobody.run('requestPasswordReset', { email }, 'userErrors { code }');
    const reset = await tokenFor(harness, email, 'PASSWORD_RESET');
    const newPassword = 'quite another horse';
    expect(codes(await harness.nobody.mutate('resetPassword', { token: reset, newPassword }))).toEqual(['TOTP_REQUIRED']);
    expect(codes(await harness.nobody.mutate('resetPassword', { token: reset, newPassword, totpCode: codeOf(secret) }))).toEqual([]);
  });

  it('is guessed ten times in a quarter of an hour, not more, and its owner still comes in from a known device', async () => {
    const { email, secret } = await enrol();
    const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
    const known = await harness.nobody.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: { email, password: TEST_PASSWORD, totpCode: codeOf(secret) } } }),
    });
    const cookie = known.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const device = new Client(harness.baseUrl, { cookie });
    nextStep();
    const outcomes: string[] = [];
    for (let guess = 0; guess < 15; guess += 1) {
      const input = { email, password: TEST_PASSWORD, totpCode: String(100_000 + guess) };
      const reply = await harness.nobody.graphql<{ signIn: { userErrors: { code: string }[] } }>(query, { input });
      outcomes.push(reply.data?.signIn?.userErrors[0]?.code ?? reply.errors[0]?.extensions.code ?? '');
    }
    expect(outcomes.filter((code) => code === 'TOTP_WRONG').length).toBeLessThanOrEqual(10);
    expect(outcomes.at(-1)).toBe('RATE_LIMITED');
    const input = { email, password: TEST_PASSWORD, totpCode: codeOf(secret) };
    expect(codes(await device.mutate('signIn', input))).toEqual([]);
  });

  it('that the vendor requires bars whoever has none from everything but setting it up', async () => {
    const { client } = await makePerson('PUBLISHER');
    const permissions = async (): Promise<readonly string[]> =>
      (await client.query<{ viewer: { permissions: string[] } }>('{ viewer { permissions } }')).viewer.permissions;
    expect(await permissions()).toContain('release:publish');
    const { client: admin } = await enrol('ADMIN');
    await admin.run('updateSettings', { secondFactor: 'STAFF' }, 'settings { secondFactor }');
    expect(await permissions()).toEqual([]);
    expect((await client.graphql('{ downloadables(first: 1) { totalCount } products(first: 1) { nodes { id } } }')).errors).toEqual([]);
    expect((await client.graphql('{ users(first: 1) { nodes { id } } }')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    const { secret: own } = await client.run<{ secret: string }>('enrolTotp', { currentPassword: TEST_PASSWORD }, 'secret');
    await client.run('confirmTotp', { totpCode: codeOf(own) }, 'recoveryCodes');
    expect(await permissions()).toContain('release:publish');
    expect(codes(await client.mutate('disableTotp', { totpCode: codeOf(own) }))).toEqual(['TOTP_MANDATORY']);
    await admin.run('updateSettings', { secondFactor: 'OPTIONAL' }, 'settings { secondFactor }');
  });

  it('keeps secret and codes out of the tables and the audit trail', async () => {
    const { secret, recoveryCodes } = await enrol();
    const tables = ['second_factor', 'recovery_code', 'audit_event', 'audit_personal', 'mail'];
    const rows = JSON.stringify(await Promise.all(tables.map((table) => harness.database.query(`SELECT * FROM ${table}`))));
    for (const canary of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))])
      expect(rows).not.toContain(canary);
  });
});

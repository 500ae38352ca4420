import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../harness.js';
import { makeLicense, makeMachineKey, makeProduct, makePublished, makeToken } from '../make.js';

/** PROMISES.md, row 30: this many wrong ones from the same address, before and after. */
const WRONG = process.env['PROVE'] ? 1_000 : 100;
const MAX_EVALUATED = 20;
const SIGN_IN = 'mutation($input: SignInInput!) { signIn(input: $input) { viewer { permissions } userErrors { code } } }';
const EMAIL = 'admin@right.example';

interface SignInReply {
  readonly signIn: { readonly viewer: object | null };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('right credentials on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let path: string;
  beforeEach(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const { file } = await makePublished(harness, { productId });
    path = `/d/${file.id}/${file.fileName}`;
    const { accounts } = harness.app.features;
    await accounts.createUser({ email: EMAIL, name: 'Ada', role: 'ADMIN', password: TEST_PASSWORD });
  });
  afterEach(() => harness.close());

  const holder = (authorization: string): Client => new Client(harness.baseUrl, { authorization });
  const basicOf = (secret: string): string => `Basic ${Buffer.from(`license:${secret}`).toString('base64')}`;

  /** Sends wrong keys and passwords, twenty at once. @returns how many passwords, and how many keys, were judged */
  async function guessWrongly(round: string): Promise<{ keys: number; passwords: number }> {
    const seen = { keys: 0, passwords: 0 };
    for (let first = 0; first < WRONG; first += 20) {
      const guesses = Array.from({ length: 20 }, async (_, offset) => {
        const wrong = `${round}-${first + offset}`;
        const key = await holder(`License WRONG-KEY-${wrong}`).fetch(path);
        const password = await harness.nobody.graphql(SIGN_IN, { input: { email: EMAIL, password: wrong } });
        if (key.status !== 429) seen.keys += 1;
        if (password.errors.length === 0) seen.passwords += 1;
      });
      await Promise.all(guesses);
    }
    return seen;
  }

  /** Signs in from a device. @returns the device's cookies, when it worked */
  async function signIn(device: Client, password = TEST_PASSWORD): Promise<{ isIn: boolean; cookies: string }> {
    const body = JSON.stringify({ query: SIGN_IN, variables: { input: { email: EMAIL, password } } });
    const reply = await device.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { data } = (await reply.json()) as { data: SignInReply | null };
    const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
    return { isIn: data?.signIn.viewer != null, cookies: cookies.filter((cookie) => cookie?.includes('-device=')).join('; ') };
  }

  it(`pass ${WRONG} wrong ones from the same address: tokens, generated and machine keys always, own keys and passwords where they are known`, async () => {
    const generated = await makeLicense(harness, { productId });
    const own = await makeLicense(harness, { productId, key: 'A-KEY-OF-THE-VENDOR-1' });
    const machine = await makeMachineKey(harness.admin, { customerId: generated.customerId });
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    const { cookies } = await signIn(harness.nobody);
    const device = new Client(harness.baseUrl, { cookie: cookies });
    expect((await own.client.fetch(path)).status).toBe(302);
    const evaluated = { keys: 0, passwords: 0 };
    for (const round of ['before', 'after']) {
      const seen = await guessWrongly(round);
      evaluated.keys += seen.keys;
      evaluated.passwords += seen.passwords;
      const spoken = generated.key.replaceAll('-', ' ').toLowerCase();
      for (const client of [
        generated.client,
        holder(basicOf(generated.key)),
        holder(`License ${spoken}`),
        machine.client,
        holder(basicOf(machine.key)),
        own.client,
        holder(basicOf(own.key)),
        token,
        holder(`Basic ${Buffer.from(`ci:${(token.headers['authorization'] ?? '').slice(7)}`).toString('base64')}`),
      ])
        expect((await client.fetch(path)).status, client.headers['authorization']?.slice(0, 7)).toBe(302);
      expect(
        (await harness.nobody.graphql<SignInReply>(SIGN_IN, { input: { licenseKey: generated.key } })).data?.signIn.viewer,
      ).not.toBeNull();
      expect((await signIn(device)).isIn).toBe(true);
      expect((await harness.admin.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer).not.toBeNull();
    }
    expect(evaluated.keys).toBeLessThanOrEqual(MAX_EVALUATED);
    expect(evaluated.passwords).toBeLessThanOrEqual(MAX_EVALUATED);
  });

  it('a device is known for the accounts that signed in there, and for no other', async () => {
    const { cookies } = await signIn(harness.nobody);
    await harness.app.features.accounts.createUser({ email: 'bo@right.example', name: 'Bo', role: 'ADMIN', password: TEST_PASSWORD });
    await guessWrongly('once');
    const forged = `${cookies.split('.')[0]}.${'A'.repeat(22)}`;
    expect((await signIn(new Client(harness.baseUrl, { cookie: forged }))).isIn).toBe(false);
    const other = await new Client(harness.baseUrl, { cookie: cookies }).graphql(SIGN_IN, {
      input: { email: 'bo@right.example', password: TEST_PASSWORD },
    });
    expect(other.errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await signIn(new Client(harness.baseUrl, { cookie: cookies }))).isIn).toBe(true);
  });

  it('a device is known with the password it signed in with: whoever changes it there stays known, every other device is new', async () => {
    const [here, there] = [await signIn(harness.nobody), await signIn(harness.nobody)];
    const session = await harness.signIn(EMAIL, TEST_PASSWORD);
    const cookie = `${session.headers['cookie'] ?? ''}; ${here.cookies}`;
    const newPassword = 'quite another battery, correct';
    const query = 'mutation($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }';
    const reply = await new Client(harness.baseUrl, { cookie }).fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: { currentPassword: TEST_PASSWORD, newPassword } } }),
    });
    expect(await reply.json()).toEqual({ data: { changePassword: { userErrors: [] } } });
    const changed =
      reply.headers
        .getSetCookie()
        .find((one) => one.includes('-device='))
        ?.split(';', 1)[0] ?? '';
    await guessWrongly('changed');
    const known = await Promise.all([changed, here.cookies, there.cookies].map((one) => isKnown(one, newPassword)));
    expect(known).toEqual([true, false, false]);
  });

  const isKnown = async (cookie: string, password: string): Promise<boolean> =>
    (await signIn(new Client(harness.baseUrl, { cookie }), password)).isIn;

  it('behind a proxy that nobody named one guesser keeps out neither own keys nor people on new devices', async () => {
    const own = await makeLicense(harness, { productId, key: 'A-KEY-OF-THE-VENDOR-3' });
    const behind = (headers: Record<string, string>) => new Client(harness.baseUrl, { 'x-forwarded-for': '198.51.100.7', ...headers });
    for (let index = 0; index < 30; index += 1) {
      expect((await behind({ authorization: `License WRONG-KEY-${index}` }).fetch(path)).status).toBe(403);
      await behind({}).graphql(SIGN_IN, { input: { email: `guessed-${index}@right.example`, password: 'guess' } });
    }
    expect((await behind(own.client.headers).fetch(path)).status).toBe(302);
    expect((await signIn(behind({}))).isIn).toBe(true);
  });

  it('one updater with a mistyped key keeps nobody at its address out, however often it asks', async () => {
    const own = await makeLicense(harness, { productId, key: 'A-KEY-OF-THE-VENDOR-2' });
    for (let index = 0; index < 50; index += 1) expect((await holder('License MISTYPED-KEY').fetch(path)).status).toBe(403);
    expect((await own.client.fetch(path)).status).toBe(302);
    expect((await signIn(harness.nobody)).isIn).toBe(true);
  });
});

import { SCOPES } from '@slipway/shared';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromSqlInstant } from '../../database/instants.js';
import { Client } from '../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct, makeToken } from '../../testing/make.js';
import { UserAccount } from './user-account.entity.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what somebody signs in with, on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());
  // Tests move the clock past the end of sessions.
  beforeEach(async () => {
    admin = await harness.makeUser('ADMIN');
  });

  const pass = (seconds: number): void => harness.clock.advance({ seconds });
  const isKnown = async (client: Client): Promise<boolean> =>
    (await client.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer !== null;
  const userOf = async (client: Client): Promise<{ id: string; email: string }> =>
    (await client.query<{ viewer: { user: { id: string; email: string } } }>('{ viewer { user { id email } } }')).viewer.user;
  /** Signs in, from a browser that has a cookie already. */
  const signInAgain = async (client: Client, input: Record<string, unknown>): Promise<Client> => {
    const response = await client.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }',
        variables: { input },
      }),
    });
    return new Client(harness.baseUrl, { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' });
  };
  const keySession = async (): Promise<Client> => {
    const { key } = await makeLicense({ admin, baseUrl: harness.baseUrl }, { productId: (await makeProduct(admin)).id });
    return signInAgain(harness.nobody, { licenseKey: key });
  };

  const customerSession = async (): Promise<Client> => harness.makeUser('CUSTOMER', { customerId: (await makeCustomer(admin)).id });

  describe.each([
    ['staff', '30 minutes', 30 * MINUTE, () => harness.makeUser('SUPPORT')],
    ['a customer', '14 days', 14 * DAY, customerSession],
    ['a license key', '14 days', 14 * DAY, keySession],
  ] as const)('a session of %s', (_who, text, idle, begin) => {
    it(`ends after ${text} of silence, and each request begins them anew`, async () => {
      const client = await begin();
      for (const seconds of [idle - MINUTE, idle - MINUTE, idle - MINUTE]) {
        pass(seconds);
        expect(await isKnown(client)).toBe(true);
      }
      pass(idle + 1);
      expect(await isKnown(client)).toBe(false);
    });
  });

  it.each([
    ['a customer', customerSession],
    ['a license key', keySession],
  ] as const)('a session of %s ends 90 days after it began, however often they come', async (_who, begin) => {
    const client = await begin();
    for (let count = 0; count < 8; count += 1) {
      pass(11 * DAY);
      expect(await isKnown(client)).toBe(true);
    }
    pass(2 * DAY);
    expect(await isKnown(client)).toBe(false);
  });

  it('a key is shown within 12 hours of signing in; after that the session shows releases, and no keys', async () => {
    const license = await makeLicense({ admin, baseUrl: harness.baseUrl }, { productId: (await makeProduct(admin)).id });
    const client = await signInAgain(harness.nobody, { licenseKey: license.key });
    const reveal = async (who: Client): Promise<unknown> => {
      const mutation = 'mutation($id: ID!) { revealLicenseKey(input: { id: $id }) { key userErrors { code } } }';
      return (await who.graphql<{ revealLicenseKey: unknown }>(mutation, { id: license.id })).data?.revealLicenseKey;
    };
    pass(12 * HOUR - MINUTE);
    expect(await reveal(client)).toEqual({ key: license.key, userErrors: [] });
    pass(2 * MINUTE);
    expect(await reveal(client)).toEqual({ key: null, userErrors: [{ code: 'SIGN_IN_AGAIN' }] });
    expect([await isKnown(client), await reveal(license.client)]).toEqual([true, { key: license.key, userErrors: [] }]);
  });

  it('a session of staff ends 12 hours after it began, however busy it is', async () => {
    const client = await harness.makeUser('SUPPORT');
    for (let count = 0; count < 28; count += 1) {
      pass(25 * MINUTE);
      expect(await isKnown(client)).toBe(true);
    }
    pass(12 * HOUR - 28 * 25 * MINUTE + 1);
    expect(await isKnown(client)).toBe(false);
  });

  it.each([
    ['session', 'last_seen_at', () => harness.makeUser('SUPPORT')],
    ['api_token', 'last_used_at', () => makeToken(admin, { scopes: ['release:read'], expiresAt: inHours(1) })],
  ] as const)('the use of a %s is written down, at most once a minute', async (table, column, make) => {
    const client = await make();
    await isKnown(client);
    const seen = async (): Promise<number> => {
      const [row] = await harness.database.query<{ at: string | Date }>(`SELECT MAX(${column}) AS at FROM ${table}`);
      return fromSqlInstant(row?.at ?? '').getTime();
    };
    const first = await seen();
    pass(50);
    await isKnown(client);
    expect(await seen()).toBe(first);
    pass(11);
    await isKnown(client);
    expect(await seen()).toBeGreaterThanOrEqual(first + 60_000);
  });

  it('signing in again ends the session that the browser had, and no other of the same person', async () => {
    const before = await harness.makeUser('SUPPORT');
    const { email } = await userOf(before);
    const elsewhere = await harness.signIn(email, TEST_PASSWORD);
    const after = await signInAgain(before, { email, password: TEST_PASSWORD });
    expect([await isKnown(before), await isKnown(elsewhere), await isKnown(after)]).toEqual([false, true, true]);
  });

  it('signing out everywhere ends the sessions of that person on all devices, signing out only the one', async () => {
    const here = await harness.makeUser('SUPPORT');
    const { email } = await userOf(here);
    const [there, third] = [await harness.signIn(email, TEST_PASSWORD), await harness.signIn(email, TEST_PASSWORD)];
    await third.run('signOut', {}, '__typename');
    expect([await isKnown(here), await isKnown(there), await isKnown(third)]).toEqual([true, true, false]);
    await here.run('signOut', { everywhere: true }, '__typename');
    expect([await isKnown(here), await isKnown(there), await isKnown(admin)]).toEqual([false, false, true]);
  });

  it('a session that an older replica left to a disabled account opens nothing', async () => {
    const client = await harness.makeUser('SUPPORT');
    const { id } = await userOf(client);
    const now = harness.clock.now();
    await harness.database.transaction((tx) => tx.manager.update(UserAccount, { id }, { disabledAt: now }));
    expect(await isKnown(client)).toBe(false);
  });

  const inHours = (hours: number): string => new Date(harness.clock.now().getTime() + hours * HOUR * 1_000).toISOString();
  const statusOf = async (client: Client): Promise<number> => (await client.fetch('/api/v1/statistics/downloads.csv')).status;

  it('a token ends at its date, for every way in', async () => {
    const token = await makeToken(admin, { scopes: ['release:read'], expiresAt: inHours(1) });
    pass(HOUR - MINUTE);
    expect([await statusOf(token), await isKnown(token)]).toEqual([200, true]);
    pass(MINUTE + 1);
    expect([await statusOf(token), (await token.graphql('{ viewer { permissions } }')).status]).toEqual([401, 401]);
  });

  it('a token never has more rights than its creator has now, and none when that account is disabled', async () => {
    const creator = await harness.makeUser('ADMIN');
    const { id } = await userOf(creator);
    const token = await makeToken(creator, { scopes: ['release:read', 'license:read', 'product:write'], expiresAt: inHours(1) });
    const permissions = async (): Promise<readonly string[]> =>
      (await token.query<{ viewer: { permissions: string[] } }>('{ viewer { permissions } }')).viewer.permissions;
    const change = (input: object) => admin.run('updateUser', { id, ...input }, 'user { id }');
    expect(await permissions()).toEqual(['release:read', 'product:write', 'license:read']);
    await change({ role: 'SUPPORT' });
    expect(await permissions()).toEqual(['release:read', 'license:read']);
    expect((await token.graphql(`mutation { archiveProduct(input: { id: "x" }) { userErrors { code } } }`)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    await change({ role: 'PUBLISHER' });
    expect(await permissions()).toEqual(['release:read', 'product:write']);
    await change({ disabled: true });
    expect(await statusOf(token)).toBe(401);
  });

  it.each<[what: string, input: () => object, refusal: object]>([
    ['that has ended', () => ({ expiresAt: inHours(-1) }), { code: 'DATE_INVALID', field: 'expiresAt' }],
    ['for more than 366 days', () => ({ expiresAt: inHours(366 * 24 + 1) }), { code: 'DATE_INVALID', field: 'expiresAt' }],
    ['without a right', () => ({ scopes: [] }), { code: 'SCOPE_INVALID', field: 'scopes' }],
    ['with a right that does not exist', () => ({ scopes: ['release:read', 'all'] }), { code: 'SCOPE_INVALID', field: 'scopes' }],
  ])('a token %s is not made', async (_what, input, refusal) => {
    const token = { name: 'CI', scopes: ['release:read'], expiresAt: inHours(1), ...input() };
    expect((await admin.mutate('createApiToken', token)).userErrors).toMatchObject([refusal]);
  });

  it('a token makes no token: it would outlive its own revocation', async () => {
    const token = await makeToken(admin, { scopes: [...SCOPES], expiresAt: inHours(1) });
    const reply = await token.graphql('mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { token } }', {
      input: { name: 'another', scopes: ['release:read'], expiresAt: inHours(1) },
    });
    expect(reply.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

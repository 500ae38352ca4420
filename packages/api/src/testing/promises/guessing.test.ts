import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../harness.js';
import { makeLicense, makeProduct, makePublished } from '../make.js';

/** PROMISES.md, row 13: 1,000 different guesses, at most 20 looked at, whatever way they come. */
const GUESSES = process.env['PROVE'] ? 1_000 : 200;
const MAX_EVALUATED = 20;
/** As many as one document may carry (graphql/limits.ts). */
const ALIASES = 15;

const wrongKey = (index: number): string => `WRONG-KEY-${String(index).padStart(6, '0')}`;

/** Sends guesses, fifty at once. @returns how many were answered with a verdict instead of "wait" */
async function countEvaluated(count: number, guess: (index: number) => Promise<number>): Promise<number> {
  let evaluated = 0;
  for (let start = 0; start < count; start += 50) {
    const batch = Array.from({ length: Math.min(50, count - start) }, (_, offset) => guess(start + offset));
    evaluated += (await Promise.all(batch)).reduce((sum, one) => sum + one, 0);
  }
  return evaluated;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('guessing on $name', ({ start }) => {
  let harness: Harness;
  let file: { id: string; fileName: string };
  let license: { key: string; client: Client };

  beforeEach(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'LICENSED' });
    ({ file } = await makePublished(harness, { productId }));
    license = await makeLicense(harness, { productId, key: 'A-KEY-OF-THE-VENDOR-1' });
  });
  afterEach(() => harness.close());

  const permalink = (): string => `/d/${file.id}/${file.fileName}`;
  const holder = (key: string): Client => new Client(harness.baseUrl, { authorization: `License ${key}` });

  const byHeader = async (index: number): Promise<number> => ((await holder(wrongKey(index)).fetch(permalink())).status === 429 ? 0 : 1);
  const byAddress = async (index: number): Promise<number> =>
    (await harness.nobody.fetch(`${permalink()}?key=${wrongKey(index)}`)).status === 429 ? 0 : 1;
  const bySignIn = async (index: number): Promise<number> => {
    const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
    return (await harness.nobody.graphql(query, { input: { licenseKey: wrongKey(index) } })).errors.length > 0 ? 0 : 1;
  };
  const byAliases = async (index: number): Promise<number> => {
    const fields = Array.from(
      { length: ALIASES },
      (_, alias) =>
        `a${alias}: checkEntitlement(input: { assetId: "${file.id}", licenseKey: "${wrongKey(index * ALIASES + alias)}" }) { code }`,
    );
    // One refusal among them and the whole document answers nothing.
    return (await harness.nobody.graphql(`{ ${fields.join(' ')} }`)).data === null ? 0 : ALIASES;
  };

  it(`of ${GUESSES} license keys by every header, address, sign-in and aliases at once at most ${MAX_EVALUATED} are looked at`, async () => {
    const ways = [byHeader, byBasic, byKeyHeader, byAddress, bySignIn, byAliases];
    const share = GUESSES / ways.length;
    const requests = ways.map((way, index) => {
      const first = Math.ceil(index * share);
      return countEvaluated(Math.ceil(way === byAliases ? share / ALIASES : share), (offset) => way(first + offset));
    });
    const evaluated = (await Promise.all(requests)).reduce((sum, one) => sum + one, 0);
    expect(evaluated).toBeGreaterThan(0);
    expect(evaluated).toBeLessThanOrEqual(MAX_EVALUATED);
  });

  const basic = (key: string): Client =>
    new Client(harness.baseUrl, { authorization: `Basic ${Buffer.from(`any:${key}`).toString('base64')}` });
  const byBasic = async (index: number): Promise<number> => ((await basic(wrongKey(index)).fetch(permalink())).status === 429 ? 0 : 1);
  const byKeyHeader = async (index: number): Promise<number> =>
    (await harness.nobody.fetch(permalink(), { headers: { 'x-license-key': wrongKey(index) } })).status === 429 ? 0 : 1;

  it('a blocked address is told how long to wait, on every way, even with a right key that could be guessed', async () => {
    await countEvaluated(12, byHeader);
    const refused = await license.client.fetch(permalink());
    expect({ status: refused.status, type: refused.headers.get('content-type') }).toEqual({
      status: 429,
      type: 'application/problem+json; charset=utf-8',
    });
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', detail: expect.stringContaining('15 minutes') });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    const query = '{ viewer { permissions } }';
    const body = JSON.stringify({ query: `{ checkEntitlement(input: { assetId: "${file.id}", licenseKey: "${license.key}" }) { code } }` });
    for (const reply of [
      await license.client.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
      await harness.nobody.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    ]) {
      expect(reply.status).toBe(429);
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(800);
      expect(await reply.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', requestId: expect.any(String) } }] });
    }
  });

  it('sessions and tokens of a blocked address go on, and after the window keys do too', async () => {
    await countEvaluated(12, byHeader);
    expect((await harness.admin.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer).not.toBeNull();
    harness.clock.advance({ seconds: 15 * 60 + 1 });
    expect((await license.client.fetch(permalink())).status).toBe(302);
  });

  it('right keys never count, however many come at once', async () => {
    const replies = await Promise.all(Array.from({ length: 100 }, () => license.client.fetch(permalink(), { method: 'HEAD' })));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
  });

  it(`of 200 passwords at once at most ${MAX_EVALUATED} are looked at, and the right one does not help any more`, async () => {
    const query = 'mutation($input: SignInInput!) { signIn(input: $input) { viewer { permissions } userErrors { code } } }';
    const guess = (password: string) =>
      harness.nobody.graphql<{ signIn: { viewer: object | null } }>(query, { input: { email: 'x@slipway.example', password } });
    expect(await countEvaluated(200, async (index) => ((await guess(`guess ${index}`)).errors.length > 0 ? 0 : 1))).toBeLessThanOrEqual(
      MAX_EVALUATED,
    );
    const reply = await guess(TEST_PASSWORD);
    expect({ status: reply.status, code: reply.errors[0]?.extensions.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  });

  it('people at one address who sign in at the same time with right passwords are not held up', async () => {
    await harness.app.features.accounts.createUser({
      email: 'many@slipway.example',
      name: 'Many',
      role: 'SUPPORT',
      password: TEST_PASSWORD,
    });
    const clients = await Promise.all(Array.from({ length: 15 }, () => harness.signIn('many@slipway.example', TEST_PASSWORD)));
    expect(clients).toHaveLength(15);
  });
});

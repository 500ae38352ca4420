import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestRates } from '../machinery/throttle/request-rates.js';
import { createLog } from '../kernel/log.js';
import { StillClock } from '../testing/clock.js';
import { TEST_DIALECTS } from '../testing/databases.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeLicense, makeMachineKey, makeProduct, makeToken } from '../testing/make.js';
import { createServer, type Server } from './server.js';

const limits = { anonymous: 3, credential: 5 };

type Headers = Readonly<Record<string, string>>;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('requests beyond the limit of a minute on $name', ({ start }) => {
  let harness: Harness;
  let server: Server;
  let address = 0;
  const clock = new StillClock();

  beforeAll(async () => {
    harness = await start();
    server = await serve(['192.0.2.1']);
  });

  async function serve(trustedProxies: readonly string[]): Promise<Server> {
    const server = await createServer({
      publicUrl: 'http://localhost',
      trustedProxies,
      storeOrigins: () => [],
      authenticators: { ...harness.app.features, requestRates: new RequestRates(harness.database, clock) },
      log: createLog('silent'),
      requestsPerMinute: async () => limits,
    });
    server.app.get('/api/probe', { config: { access: 'public' } }, async () => ({}));
    server.app.post('/graphql', { config: { access: 'public' } }, async () => ({}));
    return server;
  }
  afterAll(async () => {
    await server.app.close();
    await harness.close();
  });

  const ask = (remoteAddress: string, headers: Headers = {}) => server.app.inject({ url: '/api/probe', headers, remoteAddress });
  const statuses = async (count: number, ask: () => Promise<{ statusCode: number }>): Promise<number[]> => {
    const seen = [];
    for (let index = 0; index < count; index += 1) seen.push((await ask()).statusCode);
    return seen;
  };
  /** @returns the cookie of a new session of a license */
  const signInWith = async (licenseKey: string): Promise<string> => {
    const query = 'mutation($licenseKey: String) { signIn(input: { licenseKey: $licenseKey }) { userErrors { code } } }';
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables: { licenseKey } });
    const reply = await harness.nobody.fetch('/graphql', { method: 'POST', headers, body });
    return reply.headers.getSetCookie().join(';').split(';')[0] ?? '';
  };
  const freshAddress = (): string => `203.0.113.${(address += 1)}`;

  it('are refused with the seconds to wait, and taken again in the next minute', async () => {
    const from = freshAddress();
    expect(await statuses(4, () => ask(from))).toEqual([200, 200, 200, 429]);
    const refused = await ask(from);
    const seconds = Number(refused.headers['retry-after']);
    expect(refused.json()).toMatchObject({
      code: 'RATE_LIMITED',
      detail: `More than 3 requests a minute came from your address: wait ${seconds} seconds, or send a license key or token, which are counted by themselves.`,
    });
    clock.advance({ seconds });
    expect(await statuses(1, () => ask(from))).toEqual([200]);
  });

  it('are GraphQL errors for a client of GraphQL', async () => {
    const post = () => server.app.inject({ method: 'POST', url: '/graphql', payload: {}, remoteAddress: '198.51.100.1' });
    await statuses(3, post);
    const refused = await post();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', requestId: expect.any(String) } }] });
  });

  it('of strangers leave right keys, tokens and sessions alone, wherever they come from', async () => {
    const from = freshAddress();
    const { id: productId } = await makeProduct(harness.admin);
    const { client: key, customerId } = await makeLicense(harness, { productId });
    const machines = [await makeMachineKey(harness.admin, { customerId }), await makeMachineKey(harness.admin, { customerId })];
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    expect(await statuses(9, () => ask(from, { authorization: 'Bearer slw_wrong' }))).toEqual([401, 401, 401, ...Array(6).fill(429)]);
    expect((await ask(from)).statusCode).toBe(429);
    for (const { headers } of [key, token, ...machines.map(({ client }) => client)])
      expect(await statuses(6, () => ask(from, { ...headers }))).toEqual([200, 200, 200, 200, 200, 429]);
    expect(new Set(await statuses(9, () => ask(from, { ...harness.admin.headers })))).toEqual(new Set([200]));
  });

  it('are counted for a license’s sessions together: to sign in again and again is no way around the limit of its key', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { key, client } = await makeLicense(harness, { productId });
    const sessions = await Promise.all([1, 2].map(async () => ({ cookie: await signInWith(key) })));
    const seen = [];
    for (let index = 0; index < 6; index += 1) seen.push((await ask(freshAddress(), sessions[index % 2])).statusCode);
    expect(seen).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await ask(freshAddress(), { ...client.headers })).statusCode, 'the key itself').toBe(200);
  });

  it('are counted by the address that a trusted proxy names, IPv6 by its site', async () => {
    const through = (forwardedFor: string) => () => ask('192.0.2.1', { 'x-forwarded-for': forwardedFor });
    expect(await statuses(4, through('198.51.100.7'))).toEqual([200, 200, 200, 429]);
    expect(await statuses(3, through('198.51.100.8'))).toEqual([200, 200, 200]);
    const site = [1, 2, 3, 4].map((network) => `2001:db8:77:${network}::1`);
    const seen = [];
    for (const one of site) seen.push((await through(one)()).statusCode);
    expect(seen).toEqual([200, 200, 200, 429]);
  });

  it('are not counted by address while nobody named the proxy that forwards: it stands for everybody behind it', async () => {
    const unnamed = await serve([]);
    const ask = () =>
      unnamed.app.inject({ url: '/api/probe', headers: { 'x-forwarded-for': '198.51.100.9' }, remoteAddress: '203.0.113.200' });
    expect(new Set(await statuses(9, ask))).toEqual(new Set([200]));
    await unnamed.app.close();
  });

  it('are counted by the sender where the proxies are named and another one says that it forwards', async () => {
    const from = freshAddress();
    expect(await statuses(4, () => ask(from, { 'x-forwarded-for': '198.51.100.9' }))).toEqual([200, 200, 200, 429]);
  });
});

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('counts of requests on $name', ({ create }) => {
  it('are those of all replicas together, once they have told each other', async () => {
    const test = await create();
    const other = await test.reopen();
    const clock = new StillClock();
    const replicas = [test.database, other].map((database) => new RequestRates(database, clock));
    const [one, two] = replicas as [RequestRates, RequestRates]; // of two databases
    const ask = (replica: RequestRates): boolean => {
      try {
        replica.count(['address 203.0.113.1'], { of: 'anonymous', most: 40 });
        return true;
      } catch {
        return false;
      }
    };
    for (let index = 0; index < 15; index += 1) for (const replica of replicas) ask(replica);
    await one.share();
    await two.share();
    // Whoever is asked again tells it, and learns of the others.
    ask(one);
    await one.share();
    const taken = Array.from({ length: 20 }, () => ask(one)).filter(Boolean).length;
    await one.share();
    ask(two);
    await two.share();
    expect({ taken, isTakenElsewhere: ask(two) }).toEqual({ taken: 9, isTakenElsewhere: false });
    clock.advance({ seconds: 60 });
    expect([ask(one), ask(two)]).toEqual([true, true]);
    clock.advance({ seconds: 120 });
    await one.forget();
    expect(await test.database.query('SELECT bucket FROM request_count')).toEqual([]);
    await other.close();
    await test.drop();
  });

  it('that are told while a minute ends are those of the minute in which they were counted', async () => {
    const test = await create();
    const clock = new StillClock();
    const rates = new RequestRates(test.database, clock);
    const count = (bucket: string): void => rates.count([bucket], { of: 'anonymous', most: 40 });
    // More than are shared at once.
    for (let caller = 0; caller < 450; caller += 1) for (let index = 0; index < 10; index += 1) count(`address ${caller}`);
    const telling = rates.share();
    clock.advance({ seconds: 60 });
    count('address 0');
    await telling;
    const minutes = await test.database.query<{ callers: number | string }>(
      'SELECT minute, COUNT(*) AS callers FROM request_count GROUP BY minute',
    );
    expect(minutes.map(({ callers }) => Number(callers))).toEqual([450]);
    await test.drop();
  });
});

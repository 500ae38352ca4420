import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getNamedType, isLeafType, type GraphQLField } from 'graphql';
import type { Client } from '../client.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeInputWorld, type InputWorld } from '../input/input-world.js';
import { Chance, randomText, randomValue } from '../input/random-values.js';
import { makeLicense, makeToken } from '../make.js';

/** PROMISES.md, rows 10 and 29: malformed requests to each route, and to each field of the API. */
const PER_ROUTE = process.env['PROVE'] ? 10_000 : 50;
const PER_FIELD = process.env['PROVE'] ? 500 : 15;
/** Row 10's own count, whatever the route. */
const IN_A_RUN = process.env['PROVE'] ? 10_000 : 500;
const SEED = 20_261_128;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still in use after everything unused was collected, in bytes. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Ends the session that asks, or changes its password. */
const NOT_AS_ADMIN: ReadonlySet<string> = new Set(['signIn', 'signOut', 'changePassword']);
const INSIDE = /node_modules|SELECT |INSERT |UPDATE |\.ts:\d|at .{1,80}\.js|\/src\/|sqlite|mysql/i;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('malformed requests on $name', ({ start }) => {
  let harness: Harness;
  let world: InputWorld;
  let callers: readonly Client[];

  beforeAll(async () => {
    harness = await start();
    world = await makeInputWorld(harness);
    const productId = String(world.samples['productId']?.(''));
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    callers = [harness.admin, token, harness.nobody, (await makeLicense(harness, { productId })).client];
  });
  afterAll(() => harness.close());

  const known = () => [...world.ids, ...world.texts];
  const routes = () => harness.app.routes.filter(({ method, url }) => !(method === 'OPTIONS' || url === '/*'));

  /** Sends one request that no client of sense would. @returns what of the answer is a fault; null when all is well */
  const findFault = async (chance: Chance, { method, url }: { method: string; url: string }): Promise<string | null> => {
    const path = randomUrl(chance, url, known());
    const response = await chance.oneOf(callers).fetch(path, randomRequest(chance, method, known()));
    const text = method === 'HEAD' ? '' : await response.text();
    const isFile = response.headers.get('content-disposition') !== null;
    const isFault = response.status >= 500 || (!isFile && INSIDE.test(text.replaceAll(path, '')));
    return isFault ? `${method} ${path.slice(0, 200)}: ${response.status} ${text.slice(0, 200)}` : null;
  };

  const manyMinutes = { timeout: 300_000 + PER_ROUTE * 500 };

  it(`to each route, ${PER_ROUTE} of them, are answered without a fault and without a word from inside`, manyMinutes, async () => {
    const faults: (string | null)[] = [];
    expect(routes().length).toBeGreaterThan(10);
    for (const [index, route] of routes().entries()) {
      const chance = new Chance(SEED + index);
      for (let round = 0; round < PER_ROUTE; round += 1) faults.push(await findFault(chance, route));
    }
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it(`leave no memory taken: after a second ${IN_A_RUN} of them at most 20 % more than after the first`, manyMinutes, async () => {
    const chance = new Chance(SEED);
    const run = async (): Promise<number> => {
      for (let round = 0; round < IN_A_RUN; round += 1) await findFault(chance, chance.oneOf(routes()));
      return bytesInUse();
    };
    const first = await run();
    expect((await run()) / first).toBeLessThanOrEqual(1.2);
  });

  it(
    `to each field of the API, ${PER_FIELD} of them, are answered without a fault and without a word from inside`,
    { timeout: 300_000 + PER_FIELD * 5_000 },
    async () => {
      const faults: string[] = [];
      const { schema } = harness.app;
      const roots = [
        ['query', schema.getQueryType()],
        ['mutation', schema.getMutationType()],
      ] as const;
      for (const [kind, type] of roots)
        for (const [index, field] of Object.values(type?.getFields() ?? {}).entries()) {
          const chance = new Chance(SEED + 1_000 + index);
          const client = NOT_AS_ADMIN.has(field.name) ? harness.nobody : harness.admin;
          for (let round = 0; round < PER_FIELD; round += 1) {
            const variables = Object.fromEntries(field.args.map((arg) => [arg.name, randomValue(chance, arg.type, known())]));
            const { status, errors } = await client.graphql(operationOf(kind, field), variables);
            const isFault =
              status >= 500 || errors.some(({ message, extensions }) => extensions.code === 'INTERNAL' || INSIDE.test(message));
            if (isFault) faults.push(`${field.name}(${JSON.stringify(variables).slice(0, 400)}): ${status} ${JSON.stringify(errors)}`);
          }
        }
      expect(faults).toEqual([]);
      expect((await harness.admin.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer).not.toBeNull();
    },
  );
});

function operationOf(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${kind}${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
}

/** Names that some route reads, and some that none does. */
const NAMES = ['key', 'type', 'platform', 'architecture', 'from', 'to', 'days', 'productId', 'downloadableId', 'by', 'query', 'variables'];

function randomUrl(chance: Chance, pattern: string, known: readonly string[]): string {
  const part = (): string => encodedSomehow(chance, randomText(chance, known));
  const path = pattern.replace(/:\w+/g, part).replace('*', part);
  const count = chance.below(4);
  const pairs = Array.from({ length: count }, () => `${chance.oneOf([...NAMES, '__proto__', ''])}=${part()}`);
  const twice = chance.isOnce(3) ? [...pairs, ...pairs] : pairs;
  return (path + (twice.length > 0 ? `?${twice.join('&')}` : '')).slice(0, 6_000);
}

/** Well encoded, encoded with mistakes, or not at all as far as a URL can be. */
function encodedSomehow(chance: Chance, text: string): string {
  if (chance.isOnce(12)) return chance.oneOf(['%', '%zz', '%E0%A4', '%00', '%ED%A0%80', '..%2f', '%252e%252e', ';a=b', '//']);
  return [...text.replace(/\p{Cs}/gu, '�')].map(encodeURIComponent).join('');
}

function randomRequest(chance: Chance, method: string, known: readonly string[]): RequestInit {
  const text = (): string =>
    chance.oneOf([...known, 'x', '0', '-1', 'é', '"', 'a'.repeat(3_000), 'bytes=0-', 'bytes=5-1', 'gzip;q=x', '*/*']);
  const headers: Record<string, string> = {};
  const names = ['accept', 'accept-encoding', 'range', 'if-range', 'idempotency-key', 'x-checksum-sha256', 'x-license-key', 'user-agent'];
  for (const name of names) if (chance.isOnce(4)) headers[name] = text();
  if (chance.isOnce(6)) headers['authorization'] = `${chance.oneOf(['Bearer', 'License', 'Basic', '', 'bearer '])} ${text()}`;
  if (chance.isOnce(3))
    headers['content-type'] = chance.oneOf(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'a/b; c', '\u00e9']);
  if (method === 'GET' || method === 'HEAD') return { method, headers };
  const body = chance.oneOf([
    '',
    '{',
    '{}',
    '[]',
    'null',
    '{"query":"{"}',
    '{"query":5}',
    '--x\r\n',
    '--x--',
    'bytes',
    JSON.stringify({ query: text(), variables: [] }),
  ]);
  return { method, headers, body };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGELOG_MAX_LENGTH } from '@slipway/shared';
import { makeProduct } from '../testing/make.js';
import { LIMITS } from '../kernel/limits/limits.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';

/** `{ f0 }`, each fragment spreading the next one twice: measured naively, 2^count steps. */
function doubledFragments(count: number): string {
  const fragments = Array.from({ length: count }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`);
  return `{ ...f0 } ${fragments.join(' ')} fragment f${count} on Query { __typename }`;
}

const VIEWERS = 'viewer { permissions } '.repeat(50);

const REFUSED: readonly [string, string][] = [
  [
    'a query of 11 levels',
    '{ products { nodes { downloadables { nodes { product { downloadables { nodes { product { downloadables { nodes { id } } } } } } } } } } }',
  ],
  ['16 aliases', `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ')} }`],
  ['a document of more than 2,000 tokens', `{ ${'__typename '.repeat(2_100)} }`],
  ['a field 101 times', `{ ${'product { id } '.repeat(101)} }`],
  [
    'a field 101 times in several fragments',
    `{ ...a ...b } fragment a on Query { ${VIEWERS} } fragment b on Query { ${VIEWERS} viewer { license { id } } }`,
  ],
  ['introspection that asks for a list under several names', '{ __schema { a: types { name } b: types { name } } }'],
  ['introspection of the fields of the types of fields', '{ __schema { types { fields { type { fields { name } } } } } }'],
  [
    'pages of 100 in pages of 100 in pages of 100',
    '{ downloadables(first: 100) { nodes { product { downloadables(first: 100) { nodes { product { id } } } } } } }',
  ],
];

describe.each(TEST_SETUPS.slice(0, 1))('the limits of queries', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it.each(REFUSED)('refuse %s with 400 and a clear sentence', async (_what, query) => {
    const reply = await harness.nobody.graphql(query);
    expect({ status: reply.status, code: reply.errors[0]?.extensions.code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
    expect(reply.errors[0]?.message).toMatch(/\.$/);
  });

  it.each([
    ['as it stands', (deep: string) => deep],
    ['in a fragment', (deep: string) => `{ ...f } fragment f on Query ${deep}`],
    ['in an inline fragment', (deep: string) => `{ ... on Query ${deep} }`],
  ])('refuse what is deep and costs little, %s: 10 levels pass, 11 do not', async (_where, write) => {
    const nested = (levels: number): string => {
      let inner = '{ id }';
      for (let level = levels - 1; level >= 1; level -= 1)
        inner = level === 1 ? `{ product(id: "x") ${inner} }` : `{ ${level % 2 ? 'product' : 'latest'} ${inner} }`;
      return inner;
    };
    expect((await harness.nobody.graphql(write(nested(10)))).errors).toEqual([]);
    expect((await harness.nobody.graphql(write(nested(11)))).errors).toMatchObject([
      { message: 'The query nests more than 10 levels deep: ask for less at a time.' },
    ]);
  });

  it('measure 60 fragments that each spread the next one twice without counting each path', async () => {
    expect((await harness.nobody.graphql(doubledFragments(60))).errors).toEqual([]);
  });

  it('refuse repeated fields in a GET as well, before they are validated, and take 100 of them', async () => {
    const asked = async (count: number) => {
      const query = encodeURIComponent(`{ ${'missing { id } '.repeat(count)} }`);
      const reply = await harness.nobody.fetch(`/graphql?query=${query}`, { headers: { 'apollo-require-preflight': 'yes' } });
      return (await reply.json()) as { errors: { message: string }[] };
    };
    expect((await asked(101)).errors).toMatchObject([{ message: expect.stringMatching(/asks for "missing" more than 100 times/) }]);
    expect((await asked(100)).errors[0]?.message).toMatch(/^Cannot query field/);
  });

  it('take page sizes from variables too', async () => {
    const query = 'query($n: Int) { downloadables(first: $n) { nodes { product { downloadables(first: $n) { nodes { id } } } } } }';
    expect((await harness.nobody.graphql(query, { n: 100 })).status).toBe(400);
    expect((await harness.nobody.graphql(query, { n: 20 })).status).toBe(200);
  });

  it.each(['\\u0416', '\\ud83d\\ude00'])('take the longest changelog, each character written as %s', async (escaped) => {
    const units = escaped.length / 6;
    const { id: productId } = await makeProduct(harness.admin);
    const changelog = escaped.repeat(CHANGELOG_MAX_LENGTH / units);
    const response = await harness.admin.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"mutation($input: CreateDownloadableInput!) { createDownloadable(input: $input) { downloadable { changelog } userErrors { message } } }","variables":{"input":{"productId":"${productId}","version":"${units}.0","changelog":"${changelog}"}}}`,
    });
    const { data } = (await response.json()) as { data: { createDownloadable: { downloadable: { changelog: string } } } };
    expect(data.createDownloadable.downloadable.changelog).toBe(JSON.parse(`"${changelog}"`));
  });

  it('have room for the longest text in a query, where its backslashes are escaped once more, and for all else beside it', () => {
    expect(LIMITS.requestBytes.most).toBeGreaterThanOrEqual('\\\\u0416'.length * CHANGELOG_MAX_LENGTH + 64_000);
  });

  it('refuse a body of more than 512 kB', async () => {
    const response = await harness.nobody.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `# ${'x'.repeat(LIMITS.requestBytes.most)}` }),
    });
    expect(response.status).toBe(413);
  });
});

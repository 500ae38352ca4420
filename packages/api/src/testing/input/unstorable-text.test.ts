import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnstorableText } from '../../database/errors.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeProduct, makeToken } from '../make.js';

/** Guesses at one account, each with another tail that SQLite does not see. */
const GUESSES = process.env['PROVE'] ? 1_000 : 100;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a text that no database keeps, on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const CREATE = 'mutation($i: CreateDownloadableInput!) { createDownloadable(input: $i) { userErrors { code } downloadable { id } } }';

  it.each(['before\0after', 'before\ud800after'])('is refused at its field in a variable, and nothing is saved: %j', async (text) => {
    const { id: productId } = await makeProduct(harness.admin);
    for (const field of ['version', 'name', 'changelog', 'channel']) {
      const { errors, data } = await harness.admin.graphql(CREATE, { i: { productId, version: '1.0', [field]: text } });
      expect(errors).toMatchObject([
        { message: expect.stringMatching(new RegExp(`^Argument input\\.${field} has `)), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(data).toBeNull();
    }
    const { product } = await harness.admin.query<{ product: { downloadables: { nodes: object[] } } }>(
      'query($id: ID!) { product(id: $id) { downloadables { nodes { id } } } }',
      { id: productId },
    );
    expect(product.downloadables.nodes).toEqual([]);
  });

  it.each([
    ['a literal', 'mutation { createProduct(input: { name: "a\\u0000b" }) { userErrors { code } } }', 'input.name'],
    [
      'a list',
      'mutation { createProduct(input: { name: "a", channels: [{ name: "stable", includes: ["\\u0000"] }] }) { userErrors { code } } }',
      'input.channels[0].includes[0]',
    ],
    ['a nested field', '{ products { nodes { downloadableByVersion(version: "1\\u0000") { id } } } }', 'version'],
    ['a filter', '{ downloadables(filter: { search: "a\\u0000" }) { nodes { id } } }', 'filter.search'],
    ['an id', '{ downloadable(id: "a\\u0000") { id } }', 'id'],
  ])('is refused in %s of the document', async (_what, query, path) => {
    await makeProduct(harness.admin);
    const { errors } = await harness.admin.graphql(query);
    expect(errors[0]).toMatchObject({
      message: `Argument ${path} has a NUL character (U+0000): remove it.`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('is refused inside a cursor', async () => {
    const after = Buffer.from(JSON.stringify(['a\0', 'b'])).toString('base64url');
    const { errors } = await harness.admin.graphql('query($after: String) { products(after: $after) { nodes { id } } }', { after });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is refused in a path, a query and a form', async () => {
    const draft = await makeDraft(harness.admin);
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const form = new FormData();
    form.append('platform', 'win\0dows');
    form.append('file', new Blob(['bytes']), 'a.exe');
    const files = `/api/v1/downloadables/${draft.id}/files`;
    const refused = await Promise.all([
      token.fetch(`${files}/a%00.exe`, { method: 'PUT', body: 'bytes' }),
      token.fetch(`${files}/a.exe?platform=win%00dows`, { method: 'PUT', body: 'bytes' }),
      token.fetch(`${files}/a.exe?type=INSTALLER&type=x`, { method: 'PUT', body: 'bytes' }),
      token.fetch(`${files}/a.exe`, { method: 'PUT', body: form }),
      harness.nobody.fetch('/d/a%00/b'),
      harness.nobody.fetch('/d/a/b?key=a%00'),
      harness.nobody.fetch('/s/a%00'),
      harness.admin.fetch('/api/v1/statistics/downloads.csv?from=2026-01-01%00'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400));
    const { downloadable } = await harness.admin.query<{ downloadable: { revision: { assets: object[] } } }>(
      'query($id: ID!) { downloadable(id: $id) { revision { assets { id } } } }',
      { id: draft.id },
    );
    expect(downloadable.revision.assets).toEqual([]);
  });

  it('makes no second account of one that is guessed at', async () => {
    const query = 'mutation($i: SignInInput!) { signIn(input: $i) { userErrors { code } } }';
    const email = 'guessed@slipway.example';
    let evaluated = 0;
    for (let index = 0; index < GUESSES; index += 1) {
      const spelled = [`${email}\0${index}`, `\0${email}`, ` ${email}`, email.toUpperCase(), email][index % 5] ?? email;
      const { errors } = await harness.nobody.graphql(query, { i: { email: spelled, password: `wrong ${index}` } });
      if (errors.length === 0) evaluated += 1;
    }
    expect(evaluated).toBe(LIMITS.failedGuesses.most);
  });

  it('never reaches a column cut, even where the border would let it pass', async () => {
    const asked = harness.database.query<{ text: string }>('SELECT ? AS text', ['before\0after']);
    const written = harness.database.transaction((tx) =>
      tx.execute(`INSERT INTO sign_in_failure (bucket, failures, window_started_at) VALUES (?, 1, '2026-01-01 00:00:00.000')`, ['a\0b']),
    );
    if (harness.database.dialect === 'sqlite') {
      await expect(asked).rejects.toSatisfy(isUnstorableText);
      await expect(written).rejects.toSatisfy(isUnstorableText);
    } else {
      expect(await asked).toEqual([{ text: 'before\0after' }]);
      expect(await written).toBe(1);
    }
  });

  it.each([
    ['products', '{ products(search: $v) { nodes { id } } }'],
    ['downloadables', '{ downloadables(filter: { search: $v }) { nodes { id } } }'],
    ['customers', '{ customers(search: $v) { nodes { id } } }'],
    ['licenses', '{ licenses(search: $v) { nodes { id } } }'],
    ['users', '{ users(search: $v) { nodes { id } } }'],
  ])('is refused as a search of 55,000 characters through %s, naming what fits', async (_what, selection) => {
    const { errors } = await harness.admin.graphql(`query($v: String!) ${selection}`, { v: 'x'.repeat(55_000) });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('use at most 200 characters.'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('an empty id and one that is none are refused, not looked up', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const query = 'mutation($i: CreateApiTokenInput!) { createApiToken(input: $i) { userErrors { code } } }';
    for (const [productId, code] of [
      ['', 'BAD_USER_INPUT'],
      ['x'.repeat(27), 'BAD_USER_INPUT'],
      ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'NOT_FOUND'],
    ]) {
      const { errors } = await harness.admin.graphql(query, { i: { name: 'x', scopes: ['release:read'], productId, expiresAt } });
      expect(errors[0]?.extensions.code).toBe(code);
    }
  });
});

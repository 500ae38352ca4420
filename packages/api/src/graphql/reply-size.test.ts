import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revisionHtml } from '../features/downloadables/changelog/changelog-html.js';
import { LIMITS } from '../kernel/limits/limits.js';
import type { GraphqlReply } from '../testing/client.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeDraft, makeProduct } from '../testing/make.js';

/** Releases of the largest page, each with a changelog that is almost as long as one may be. */
const RELEASES = 100;
const LONG = '- A fix of <one> thing & another\n'.repeat(1_900);
/** How often a client that follows the advice has to ask again. */
const MOST_ATTEMPTS = 3;

const query = (first: number, fields: string): string => `{ downloadables(first: ${first}) { nodes { id ${fields} } } }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an answer that grows too large on $name', ({ start }) => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin);
    for (let count = 0; count < RELEASES; count += 1) await makeDraft(harness.admin, { productId, changelog: `${count}\n${LONG}` });
  });
  afterAll(() => harness.close());

  const pageThatFits = ({ errors }: GraphqlReply<unknown>): number => Number(/pages of at most (\d+)/.exec(errors[0]?.message ?? '')?.[1]);

  it.each(['changelog', 'changelogHtml', 'revision { changelog }', 'a: changelog b: changelogHtml'])(
    'is one error without data, which names a page that fits: %s',
    async (fields) => {
      let reply = await harness.admin.graphql(query(100, fields));
      expect(reply).toMatchObject({ status: 400, data: null });
      expect(reply.errors).toHaveLength(1);
      expect(reply.errors[0]?.extensions.code).toBe('RESPONSE_TOO_LARGE');
      expect(reply.errors[0]?.message).toMatch(
        /^The answer is larger than 5 MB: ask for pages of at most \d+ entr(y|ies), or select fewer fields\.$/,
      );
      const named = pageThatFits(reply);
      for (let attempt = 0; reply.status === 400 && attempt < MOST_ATTEMPTS; attempt += 1) {
        reply = await harness.admin.graphql(query(pageThatFits(reply), fields));
      }
      expect(reply.status).toBe(200);
      // Not much smaller than it had to be either.
      const answered = Buffer.byteLength(JSON.stringify(reply.data));
      expect(answered).toBeGreaterThan(LIMITS.replyBytes.most / 4);
      expect(named).toBeGreaterThan(5);
    },
  );

  it('is given up before the texts are made that nobody would get', async () => {
    await harness.database.transaction((tx) => tx.execute('UPDATE revision SET changelog = ?', [`again\n${LONG}`]));
    const before = revisionHtml.renderings;
    expect((await harness.admin.graphql(query(100, 'changelogHtml'))).status).toBe(400);
    const each = revisionHtml.of({ id: 'one', changelog: LONG }).length;
    expect(revisionHtml.renderings - before).toBeLessThanOrEqual(Math.ceil(LIMITS.replyBytes.most / each) + 2);
  });

  it('is refused when only its escapes make it too large', async () => {
    // A line break is one byte in the text, and two in JSON.
    const lines = '\n'.repeat(63_000);
    await harness.database.transaction((tx) => tx.execute('UPDATE revision SET changelog = ?', [`${lines}.`]));
    const reply = await harness.admin.graphql(query(60, 'changelog'));
    expect({ status: reply.status, code: reply.errors[0]?.extensions.code, data: reply.data }).toEqual({
      status: 400,
      code: 'RESPONSE_TOO_LARGE',
      data: null,
    });
    expect((await harness.admin.graphql(query(pageThatFits(reply), 'changelog'))).status).toBe(200);
  });

  /** What happens while compiled code runs, the query, and the changelog of every release. */
  const COMPILED = [
    ['it is given up', query(RELEASES, 'again: changelogHtml'), LONG],
    ['it is finished, and its escapes make it too large', query(60, 'again: changelog'), `${'\n'.repeat(63_000)}.`],
    [
      'another field fails, so that all is answered twice',
      `query($id: ID!) { user(id: $id) { id } ${query(60, 'changelog').slice(1)}`,
      'x'.repeat(63_000),
    ],
  ] as const;

  it.each(COMPILED)('is the same by compiled code when %s', async (_what, text, changelog) => {
    await harness.database.transaction((tx) => tx.execute('UPDATE revision SET changelog = ?', [changelog]));
    const publisher = await harness.makeUser('PUBLISHER');
    const replies = [];
    // Compiled at its third use.
    for (let use = 1; use < 5; use += 1) replies.push(await publisher.graphql(text, { id: 'x' }));
    const [first, ...later] = replies.map(({ status, errors, data }) => [status, errors.map(({ message }) => message), data]);
    expect(first?.[1]).toHaveLength(1);
    expect(['RESPONSE_TOO_LARGE', 'FORBIDDEN']).toContain(replies[0]?.errors[0]?.extensions.code);
    expect(later).toEqual([first, first, first]);
  });

  it('of a mutation says that it was carried out', async () => {
    await harness.database.transaction((tx) => tx.execute('UPDATE revision SET changelog = ?', [LONG]));
    const rows = await harness.database.query<{ id: string }>('SELECT id FROM downloadable ORDER BY id LIMIT 60');
    const ids = rows.map(({ id }) => id);
    const text = `mutation($input: ChangeDownloadablesInput!) {
      changeDownloadables(input: $input) { changes { id downloadable { a: changelog b: changelog } } userErrors { code } } }`;
    const reply = await harness.admin.graphql(text, { input: { ids, action: 'PUBLISH', dryRun: true } });
    expect(reply).toMatchObject({ status: 200, data: null });
    expect(reply.errors[0]?.message).toMatch(/^The request was carried out, but its answer is larger than 5 MB: .*\.$/);
  });
});

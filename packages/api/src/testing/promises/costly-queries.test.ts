import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revisionHtml } from '../../features/downloadables/changelog/changelog-html.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { countStatements } from '../count-statements.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeProduct, makePublished } from '../make.js';

/** PROMISES.md, rows 9 and 29: no query stops the server; what passes the limits is bounded by counting. */
const RELEASES = process.env['PROVE'] ? 100 : 20;
const CHANGELOG_LENGTH = process.env['PROVE'] ? 64_000 : 30_000;
const AT_ONCE = process.env['PROVE'] ? 10 : 3;

const line = '- [Fixes](https://vendor.example/1) **a** `crash` & a <leak>\n';
const changelogOf = (index: number): string => `# ${index}\n${line.repeat(CHANGELOG_LENGTH)}`.slice(0, CHANGELOG_LENGTH);
const HTML = 'a: changelogHtml b: changelogHtml c: changelogHtml d: changelogHtml';

/** Queries that ask for much, by the entries of their pages. */
const SHAPES: readonly [string, (first: number, productId: string) => string][] = [
  [
    'long texts under four names in pages of pages',
    (n, id) =>
      `{ product(id: "${id}") { downloadables(first: ${n}) { nodes { product { downloadables(first: ${n}) { nodes { ${HTML} } } } } } } }`,
  ],
  [
    'long texts of nodes, edges and revisions',
    (n) =>
      `{ downloadables(first: ${n}) { nodes { ${HTML} revisions { ${HTML} e: changelogHtml } } edges { node { revisions { f: changelogHtml changelog } } } } }`,
  ],
  [
    'pages of pages of pages',
    (n) =>
      `{ products(first: ${n}) { nodes { downloadables(first: ${n}) { nodes { product { downloadables(first: ${n}) { nodes { changelog } } } } } } } }`,
  ],
  [
    'every file with its decision, side files and main file',
    (n) => `{ downloadables(first: ${n}) { nodes { assets { access { message params } sideFiles { sha512 } mainFile { sha512 } } } } }`,
  ],
];

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('costly queries on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'OPEN' })).id;
    for (let index = 0; index < RELEASES; index += 1) await makePublished(harness, { productId, changelog: changelogOf(index) });
  });
  afterAll(() => harness.close());

  /** What a visitor is answered: the status, the code of an error, and the bytes on the way. */
  async function ask(query: string): Promise<{ status: number; code: string | undefined; bytes: number }> {
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
    const reply = await harness.nobody.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
    const text = await reply.text();
    const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
    return { status: reply.status, code: errors?.[0]?.extensions.code, bytes: Buffer.byteLength(text) };
  }

  /** The largest page with which a query passes the limits that are looked at before anything is read. */
  async function costliest(shape: (first: number, productId: string) => string): Promise<string> {
    for (let first = LIMITS.pageSize.most; first >= 1; first -= 1) {
      const query = shape(first, productId);
      if ((await ask(query)).code !== 'BAD_USER_INPUT') return query;
    }
    throw new Error('No page is small enough.');
  }

  it.each(SHAPES)('%s: no answer is larger than 5 MB, and each changelog is rendered at most once', async (what, shape) => {
    const before = revisionHtml.renderings;
    const query = await costliest(shape);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, () => ask(query)));
    delay.disable();
    for (const { status, code, bytes } of replies) {
      expect(bytes).toBeLessThanOrEqual(LIMITS.replyBytes.most);
      expect([200, 400]).toContain(status);
      expect(status === 200 ? undefined : 'RESPONSE_TOO_LARGE').toBe(code);
    }
    expect(revisionHtml.renderings - before).toBeLessThanOrEqual(RELEASES);
    if (process.env['PROVE']) process.stdout.write(`${what}: the event loop waited ${Math.round(delay.max / 1e6)} ms at most.\n`);
  });

  it.each(SHAPES.slice(0, 3))('%s: past the limits it is refused before anything is read or rendered', async (_what, shape) => {
    await harness.app.features.refusals.flush(); // the one before is written in the background
    const before = revisionHtml.renderings;
    const statements = await countStatements(harness.database, async () => {
      const { errors, status } = await harness.nobody.graphql(shape(LIMITS.pageSize.most, productId));
      expect(errors[0]?.message).toMatch(
        /^The query could answer with more than .*: ask for pages of at most \d+ entries, or select fewer fields\.$/,
      );
      expect({ status, code: errors[0]?.extensions.code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
    });
    expect({ statements, renderings: revisionHtml.renderings - before }).toEqual({ statements: 0, renderings: 0 });
  });
});

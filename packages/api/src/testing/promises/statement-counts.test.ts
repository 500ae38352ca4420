import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { countStatements } from '../count-statements.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeLicense, makeProduct, makePublished } from '../make.js';

const FILES = 'id fileName type platform architecture size state';
const LIST = `query($id: ID!) { downloadables(filter: { productId: $id, status: PUBLISHED }, first: 25) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id version product { id name } assets { ${FILES} } } } }`;
const PORTAL = `query { downloadables(filter: { status: PUBLISHED }, first: 25) {
  totalCount nodes { id version access { allowed code message params remedy } assets { ${FILES} sha256 downloadUrl } } } }`;
const DOWNLOAD = 'mutation($id: ID!) { createDownload(input: { assetId: $id }) { download { url } userErrors { code } } }';
const CHECK = `query($product: String!) { updateCheck(input: { product: $product, version: "0.1", platform: WINDOWS }) {
  status release { version notes assets { url sha256 } } } }`;

/** ARCHITECTURE.md ("The database") has the numbers. One that grows costs every request; one that shrinks is written down there. */
const DOCUMENT = readFileSync(join(import.meta.dirname, ...Array<string>(5).fill('..'), 'ARCHITECTURE.md'), 'utf8');
const documented = (what: string): number => Number(new RegExp(`^\\| ${what} +\\| (\\d+) `, 'm').exec(DOCUMENT)?.[1]);

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('how many statements a request asks on $name', ({ start }) => {
  let harness: Harness;
  let product: { id: string; slug: string };
  let person: Client;
  let assetIds: readonly string[];
  beforeAll(async () => {
    harness = await start();
    product = await makeProduct(harness.admin);
    const releases = [];
    for (const version of ['1.0', '1.1', '1.2']) releases.push(await makePublished(harness, { productId: product.id, version }));
    assetIds = releases.map(({ file }) => file.id);
    const { customerId } = await makeLicense(harness, { productId: product.id });
    person = await harness.makeUser('CUSTOMER', { customerId });
  });
  afterAll(() => harness.close());

  /** Statements of reading and of writing, which on MariaDB go through one pool. */
  async function count(work: () => Promise<unknown>): Promise<number> {
    await work(); // what is looked up once a minute is looked up now
    const { database } = harness;
    if (database.reader === database.writer) return countStatements(database, work);
    let reads = 0;
    const writes = await countStatements(database, async () => void (reads = await countStatements(database, work)), database.writer);
    return reads + writes;
  }

  it.each([
    ['a page of a list, with files and the exact count', () => harness.admin.query(LIST, { id: product.id })],
    ['a page of the portal, judged, with files', () => person.query(PORTAL)],
    ['an update check that finds one', () => person.query(CHECK, { product: product.slug })],
  ])('%s: as documented, by graphql-js and by compiled code', async (what, work) => {
    const expected = documented(what);
    expect(await count(work)).toBe(expected);
    // It is compiled at its third use.
    expect(await count(work)).toBe(expected);
  });

  it('a download that was counted today: as documented', async () => {
    const [id = ''] = assetIds;
    await person.query(DOWNLOAD, { id });
    // After the first download of a day the store is asked for the file, in the background.
    const seen = 'SELECT o.seen_at FROM stored_object o JOIN asset a ON a.stored_object_id = o.id WHERE a.id = ? AND o.seen_at IS NOT NULL';
    await expect.poll(async () => (await harness.database.query(seen, [id])).length, { timeout: 20_000 }).toBe(1);
    expect(await count(() => person.query(DOWNLOAD, { id }))).toBe(documented('a download that was counted today'));
  });
});

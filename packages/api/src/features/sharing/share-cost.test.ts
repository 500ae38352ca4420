import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { ANONYMOUS } from '../../kernel/actor.js';
import { RequestContext } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { findNewestDraft } from './newest-draft.js';
import { ShareLinkList } from './share-link-list.js';

/** Releases, links and uses, all of one product: the worst case for a page of 25. */
const ROWS = 3_000;
const LISTED = 40;
/** The ids of the page, its rows, the count of the same few rows, and what a union of owners keeps in between. */
const MAX_ROWS = 5 * LISTED;

/** A request of its own: nothing is loaded yet. */
const asked = (): RequestContext =>
  new RequestContext('test', ANONYMOUS, ORIGIN, { setSession: () => undefined, setDevice: () => undefined, setVisitor: () => undefined });
const ORIGIN = {
  address: '127.0.0.1',
  countedAddress: null,
  userAgent: '',
  device: null,
  visitor: null,
  visitorCookie: null,
  carriedCredential: 'NOT_CARRIED',
} as const;

/** Only MariaDB tells how many rows its engine has handed over. */
const mariadb = TEST_DIALECTS.find(({ isAvailable, name }) => isAvailable && name === 'MariaDB');

describe.skipIf(mariadb === undefined)('the cost of share links among 3,000 on MariaDB', () => {
  let test: TestDatabase;
  let lists: ShareLinkList;
  const ids = { product: newId(), release: newId(), link: newId() };
  beforeAll(async () => {
    // One connection: the engine counts per connection.
    if (!mariadb) throw new Error('No MariaDB was given to the tests.');
    test = await mariadb.create(1);
    lists = new ShareLinkList(test.database);
    await fill(test.database, ids);
  });
  afterAll(() => test.drop());

  const cost = async (work: () => Promise<unknown>): Promise<number> => {
    // What the driver learns of a table, it learns at the first use.
    await work();
    const before = await rowsRead(test.database);
    await work();
    return (await rowsRead(test.database)) - before;
  };
  const newest = (channel: string) => findNewestDraft(test.database, { productId: ids.product, channel });

  it('the newest draft is found by a probe, and so is that there is none', async () => {
    expect((await newest('stable'))?.version).toBe('1.2999');
    expect(await newest('beta')).toBeNull();
    expect(await cost(() => newest('stable'))).toBeLessThan(20);
    expect(await cost(() => newest('beta'))).toBeLessThan(20);
  });

  it.each([
    ['of a release', () => lists.list(asked(), { downloadableId: ids.release }, {})],
    ['of a channel', () => lists.list(asked(), { productId: ids.product, channel: 'beta' }, {})],
    ['that were used', () => lists.uses(asked(), ids.link, {})],
  ])('a page of those %s reads no others', async (_what, work) => {
    expect((await work()).totalCount).toBe(LISTED);
    expect(await cost(work)).toBeLessThan(MAX_ROWS);
  });
});

async function rowsRead(database: Database): Promise<number> {
  const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
  return rows.reduce((sum, row) => sum + Number(row.Value), 0);
}

async function fill(database: Database, ids: { product: string; release: string; link: string }): Promise<void> {
  const at = '2026-01-01';
  const links = Array.from({ length: ROWS }, (_, index) => (index === 0 ? ids.link : newId()));
  await database.transaction(async (tx) => {
    await tx.execute(
      `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, 'p', 'P', 'p', 'ANY', 'CLOSED', ?, ?)`,
      [ids.product, at, at],
    );
    for (let index = 0; index < ROWS; index += 1) {
      const few = index < LISTED;
      await tx.execute(
        `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
         VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?, ?, ?, '', 0, '')`,
        [newId(), ids.product, `1.${index}`, `key-${String(index).padStart(6, '0')}`, ...draftOrBeta(index)],
      );
      await tx.execute(
        `INSERT INTO share_link (id, token_hash, product_id, downloadable_id, channel, created_by_kind, created_by, created_at, expires_at, downloads_used)
         VALUES (?, ?, ?, ?, ?, 'USER', 'u', ?, ?, 0)`,
        [links[index] ?? '', `hash ${index}`, ids.product, few ? ids.release : newId(), few ? 'beta' : 'rc', at, at],
      );
      await tx.execute(
        `INSERT INTO share_link_use (id, share_link_id, at, downloadable_id, version, asset_id, file_name, is_counted) VALUES (?, ?, ?, 'd', '1.0', 'a', 'f', 1)`,
        [newId(), few ? ids.link : (links[index] ?? ''), at],
      );
    }
  });
  await database.query('ANALYZE TABLE downloadable, share_link, share_link_use');
}

/** Status, dates and channel: stable ones are drafts, betas are published. */
function draftOrBeta(index: number): [string, string, string, string, string] {
  const at = '2026-01-01';
  return index % 2 === 1 ? ['DRAFT', at, at, 'stable', at] : ['PUBLISHED', at, at, 'beta', at];
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../kernel/ids.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeCustomer, makeDraft, makeProduct } from '../testing/make.js';
import { fold } from './fold.js';

/** A text that somebody wrote, and what somebody types to find it. */
const CASES: readonly (readonly [text: string, found: readonly string[], missed: readonly string[]])[] = [
  ['Zürich Quartett', ['zurich', 'ZÜRICH', 'zuri', 'Zu\u0308rich', 'quartett zürich'], ['zurisch']],
  ['Straßenbahn', ['strasse', 'STRASSENBAHN', 'straße'], ['strase']],
  ['Ærø Øl', ['aero', 'ol', 'ærø'], ['arø']],
  ['Łódź', ['lodz', 'łódź'], ['wodz']],
  ['株式会社山田製作所', ['山田', '山', '製作所', '株式会社', '山田製作所'], ['山所', '田山']],
  ['ｶﾞﾘﾊﾞｰ旅行記', ['ガリバー', '旅行', 'ｶﾞﾘﾊﾞｰ', '記'], ['カリ']],
  ['Ｗｉｄｅ', ['wide', 'ＷＩＤＥ'], ['wider']],
  ['ёлка', ['елка', 'ЁЛКА'], ['олка']],
  ['Ελληνικός', ['ελληνικος', 'ΕΛΛΗΝΙΚΟΣ'], ['ελλας']],
  ['บริษัทไทย', ['ไทย', 'บริษัท'], ['ไทบ']],
  ['삼성전자', ['삼성', '삼성전자'], ['성삼']],
  ['ﬁnance', ['finance', 'ﬁn'], ['fnance']],
  ['山田ABC', ['abc', '山田', '山田abc'], ['田abd']],
];

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('all searches fold alike on $name', ({ start }) => {
  let harness: Harness;
  const ids: Record<string, Map<string, string>> = {
    downloadables: new Map(),
    products: new Map(),
    customers: new Map(),
    users: new Map(),
  };

  beforeAll(async () => {
    harness = await start();
    for (const [index, [text]] of CASES.entries()) {
      const product = await makeProduct(harness.admin, { name: text, slug: `product-${index}` });
      ids['products']?.set(text, product.id);
      const draft = await makeDraft(harness.admin, { productId: product.id, name: text });
      ids['downloadables']?.set(text, draft.id);
      ids['customers']?.set(text, (await makeCustomer(harness.admin, { name: text, company: null })).id);
      const made = await harness.admin.run<{ user: { id: string } }>(
        'createUser',
        { name: text, email: `user-${index}@people.example`, role: 'SUPPORT' },
        'user { id }',
      );
      ids['users']?.set(text, made.user.id);
    }
  });
  afterAll(() => harness.close());

  async function search(list: string, typed: string): Promise<readonly string[]> {
    const byFilter = `query($s: String!) { list: downloadables(filter: { search: $s }) { nodes { id } totalCount } }`;
    const query = list === 'downloadables' ? byFilter : `query($s: String!) { list: ${list}(search: $s) { nodes { id } totalCount } }`;
    const { list: found } = await harness.admin.query<{ list: { nodes: { id: string }[]; totalCount: number } }>(query, { s: typed });
    expect(found.totalCount).toBe(found.nodes.length);
    return found.nodes.map(({ id }) => id);
  }

  async function expectAllFound(list: string): Promise<void> {
    for (const [text, found, missed] of CASES) {
      const id = ids[list]?.get(text);
      for (const typed of found) expect([typed, await search(list, typed)]).toEqual([typed, expect.arrayContaining([id])]);
      for (const typed of missed) expect([typed, await search(list, typed)]).not.toEqual([typed, expect.arrayContaining([id])]);
    }
  }

  it.each(['downloadables', 'products', 'customers', 'users'])('%s are found by every spelling of their words', expectAllFound);

  it('a database that was filled before gets the words that searches look for, by a job that a migration asks for', async () => {
    await harness.database.transaction(async (tx) => {
      for (const table of ['downloadable_term', 'search_term', 'customer_term']) await tx.execute(`DELETE FROM ${table}`);
    });
    expect(await search('downloadables', 'zurich')).toEqual([]);
    // As the migration did before which words were kept otherwise.
    await harness.database.transaction(async (tx) => {
      await tx.execute(
        `INSERT INTO job (id, kind, dedupe_key, payload, run_at, attempts) VALUES (?, 'search.rebuild', 'search.rebuild', '{}', ?, 0)`,
        [newId(), '2026-01-01 00:00:00.000'],
      );
    });
    await harness.settle();
    for (const list of ['downloadables', 'customers']) await expectAllFound(list);
  });
});

it('folding twice is folding once', () => {
  for (const [text, found] of CASES) for (const one of [text, ...found]) expect(fold(fold(one))).toBe(fold(one));
});

import type { LimitDatabase } from './connection.js';
import { PAGE_SIZE, pageOf, RELEASE, releaseOf, type ReleaseRow } from './page.js';

const COMPLETIONS = 20;
const LOOKED_UP = 100;
const COUNT_CAP = 1_000;

/** `2.4.1` and `2-beta` go on from `2` after a separator: whoever has them has it. */
function withoutContinued(terms: readonly string[]): string[] {
  const kept: string[] = [];
  for (const term of terms.toSorted())
    if (!kept.some((shorter) => term.startsWith(shorter) && /^[^\p{L}\p{N}]/u.test(term.slice(shorter.length)))) kept.push(term);
  return kept;
}

/** W2: the 25 newest with a word, which may be the beginning of one, and a count up to 1,000. */
export async function searchForAdmin(database: LimitDatabase, word: string): Promise<object> {
  // As the product: what goes on after a separator has what was typed, too.
  const dictionary = await database.rows<{ term: string }>(
    `SELECT term FROM search_term WHERE term = ?
     UNION ALL SELECT * FROM (SELECT term FROM search_term WHERE term >= ? AND term < ? ORDER BY term LIMIT ${LOOKED_UP}) AS longer`,
    [word, `${word}/`, `${word}\u{10ffff}`],
  );
  const terms = withoutContinued(dictionary.map((row) => row.term)).slice(0, COMPLETIONS);
  if (terms.length === 0) return answer([], 0);
  const one = `SELECT * FROM (SELECT downloadable_id AS id FROM downloadable_term WHERE term = ? ORDER BY sort_date DESC, downloadable_id DESC LIMIT ${PAGE_SIZE + 1}) AS part`;
  const union = terms.map((_, index) => `${one}${index}`).join(' UNION ');
  const [rows, [count]] = await Promise.all([
    database.rows<ReleaseRow>(
      `SELECT ${RELEASE} FROM (${union}) AS w JOIN downloadable d ON d.id = w.id JOIN product p ON p.id = d.product_id
       ORDER BY d.sort_date DESC, d.id DESC LIMIT ${PAGE_SIZE + 1}`,
      terms,
    ),
    database.rows<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT DISTINCT downloadable_id FROM downloadable_term WHERE term IN (${terms.map(() => '?').join(', ')}) LIMIT ${COUNT_CAP + 1}) AS w`,
      terms,
    ),
  ]);
  return answer(rows, Number(count?.total));
}

function answer(rows: readonly ReleaseRow[], total: number): object {
  const { kept, pageInfo } = pageOf(rows);
  return { totalCount: Math.min(total, COUNT_CAP), totalCountCapped: total > COUNT_CAP, pageInfo, nodes: kept.map(releaseOf) };
}

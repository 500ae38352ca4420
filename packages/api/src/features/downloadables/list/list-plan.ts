import { DOWNLOADABLE_STATUSES, PUBLIC_STATUSES, type DownloadableStatus } from '@slipway/shared';
import { productScopeOf } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import { licensedProductsOf, scopesOf, type Actor } from '../../../kernel/actor.js';
import type { DownloadableFilter } from './downloadable-list.inputs.js';
import { ANY, NO_RESIDUAL, type Residual, type Slice } from './list-conditions.js';
import { countRare } from './list-window.js';
import { channelTerm, platformTerm, searchWords, withoutContinued } from '../projection/search-terms.js';

/** Up to this many product-status slices are read as index ranges of their own; beyond, a window is tested. */
const MAX_SLICES = 96;
/** A word being typed stands for at most this many words of the dictionary (PERFORMANCE.md). */
const MAX_COMPLETIONS = 20;
/** So many are read to keep those: the ones that go on from one another (`com`, `com.a`, `com.a.b`) count once. Our measure: one range of an index. */
const MAX_LOOKED_UP = 100;

/** What one list request asks of the tables. */
export interface ListPlan {
  readonly slices: readonly Slice[];
  readonly residual: Residual;
  /** Search terms to drive by, when there is a search. Empty and a search: nothing matches. */
  readonly words: readonly (readonly string[])[] | null;
  /** The filters as terms: each group finds what its column in `residual` tests. */
  readonly facets: readonly Facet[];
  /** How many entries stand under these terms, if not more than a window (`countRare`); asked once for each. */
  readonly countRare: (terms: readonly string[]) => Promise<number>;
  /** The counters that add up to the exact count; null when only counting can tell. */
  readonly counted: readonly Slice[] | null;
  /** Products the viewer may see; null: all. */
  readonly productIds: readonly string[] | null;
  readonly statuses: readonly DownloadableStatus[];
}

/** A filter that the term table answers like a word. */
export interface Facet {
  readonly column: 'channel' | 'platform';
  readonly terms: readonly string[];
}

/** Plans a list for a viewer: which index ranges to read, and what to test beyond them. */
export async function planList(database: Database, actor: Actor, filter: DownloadableFilter): Promise<ListPlan> {
  const isStaff = scopesOf(actor).has('release:read');
  const productIds = isStaff ? productScopeOf(actor) : await publicProductIds(database, actor);
  const visible = isStaff ? DOWNLOADABLE_STATUSES : PUBLIC_STATUSES;
  const statuses = filter.status == null ? visible : visible.filter((status) => status === filter.status);
  const products =
    filter.productId == null ? productIds : productIds === null || productIds.includes(filter.productId) ? [filter.productId] : [];
  const tested = { ...NO_RESIDUAL, channel: filter.channel ?? null, platform: filter.platform ?? null };
  const facets = facetsAsked(filter);
  const isTested = facets.length > 0;
  const words = await findTerms(database, filter.search ?? '');
  const exact = slicesOf(products, isStaff && filter.status == null ? null : statuses);
  const scope = { productIds: products, statuses, facets, countRare: onceEach((terms) => countRare(database, terms)) };
  if (!isTested && words === null && exact.length <= MAX_SLICES)
    return { slices: exact, residual: NO_RESIDUAL, words, counted: exact, ...scope };
  const one = exact.length === 1 ? exact[0] : undefined;
  const residual = {
    ...tested,
    productIds: one ? null : products,
    statuses: one || (isStaff && filter.status == null) ? null : statuses,
    slice: ANY,
  };
  const counted = isTested || words !== null ? null : exact;
  return { slices: exact.length === 0 ? [] : [one ?? ANY], residual, words, counted, ...scope };
}

/** A list asks for its page and for its count, and a list by product once for each. */
function onceEach(ask: ListPlan['countRare']): ListPlan['countRare'] {
  const answers = new Map<readonly string[], Promise<number>>();
  return (terms) => {
    const answer = answers.get(terms) ?? ask(terms);
    answers.set(terms, answer);
    return answer;
  };
}

/** A file for all platforms is one for each. */
function facetsAsked({ channel, platform }: DownloadableFilter): Facet[] {
  const facets: Facet[] = [];
  if (channel != null) facets.push({ column: 'channel', terms: [channelTerm(channel)] });
  if (platform != null) facets.push({ column: 'platform', terms: [...new Set([platformTerm(platform), platformTerm('ALL')])] });
  return facets;
}

function slicesOf(productIds: readonly string[] | null, statuses: readonly DownloadableStatus[] | null): Slice[] {
  const products = productIds ?? [null];
  return products.flatMap((productId) => (statuses ?? [null]).map((status) => ({ productId, status })));
}

/** The products of which others than staff see what was published. */
async function publicProductIds(database: Database, actor: Actor): Promise<readonly string[]> {
  const licensed = licensedProductsOf(actor);
  const own = ` UNION ALL SELECT id FROM product WHERE distribution = 'LICENSED' AND id IN (${licensed.map(() => '?').join(', ')})`;
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM product WHERE distribution = 'OPEN'${licensed.length === 0 ? '' : own}`,
    licensed,
  );
  return rows.map((row) => row.id).toSorted();
}

/** The terms each word of a search stands for; null without a search. A word that nothing has gives an empty list. */
async function findTerms(database: Database, search: string): Promise<string[][] | null> {
  if (search.trim() === '') return null;
  const words = searchWords(search);
  if (words.length === 0) return [[]];
  const typed = words[words.length - 1] ?? '';
  // What goes on after a separator (all but one of them are below the slash) need not be looked up: who has it has what was typed.
  const completions = await database.query<{ term: string }>(
    `SELECT term FROM search_term WHERE term = ?
     UNION ALL SELECT * FROM (SELECT term FROM search_term WHERE term >= ? AND term < ? ORDER BY term LIMIT ?) AS longer`,
    [typed, `${typed}/`, `${typed}\u{10ffff}`, MAX_LOOKED_UP],
  );
  const terms = withoutContinued(completions.map((row) => row.term)).slice(0, MAX_COMPLETIONS);
  return [terms, ...words.slice(0, -1).map((word) => [word])];
}

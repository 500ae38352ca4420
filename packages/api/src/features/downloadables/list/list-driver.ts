import type { Database } from '../../../database/database.js';
import { sumCounters } from './list-counters.js';
import { residualCondition, type Residual, type Slice } from './list-conditions.js';
import type { ListPlan } from './list-plan.js';
import { WINDOW_SIZE } from './list-window.js';

/** A product or status with fewer entries needs no comparing: a list by product asks for up to a hundred of them. */
const TINY = 100;

/** Which index a list runs along, and what it tests of every entry there. */
export type Driver =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'SLICES'; readonly slices: readonly Slice[]; readonly residual: Residual }
  | { readonly kind: 'TERMS'; readonly terms: readonly string[]; readonly residual: Residual; readonly isRare: boolean };

/**
 * Chooses what leaves the least to test: the product or status, word or filter that has the fewest entries, where that is less than a
 * window. Where all are common, a window of one is tested: of a word if there is one, else of the product or status that is asked for.
 * @param isByDate the order of the term table does, so that what drives there need not be rare
 */
export async function chooseDriver(database: Database, plan: ListPlan, isByDate: boolean): Promise<Driver> {
  const words = plan.words ?? [];
  if (plan.slices.length === 0 || words.some((terms) => terms.length === 0)) return { kind: 'NOTHING' };
  const bySlices: Driver = { kind: 'SLICES', slices: plan.slices, residual: { ...plan.residual, words } };
  const groups = groupsOf(plan);
  const [first] = groups;
  if (!first) return bySlices;
  if (isByDate && residualCondition(first.residual) === null) return { kind: 'TERMS', ...first, isRare: false };
  const isNarrowed = plan.slices.some(({ productId, status }) => productId !== null || status !== null);
  const total = isNarrowed ? await sumCounters(database, plan.slices) : Number.POSITIVE_INFINITY;
  if (total < TINY) return bySlices;
  let [rarest, fewest] = [first, Number.POSITIVE_INFINITY];
  for (const group of groups) {
    const entries = await plan.countRare(group.terms);
    if (entries < fewest) [rarest, fewest] = [group, entries];
  }
  if (fewest <= WINDOW_SIZE && fewest <= total) return { kind: 'TERMS', ...rarest, isRare: true };
  if (total < WINDOW_SIZE || (isNarrowed && words.length === 0)) return bySlices;
  return isByDate ? { kind: 'TERMS', ...first, isRare: false } : bySlices;
}

/** Each word and each filter as what could drive, with what is then left to test. Words first: they are rarer. */
function groupsOf(plan: ListPlan): readonly { readonly terms: readonly string[]; readonly residual: Residual }[] {
  const words = plan.words ?? [];
  const slice = plan.slices.length === 1 ? plan.slices[0] : undefined;
  const residual = { ...plan.residual, ...(slice ? { slice } : {}) };
  return [
    ...words.map((terms, index) => ({ terms, residual: { ...residual, words: words.filter((_, other) => other !== index) } })),
    ...plan.facets.map(({ terms, column }) => ({ terms, residual: { ...residual, words, [column]: null } })),
  ];
}

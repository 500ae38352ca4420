import type { Database } from '../../database/database.js';
import { sumCounters } from './list-counters.js';
import { residualCondition, type Residual, type Slice } from './list-conditions.js';
import type { ListPlan } from './list-plan.js';
import { WINDOW_SIZE } from './list-window.js';

/** Which index a list runs along, and what it tests of every entry there. */
export type Driver =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'SLICES'; readonly slices: readonly Slice[]; readonly residual: Residual }
  | { readonly kind: 'TERMS'; readonly terms: readonly string[]; readonly residual: Residual; readonly isRare: boolean };

/**
 * Chooses what leaves the least to test: a word or filter that few releases have, a product or status with fewer entries than a window,
 * and only then what is common, of which a window is tested.
 * @param isByDate the order of the term table does: what nothing more is tested of need not be rare
 */
export async function chooseDriver(database: Database, plan: ListPlan, isByDate: boolean): Promise<Driver> {
  const words = plan.words ?? [];
  if (plan.slices.length === 0 || words.some((terms) => terms.length === 0)) return { kind: 'NOTHING' };
  const bySlices: Driver = { kind: 'SLICES', slices: plan.slices, residual: { ...plan.residual, words } };
  const groups = groupsOf(plan);
  const [first] = groups;
  if (!first) return bySlices;
  if (isByDate && residualCondition(first.residual) === null) return { kind: 'TERMS', ...first, isRare: false };
  for (const group of groups) if (await plan.isRare(group.terms)) return { kind: 'TERMS', ...group, isRare: true };
  const isNarrowed = plan.slices.some(({ productId, status }) => productId !== null || status !== null);
  if (isNarrowed && (await sumCounters(database, plan.slices)) < WINDOW_SIZE) return bySlices;
  return { kind: 'TERMS', ...first, isRare: false };
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

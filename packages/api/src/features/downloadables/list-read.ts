import type { Database } from '../../database/database.js';
import type { CursorValue } from '../../kernel/pagination.js';
import type { ListPlan } from './list-plan.js';
import { readRareTerms, readSlices, readTerms, type WindowQuery, type WindowResult } from './list-window.js';

/** Entries with the cursors by which a list goes on after them. */
export interface FoundPage {
  readonly entries: readonly { readonly id: string; readonly cursor: readonly CursorValue[] }[];
  readonly stoppedAt: readonly CursorValue[] | null;
}

/** Reads along the one index that fits: the term table for a search by date or for a rare word, else the downloadables' own. */
export async function readWindow(database: Database, plan: ListPlan, query: WindowQuery): Promise<WindowResult> {
  const words = plan.words;
  if (words === null) return readSlices(database, plan.slices, query);
  const [driving, ...others] = words;
  if (!driving || words.some((terms) => terms.length === 0) || plan.slices.length === 0) return { entries: [], stoppedAt: null };
  const slice = plan.slices[0];
  if (query.column !== 'sort_date') {
    for (const [index, terms] of words.entries()) {
      const rest = { ...query.residual, words: words.filter((_, other) => other !== index), ...(slice ? { slice } : {}) };
      const found = await readRareTerms(database, terms, { ...query, residual: rest });
      if (found) return found;
    }
    return readSlices(database, plan.slices, { ...query, residual: { ...query.residual, words } });
  }
  return readTerms(database, driving, { ...query, residual: { ...query.residual, words: others, ...(slice ? { slice } : {}) } });
}

import type { Database } from '../../../database/database.js';
import type { CursorValue } from '../../../kernel/pagination.js';
import type { Downloadable } from '../downloadable.entity.js';
import { chooseDriver } from './list-driver.js';
import type { ListPlan } from './list-plan.js';
import { sumCounters } from './list-counters.js';
import { readRareTerms, readSlices, readTerms, WINDOW_SIZE, type SortColumn, type WindowQuery, type WindowResult } from './list-window.js';

/** Entries with the cursors by which a list goes on after them. */
export interface FoundPage {
  readonly entries: readonly { readonly row: Downloadable; readonly cursor: readonly CursorValue[] }[];
  readonly stoppedAt: readonly CursorValue[] | null;
  readonly total?: number;
}

/** Reads along the one index that fits: the term table for a search by date or for what is rare, else the downloadables' own. */
export async function readWindow(database: Database, plan: ListPlan, query: Omit<WindowQuery, 'residual'>): Promise<WindowResult> {
  const driver = await chooseDriver(database, await fitted(database, plan, query.column), query.column === 'sort_date');
  if (driver.kind === 'NOTHING') return { entries: [], stoppedAt: null };
  if (driver.kind === 'SLICES') return readSlices(database, driver.slices, { ...query, residual: driver.residual });
  if (driver.isRare) return readRareTerms(database, driver.terms, { ...query, residual: driver.residual });
  return readTerms(database, driver.terms, { ...query, residual: driver.residual });
}

/**
 * The plan for an order by version: versions lie in order within a product, not within a status of it (DESIGN.md, section 8.5). Few entries
 * are read whole and put in order; of many the statuses are tested in a window, whatever there is of them.
 */
async function fitted(database: Database, plan: ListPlan, column: SortColumn): Promise<ListPlan> {
  const [productId, ...others] = new Set(plan.slices.map((slice) => slice.productId));
  const statuses = plan.slices.flatMap(({ status }) => status ?? []);
  if (column !== 'version_key' || productId == null || others.length > 0 || statuses.length < plan.slices.length) return plan;
  if ((await sumCounters(database, plan.slices)) <= WINDOW_SIZE) return plan;
  return { ...plan, slices: [{ productId, status: null }], residual: { ...plan.residual, statuses } };
}

import type { Database } from '../../../database/database.js';
import type { CursorValue } from '../../../kernel/pagination.js';
import type { Downloadable } from '../downloadable.entity.js';
import { chooseDriver } from './list-driver.js';
import type { ListPlan } from './list-plan.js';
import { readRareTerms, readSlices, readTerms, type WindowQuery, type WindowResult } from './list-window.js';

/** Entries with the cursors by which a list goes on after them. */
export interface FoundPage {
  readonly entries: readonly { readonly row: Downloadable; readonly cursor: readonly CursorValue[] }[];
  readonly stoppedAt: readonly CursorValue[] | null;
}

/** Reads along the one index that fits: the term table for a search by date or for what is rare, else the downloadables' own. */
export async function readWindow(database: Database, plan: ListPlan, query: Omit<WindowQuery, 'residual'>): Promise<WindowResult> {
  const driver = await chooseDriver(database, plan, query.column === 'sort_date');
  if (driver.kind === 'NOTHING') return { entries: [], stoppedAt: null };
  if (driver.kind === 'SLICES') return readSlices(database, driver.slices, { ...query, residual: driver.residual });
  if (driver.isRare) return readRareTerms(database, driver.terms, { ...query, residual: driver.residual });
  return readTerms(database, driver.terms, { ...query, residual: driver.residual });
}

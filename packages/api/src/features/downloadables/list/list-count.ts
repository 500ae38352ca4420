import type { Database } from '../../../database/database.js';
import { COUNT_CAP, capCount, type TotalCount } from '../../../kernel/pagination.js';
import { ANY, residualCondition, sliceCondition, type Residual, type Slice } from './list-conditions.js';
import { sumCounters } from './list-counters.js';
import { chooseDriver, type Driver } from './list-driver.js';
import type { ListPlan } from './list-plan.js';

/** How many index entries counting with a filter tests at most; beyond, the count is a lower bound. */
const COUNT_WINDOW = 5_000;

/** How many downloadables a plan has: from the counters, or by counting a bounded number of entries. */
export async function countList(database: Database, plan: ListPlan): Promise<TotalCount> {
  if (plan.counted && plan.slices.length > 0) return { totalCount: await sumCounters(database, plan.counted), totalCountCapped: false };
  const driver = await chooseDriver(database, plan, true);
  if (driver.kind === 'NOTHING') return { totalCount: 0, totalCountCapped: false };
  return driver.kind === 'SLICES'
    ? countTested(database, driver.slices[0] ?? ANY, driver.residual)
    : countTerms(database, driver, plan.words === null ? COUNT_WINDOW : COUNT_CAP + 1);
}

async function countTested(database: Database, tested: Slice, filters: Residual): Promise<TotalCount> {
  const slice = sliceCondition(tested, database.dialect);
  const residual = residualCondition(filters);
  const [row] = await database.query<{ matches: number; tested: number }>(
    `SELECT COUNT(*) AS tested, SUM(CASE WHEN ${residual?.sql ?? '1 = 1'} THEN 1 ELSE 0 END) AS matches FROM (
       SELECT id, product_id, status, channel, platforms, sort_date FROM downloadable
       WHERE ${slice.sql} ORDER BY ${[...slice.columns, 'sort_date', 'id'].map((column) => `${column} DESC`).join(', ')} LIMIT ${COUNT_WINDOW}) AS d`,
    [...(residual?.parameters ?? []), ...slice.parameters],
  );
  return countedOf(Number(row?.matches ?? 0), Number(row?.tested ?? 0) >= COUNT_WINDOW);
}

/** @param window how many entries of each term are tested: fewer of a word, which may stand for many */
async function countTerms(database: Database, driver: Driver & { readonly kind: 'TERMS' }, window: number): Promise<TotalCount> {
  const driving = driver.terms;
  const residual = residualCondition(driver.residual);
  if (!residual) return countUntested(database, driving);
  const part = `SELECT downloadable_id FROM downloadable_term WHERE term = ? ORDER BY sort_date DESC, downloadable_id DESC LIMIT ${window}`;
  const union = driving.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ');
  const [row] = await database.query<{ matches: number; tested: number }>(
    `SELECT COUNT(*) AS tested, SUM(CASE WHEN ${residual.sql} THEN 1 ELSE 0 END) AS matches
     FROM (${union}) AS w JOIN downloadable d ON d.id = w.downloadable_id`,
    [...residual.parameters, ...driving],
  );
  return countedOf(Number(row?.matches ?? 0), Number(row?.tested ?? 0) >= window);
}

/** Everything under some terms counts: along the terms' own index, until the cap. */
async function countUntested(database: Database, terms: readonly string[]): Promise<TotalCount> {
  const marks = terms.map(() => '?').join(', ');
  const [row] = await database.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT DISTINCT downloadable_id FROM downloadable_term WHERE term IN (${marks}) LIMIT ${COUNT_CAP + 1}) AS w`,
    terms,
  );
  return capCount(Number(row?.total ?? 0));
}

function countedOf(matches: number, isCutShort: boolean): TotalCount {
  const capped = capCount(matches);
  return { totalCount: capped.totalCount, totalCountCapped: capped.totalCountCapped || isCutShort };
}

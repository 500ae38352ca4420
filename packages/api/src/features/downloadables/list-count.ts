import type { Database } from '../../database/database.js';
import { COUNT_CAP, capCount, type TotalCount } from '../../kernel/pagination.js';
import { ANY, residualCondition, sliceCondition, type Slice } from './list-conditions.js';
import type { ListPlan } from './list-plan.js';
import { ALL_PRODUCTS } from './projection.js';

/** How many index entries counting with a filter tests at most; beyond, the count is a lower bound. */
const COUNT_WINDOW = 5_000;

/** How many downloadables a plan has: from the counters, or by counting a bounded number of entries. */
export async function countList(database: Database, plan: ListPlan): Promise<TotalCount> {
  if (plan.slices.length === 0 || plan.words?.some((terms) => terms.length === 0)) return { totalCount: 0, totalCountCapped: false };
  if (plan.counted) return { totalCount: await sumCounters(database, plan.counted), totalCountCapped: false };
  return plan.words === null ? countTested(database, plan) : countTerms(database, plan, plan.words);
}

async function sumCounters(database: Database, slices: readonly Slice[]): Promise<number> {
  const parts = slices.map((slice) => (slice.status === null ? 'product_id = ?' : '(product_id = ? AND status = ?)')).join(' OR ');
  const parameters = slices.flatMap((slice) => [slice.productId ?? ALL_PRODUCTS, ...(slice.status === null ? [] : [slice.status])]);
  const [row] = await database.query<{ total: number | string | null }>(
    `SELECT SUM(total) AS total FROM downloadable_counter WHERE ${parts}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}

async function countTested(database: Database, plan: ListPlan): Promise<TotalCount> {
  const slice = sliceCondition(plan.slices[0] ?? ANY, database.dialect);
  const residual = residualCondition(plan.residual);
  const [row] = await database.query<{ matches: number; tested: number }>(
    `SELECT COUNT(*) AS tested, SUM(CASE WHEN ${residual?.sql ?? '1 = 1'} THEN 1 ELSE 0 END) AS matches FROM (
       SELECT id, product_id, status, channel, platforms, sort_date FROM downloadable
       WHERE ${slice.sql} ORDER BY ${[...slice.columns, 'sort_date', 'id'].map((column) => `${column} DESC`).join(', ')} LIMIT ${COUNT_WINDOW}) AS d`,
    [...(residual?.parameters ?? []), ...slice.parameters],
  );
  return countedOf(Number(row?.matches ?? 0), Number(row?.tested ?? 0) >= COUNT_WINDOW);
}

async function countTerms(database: Database, plan: ListPlan, words: readonly (readonly string[])[]): Promise<TotalCount> {
  const [driving = [], ...others] = words;
  const slice = plan.slices[0];
  const residual = residualCondition({ ...plan.residual, words: others, ...(slice ? { slice } : {}) });
  if (!residual) return countUntested(database, driving);
  const part = `SELECT downloadable_id FROM downloadable_term WHERE term = ? ORDER BY sort_date DESC, downloadable_id DESC LIMIT ${COUNT_CAP + 1}`;
  const union = driving.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ');
  const [row] = await database.query<{ matches: number; tested: number }>(
    `SELECT COUNT(*) AS tested, SUM(CASE WHEN ${residual.sql} THEN 1 ELSE 0 END) AS matches
     FROM (${union}) AS w JOIN downloadable d ON d.id = w.downloadable_id`,
    [...residual.parameters, ...driving],
  );
  return countedOf(Number(row?.matches ?? 0), Number(row?.tested ?? 0) > COUNT_CAP);
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

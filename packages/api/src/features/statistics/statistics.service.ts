import { calendarDate, coversProduct, type DownloadSource, type Platform } from '@slipway/shared';
import { mayUse, productScopeOf } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { oneOf, type SqlPart } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import { EVERYTHING } from '../downloads/counting/download-counters.js';
import type { CounterDimension } from '../downloads/counting/download-counter.entity.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import type { SettingsService } from '../settings/settings.service.js';
import { listDays, previousRange, readRange, type DayRange } from './day-range.js';
import type { DownloadStatistics, DownloadStatisticsFilter } from './statistics.schema.js';

/** Versions that are told apart; the others are one number. */
const TOP_VERSIONS = 10;
/** The longest table of versions. */
const MAX_VERSIONS = 1_000;

/** Counters of one downloadable, of everything, or of one product or those that somebody is limited to. */
interface Scope {
  readonly ids: readonly string[];
  readonly downloadable: Downloadable | null;
}

/** Days and what was counted on them, one row per day and member. */
export interface DailyCount {
  readonly day: string;
  readonly member: string;
  readonly total: number;
}

/** One line of a table of versions; what is deleted has no name any more. */
export interface VersionCount {
  readonly product: string;
  readonly version: string;
  readonly downloads: number;
}

export interface StatisticsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly downloadables: DownloadableLoaders;
  readonly products: ProductLoaders;
}

/** Reads the counters of downloads: what a range costs depends on its days, not on how much was downloaded. */
export class StatisticsService {
  constructor(private readonly use: StatisticsDependencies) {}

  /** @throws PublicFault BAD_USER_INPUT for a bad range, FORBIDDEN or NOT_FOUND for what is not the actor's */
  async read(context: RequestContext, filter: DownloadStatisticsFilter): Promise<DownloadStatistics> {
    const range = readRange(filter, await this.today());
    const scope = await this.#scopeOf(context, filter);
    const [bySource, byPlatform, previousTotal] = await Promise.all([
      this.#listDaily(scope, 'SOURCE', range),
      this.#listDaily(scope, 'PLATFORM', range),
      this.#countTotal(scope, previousRange(range)),
    ]);
    const total = sumOf(bySource);
    const perDay = sumBy(bySource, (row) => row.day);
    return {
      ...range,
      total,
      previousTotal,
      byDay: listDays(range).map((day) => ({ day, downloads: perDay.get(day) ?? 0 })),
      // Members are what `countInStatistics` wrote.
      bySource: mostFirst(bySource).map(([source, downloads]) => ({ source: source as DownloadSource, downloads })),
      byPlatform: mostFirst(byPlatform).map(([platform, downloads]) => ({ platform: platform as Platform, downloads })),
      ...(await this.#readTop(context, scope, { range, total })),
    };
  }

  /** What a table of days needs: every day, and what was counted on it by source and platform. */
  async readDays(
    context: RequestContext,
    filter: DownloadStatisticsFilter,
  ): Promise<{ range: DayRange; bySource: readonly DailyCount[]; byPlatform: readonly DailyCount[] }> {
    const range = readRange(filter, await this.today());
    const scope = await this.#scopeOf(context, filter);
    return {
      range,
      bySource: await this.#listDaily(scope, 'SOURCE', range),
      byPlatform: await this.#listDaily(scope, 'PLATFORM', range),
    };
  }

  /** What a table of versions needs: at most `MAX_VERSIONS`, most downloads first. */
  async readVersions(context: RequestContext, filter: DownloadStatisticsFilter): Promise<{ range: DayRange; versions: VersionCount[] }> {
    const range = readRange(filter, await this.today());
    const scope = await this.#scopeOf(context, filter);
    const counted = await this.#countVersions(scope, range, MAX_VERSIONS);
    const rows = await context.loader(this.use.downloadables.byId).loadMany(counted.map(({ id }) => id));
    const versions = rows.map(async (row, index) => {
      if (row instanceof Error) throw row;
      const product = row && (await context.loader(this.use.products.byId).load(row.productId));
      return { product: product?.name ?? '', version: row?.version ?? '', downloads: counted[index]?.downloads ?? 0 };
    });
    return { range, versions: await Promise.all(versions) };
  }

  /** The present day in the vendor's zone. */
  async today(): Promise<string> {
    const { timeZone } = await this.use.settings.read();
    return calendarDate(this.use.clock.now(), timeZone);
  }

  async #scopeOf(context: RequestContext, filter: DownloadStatisticsFilter): Promise<Scope> {
    const { actor } = context;
    const productIds = filter.productId == null ? productScopeOf(actor) : [filter.productId];
    if (filter.productId != null && !mayUse(actor, 'release:read', filter.productId)) throw forbidden('release:read');
    if (filter.downloadableId == null) return { ids: productIds ?? [EVERYTHING], downloadable: null };
    const downloadable = await context.loader(this.use.downloadables.byId).load(filter.downloadableId);
    if (!downloadable || !coversProduct(productIds, downloadable.productId)) throw notFound('downloadable');
    return { ids: [downloadable.id], downloadable };
  }

  async #listDaily(scope: Scope, dimension: CounterDimension, { from, to }: DayRange): Promise<DailyCount[]> {
    const ofScope = counters(scope);
    const rows = await this.use.database.query<DailyCount>(
      `SELECT day, member, SUM(total) AS total FROM download_counter
       WHERE ${ofScope.sql} AND dimension = ? AND day BETWEEN ? AND ? GROUP BY day, member`,
      [...ofScope.parameters, dimension, from, to],
    );
    return rows.map((row) => ({ ...row, total: Number(row.total) }));
  }

  async #countTotal(scope: Scope, { from, to }: DayRange): Promise<number> {
    const ofScope = counters(scope);
    const [row] = await this.use.database.query<{ total: number | string | null }>(
      `SELECT SUM(total) AS total FROM download_counter WHERE ${ofScope.sql} AND dimension = 'SOURCE' AND day BETWEEN ? AND ?`,
      [...ofScope.parameters, from, to],
    );
    return Number(row?.total ?? 0);
  }

  async #readTop(
    context: RequestContext,
    scope: Scope,
    counted: { range: DayRange; total: number },
  ): Promise<Pick<DownloadStatistics, 'byVersion' | 'otherVersions'>> {
    const top = await this.#countVersions(scope, counted.range, TOP_VERSIONS);
    const byVersion = await Promise.all(
      top.map(async ({ id, downloads }) => ({ downloadable: await context.loader(this.use.downloadables.byId).load(id), downloads })),
    );
    return { byVersion, otherVersions: counted.total - top.reduce((sum, { downloads }) => sum + downloads, 0) };
  }

  async #countVersions(scope: Scope, { from, to }: DayRange, limit: number): Promise<{ id: string; downloads: number }[]> {
    if (scope.downloadable) return [{ id: scope.downloadable.id, downloads: await this.#countTotal(scope, { from, to }) }];
    const ofScope = counters(scope);
    const rows = await this.use.database.query<{ member: string; total: number | string }>(
      `SELECT member, SUM(total) AS total FROM download_counter
       WHERE ${ofScope.sql} AND dimension = 'VERSION' AND day BETWEEN ? AND ? GROUP BY member ORDER BY 2 DESC, 1 DESC LIMIT ?`,
      [...ofScope.parameters, from, to, limit],
    );
    return rows.map((row) => ({ id: row.member, downloads: Number(row.total) }));
  }
}

const counters = ({ ids }: Scope): SqlPart => oneOf('scope_id', ids);

const sumOf = (rows: readonly DailyCount[]): number => rows.reduce((sum, { total }) => sum + total, 0);

/** The sum of the rows that share a name. */
function sumBy(rows: readonly DailyCount[], nameOf: (row: DailyCount) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row.total);
  return sums;
}

function mostFirst(rows: readonly DailyCount[]): [string, number][] {
  return [...sumBy(rows, (row) => row.member)].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
}

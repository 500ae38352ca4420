import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { badInput } from '../../kernel/problem/faults.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { daysAsCsv, versionsAsCsv } from './statistics-csv.js';
import type { DownloadStatisticsFilter } from './statistics.schema.js';
import type { StatisticsService } from './statistics.service.js';

interface GetCsv {
  readonly Querystring: Readonly<Record<string, unknown>>;
}

/** What a day, a number or a choice has room in, in characters. */
const WORD = 40;
const QUERY = { from: WORD, to: WORD, days: WORD, productId: LIMITS.idText.most, downloadableId: LIMITS.idText.most, by: WORD };

/** `GET /api/v1/statistics/downloads.csv?from=&to=&days=&productId=&downloadableId=&by=`: a line per day, or with `by=version` per version. */
export function registerStatisticsRoutes(
  app: FastifyInstance,
  statistics: StatisticsService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  app.get<GetCsv>('/api/v1/statistics/downloads.csv', { config: { access: 'release:read', query: QUERY } }, async (request, reply) => {
    const context = contextOf(request);
    requireAccess(context.actor, 'release:read');
    const filter = filterOf(request.query);
    const isByVersion = readChoice(request.query['by']) === 'version';
    const { range, csv } = isByVersion
      ? versionsAsCsv(await statistics.readVersions(context, filter))
      : daysAsCsv(await statistics.readDays(context, filter));
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', `attachment; filename="downloads-${range.from}-to-${range.to}.csv"`)
      .type('text/csv; charset=utf-8; header=present')
      .send(csv);
  });
}

function filterOf(query: GetCsv['Querystring']): DownloadStatisticsFilter {
  return {
    from: textOf(query, 'from'),
    to: textOf(query, 'to'),
    days: numberOf(query, 'days'),
    productId: textOf(query, 'productId'),
    downloadableId: textOf(query, 'downloadableId'),
  };
}

/** A parameter that is left empty is absent. @throws PublicFault BAD_USER_INPUT when it is given twice */
function textOf(query: GetCsv['Querystring'], name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw badInput(`Give "${name}" once.`);
  return value;
}

function numberOf(query: GetCsv['Querystring'], name: string): number | null {
  const text = textOf(query, name);
  // What is no number is refused with the range.
  return text === null ? null : Number(text);
}

function readChoice(by: unknown): 'day' | 'version' {
  if (by === undefined || by === '' || by === 'day') return 'day';
  if (by === 'version') return by;
  throw badInput('Give "by" as day or as version.');
}

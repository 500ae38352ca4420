import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../../kernel/access.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { mayUse } from '../../../kernel/policy.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { requireFreshSignIn } from '../license.service.js';
import { filterOf, FILTER_PARAMETERS, flagOf, type Query } from './filter-query.js';
import { exportLicenses, type LicenseExportUse } from './license-export.js';

interface GetLicenses {
  readonly Querystring: Query;
}

export interface LicenseRoutesUse extends LicenseExportUse {
  readonly clock: Clock;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

/** The longest value of any parameter: a search or a reference. */
const QUERY = Object.fromEntries([...FILTER_PARAMETERS, 'keys'].map((name) => [name, LIMITS.argumentText.most]));

/** `GET /api/v1/licenses.csv`: every license that the same filter lists, as a file that is written while it is read; with keys only when asked for. */
export function registerLicenseRoutes(app: FastifyInstance, use: LicenseRoutesUse): void {
  const config = { access: 'license:read', query: QUERY } as const;
  app.get<GetLicenses>('/api/v1/licenses.csv', { config, exposeHeadRoute: false }, async (request, reply) => {
    const context = use.contextOf(request);
    requireAccess(context.actor, 'license:read');
    const withKeys = flagOf(request.query, 'keys');
    if (withKeys) {
      requireAccess(context.actor, 'license:write');
      requireFreshSignIn(context.actor, use.clock.now());
    }
    const filter = filterOf(request.query);
    if (filter.productId != null && !mayUse(context.actor, 'license:read', filter.productId)) throw notFound('product');
    const lines = exportLicenses(use, context, { filter, withKeys });
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', 'attachment; filename="licenses.csv"')
      .type('text/csv; charset=utf-8; header=present')
      .send(Readable.from(lines));
  });
}

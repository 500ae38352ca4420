import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { ExportCustomerService } from './export-customer.service.js';

interface GetExport {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly expires?: string; readonly signature?: string };
}

/** What an instant and a signature have room in, in characters. */
const QUERY = { expires: 20, signature: 64 };
const CONFIG = { access: 'user:write', params: { id: LIMITS.idText.most }, query: QUERY } as const;

/** `GET /api/v1/customers/:id/export`: the file of `exportCustomer`, for whoever asked for it. */
export function registerPrivacyRoutes(
  app: FastifyInstance,
  exports: ExportCustomerService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  app.get<GetExport>('/api/v1/customers/:id/export', { config: CONFIG, exposeHeadRoute: false }, async (request, reply) => {
    const context = contextOf(request);
    requireAccess(context.actor, 'user:write');
    const { expires = '', signature = '' } = request.query;
    const { fileName, text } = await exports.open(context, request.params.id, { expires, signature });
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', `attachment; filename="${fileName}"`)
      .type('application/json; charset=utf-8')
      .send(Readable.from(text, { objectMode: false }));
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { redirectToFile, tellOfFile, type DownloadCall } from './answer-download.js';
import type { DownloadService } from './download.service.js';

interface Permalink {
  readonly Params: { readonly assetId: string; readonly fileName: string };
}

/** `GET|HEAD /d/:assetId/:fileName`: checks the entitlement; GET redirects to a short-lived signed URL, HEAD answers by itself. */
export function registerPermalinkRoutes(
  app: FastifyInstance,
  downloads: DownloadService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  const params = { assetId: LIMITS.idText.most, fileName: LIMITS.pathPart.most };
  const config = { access: 'public', params, query: { key: LIMITS.argumentText.most } } as const;
  const callOf = (request: FastifyRequest, reply: FastifyReply): DownloadCall => ({
    request,
    reply,
    context: contextOf(request),
    downloads,
  });
  app.get<Permalink>('/d/:assetId/:fileName', { config, exposeHeadRoute: false }, (request, reply) =>
    redirectToFile(callOf(request, reply), request.params),
  );
  app.head<Permalink>('/d/:assetId/:fileName', { config }, (request, reply) => tellOfFile(callOf(request, reply), request.params));
}

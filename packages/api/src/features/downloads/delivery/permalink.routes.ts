import { entitlementMessage, type EntitlementDecision } from '@slipway/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { sendProblem } from '../../../kernel/problem/problem-reply.js';
import type { DownloadService } from './download.service.js';
import { answerHead, describeFile, missingPage, statusOf, wantsPage } from './file-replies.js';

interface Permalink {
  readonly Params: { readonly assetId: string; readonly fileName: string };
}

/** A missing file answers exactly like a hidden one. */
const NOT_FOUND = { code: 'NOT_FOUND', message: entitlementMessage({ code: 'NOT_FOUND', params: {} }) } as const;

/** `GET|HEAD /d/:assetId/:fileName`: checks the entitlement; GET redirects to a short-lived signed URL, HEAD answers by itself. */
export function registerPermalinkRoutes(
  app: FastifyInstance,
  downloads: DownloadService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  const params = { assetId: LIMITS.idText.most, fileName: LIMITS.pathPart.most };
  const config = { access: 'public', params, query: { key: LIMITS.argumentText.most } } as const;

  app.get<Permalink>('/d/:assetId/:fileName', { config, exposeHeadRoute: false }, async (request, reply) => {
    // Browsers say so of a link that was pressed on a page of ours.
    const source = request.headers['sec-fetch-site'] === 'same-origin' ? 'PORTAL' : 'PERMALINK';
    const grant = downloads.grant(contextOf(request), { ...request.params, source });
    const outcome = await grant.catch((error: unknown) => missingPage(request, error, refusedPage(request)));
    if (typeof outcome === 'string') return reply.header('Cache-Control', 'no-store').redirect(outcome, 303);
    if (outcome?.isGranted === false) return refuse(request, reply, outcome.decision);
    if (!outcome) return refuse(request, reply, NOT_FOUND);
    return describeFile(reply, outcome.asset).redirect(outcome.download.url, 302);
  });

  app.head<Permalink>('/d/:assetId/:fileName', { config }, async (request, reply) => {
    const found = await downloads.decide(contextOf(request), { ...request.params, source: 'PERMALINK' });
    if (!found) return refuse(request, reply, NOT_FOUND);
    if (!found.decision.allowed) return refuse(request, reply, found.decision);
    return answerHead(reply, found.asset);
  });
}

type Refused = Pick<EntitlementDecision, 'code' | 'message'> & Partial<Pick<EntitlementDecision, 'params' | 'remedy'>>;

const refusedPage =
  ({ params }: FastifyRequest<Permalink>) =>
  (code: string) =>
    `/portal/refused?${new URLSearchParams({ code, asset: params.assetId }).toString()}`;

/** Programs get problem+json with the code; a browser gets the page that explains. */
function refuse(request: FastifyRequest<Permalink>, reply: FastifyReply, decision: Refused): FastifyReply {
  reply.header('Cache-Control', 'no-store');
  if (wantsPage(request)) return reply.redirect(refusedPage(request)(decision.code), 303);
  return sendProblem(reply, {
    status: statusOf(decision.code),
    code: decision.code,
    message: decision.message,
    params: decision.params ?? {},
    remedy: decision.remedy ?? null,
  });
}

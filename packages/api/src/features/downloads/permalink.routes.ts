import { entitlementMessage, type EntitlementCode, type EntitlementDecision } from '@slipway/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { PublicFault } from '../../kernel/faults.js';
import { LIMITS } from '../../kernel/limits.js';
import { sendProblem } from '../../kernel/problem-reply.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { DownloadService } from './download.service.js';

interface Permalink {
  readonly Params: { readonly assetId: string; readonly fileName: string };
}

/** A missing file answers exactly like a hidden one. */
const NOT_FOUND = { code: 'NOT_FOUND', message: entitlementMessage({ code: 'NOT_FOUND', params: {} }) } as const;

/** `GET|HEAD /d/:assetId/:fileName`: checks the entitlement, then redirects to a short-lived signed URL. */
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
    // An external file has no URL for HEAD alone: telling its own would let it be fetched uncounted.
    if (found.asset.externalUrl !== null) return describeFile(reply, found.asset).header('Content-Length', String(found.asset.size)).send();
    const { url } = await downloads.sign(found.asset, 'HEAD');
    return describeFile(reply, found.asset).redirect(url, 302);
  });
}

/** File names are ASCII without quotes or separators (the file name rule), so they need no escaping here. */
export function describeFile(reply: FastifyReply, asset: StoredAsset): FastifyReply {
  return reply
    .header('Cache-Control', 'no-store')
    .header('Content-Disposition', `attachment; filename="${asset.fileName}"`)
    .header('Referrer-Policy', 'no-referrer');
}

/** The status of a refusal (DESIGN.md, section 5). */
export function statusOf(code: EntitlementCode): number {
  if (code === 'AUTH_REQUIRED') return 401;
  if (code === 'NOT_FOUND') return 404;
  return code === 'RELEASE_WITHDRAWN' ? 410 : 403;
}

type Refused = Pick<EntitlementDecision, 'code' | 'message'> & Partial<Pick<EntitlementDecision, 'params' | 'remedy'>>;

/** Whether a person looks at the answer, in a browser. */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-mode'] === 'navigate' || headers.accept?.startsWith('text/html') === true;
}

const refusedPage =
  ({ params }: FastifyRequest<Permalink>) =>
  (code: string) =>
    `/portal/refused?${new URLSearchParams({ code, asset: params.assetId }).toString()}`;

/** The page for a person who wants a file that the store has lost; programs get the fault itself. */
export function missingPage(request: Pick<FastifyRequest, 'headers'>, error: unknown, addressOf: (code: string) => string): string {
  if (error instanceof PublicFault && error.code === 'FILE_MISSING' && wantsPage(request)) return addressOf(error.code);
  throw error;
}

/** Programs get problem+json with the code; a browser gets the page that explains. */
function refuse(request: FastifyRequest<Permalink>, reply: FastifyReply, decision: Refused): FastifyReply {
  reply.header('Cache-Control', 'no-store');
  if (wantsPage(request)) return reply.redirect(refusedPage(request)(decision.code), 303);
  if (decision.code === 'AUTH_REQUIRED') reply.header('WWW-Authenticate', 'Bearer realm="Slipway"');
  return sendProblem(reply, {
    status: statusOf(decision.code),
    code: decision.code,
    message: decision.message,
    params: decision.params ?? {},
    remedy: decision.remedy ?? null,
  });
}

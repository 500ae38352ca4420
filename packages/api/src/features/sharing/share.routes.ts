import { entitlementMessage, type EntitlementDecision } from '@slipway/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { httpStatusOf } from '../../kernel/problem/faults.js';
import { sendProblem } from '../../kernel/problem/problem-reply.js';
import type { DownloadService } from '../downloads/delivery/download.service.js';
import type { Visitors } from '../downloads/counting/visitors.js';
import { answerHead, describeFile, missingPage, wantsPage } from '../downloads/delivery/file-replies.js';
import type { SharedRelease } from './shared-release.schema.js';
import type { SharedReleaseService } from './shared-release.service.js';
import type { SharedReleaseView } from './shared-release.view.js';

interface SharePage {
  readonly Params: { readonly token: string };
}

interface ShareFile {
  readonly Params: { readonly token: string; readonly fileName: string };
}

export interface ShareRoutes {
  readonly shared: SharedReleaseService;
  readonly view: SharedReleaseView;
  readonly downloads: DownloadService;
  readonly visitors: Visitors;
  readonly publicUrl: string;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  /** Sends the web app's page; null when there is none. */
  readonly sendPage: ((reply: FastifyReply) => FastifyReply) | null;
}

type Refused = Pick<EntitlementDecision, 'code' | 'message'> & Partial<Pick<EntitlementDecision, 'params' | 'remedy'>>;

/** An unknown link, a revoked one and a file that is not there answer alike. */
const NOT_FOUND: Refused = { code: 'NOT_FOUND', message: entitlementMessage({ code: 'NOT_FOUND', params: {} }) };

/** `GET /s/:token`: the page for testers. `GET|HEAD /s/:token/:fileName`: decides, counts; GET redirects to a short-lived signed URL, HEAD answers by itself. */
export function registerShareRoutes(app: FastifyInstance, use: ShareRoutes): void {
  const params = { token: LIMITS.pathPart.most, fileName: LIMITS.pathPart.most };
  const config = { access: 'public', params } as const;

  app.get<SharePage>('/s/:token', { config }, async (request, reply) => {
    const release = await use.view.show(use.contextOf(request), { token: request.params.token, publicUrl: use.publicUrl });
    const refusal = release ? (release.access.allowed ? null : release.access) : NOT_FOUND;
    conceal(reply);
    if (refusal) use.contextOf(request).refused.add(refusal);
    // The page asks for itself what it shows; its status is for whoever checks links.
    if (wantsPage(request) && use.sendPage) {
      const { origin, reply: answer } = use.contextOf(request);
      const cookie = use.visitors.newCookie(origin);
      if (cookie !== null) answer.setVisitor(cookie);
      return use.sendPage(reply.code(refusal ? httpStatusOf(refusal.code) : 200));
    }
    return release && !refusal ? reply.send(describeRelease(release)) : sendRefusal(reply, refusal ?? NOT_FOUND);
  });

  app.get<ShareFile>('/s/:token/:fileName', { config, exposeHeadRoute: false }, async (request, reply) => {
    conceal(reply);
    const grant = use.shared.grant(use.contextOf(request), request.params);
    const outcome = await grant.catch((error: unknown) => missingPage(request, error, explainedAt(request)));
    if (typeof outcome === 'string') return reply.redirect(outcome, 303);
    if (!outcome.isGranted) return refuseFile(request, reply, outcome.decision ?? NOT_FOUND);
    const { url } = await use.downloads.sign(outcome.asset);
    return describeFile(reply, outcome.asset).redirect(url, 302);
  });

  app.head<ShareFile>('/s/:token/:fileName', { config }, async (request, reply) => {
    const outcome = await use.shared.find(use.contextOf(request), request.params);
    conceal(reply);
    if (!outcome.isGranted) return refuseFile(request, reply, outcome.decision ?? NOT_FOUND);
    return answerHead(reply, outcome.asset);
  });
}

/** The address is the secret: it is neither kept, indexed nor passed on to others. */
function conceal(reply: FastifyReply): void {
  reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer').header('X-Robots-Tag', 'noindex, nofollow');
}

/** What programs read at the link itself. */
function describeRelease({ productName, version, expiresAt, downloadsLeft, content }: SharedRelease): object {
  const files = (content?.files ?? []).map((file) => ({
    fileName: file.fileName,
    platform: file.platform,
    architecture: file.architecture,
    size: file.size,
    sha256: file.sha256,
    state: file.state,
    url: file.downloadUrl,
  }));
  return { product: productName, version, channel: content?.channel, draft: content?.isDraft, expiresAt, downloadsLeft, files };
}

/** Programs get problem+json with the code; a browser gets the link's own page, which explains. */
function refuseFile(request: FastifyRequest<ShareFile>, reply: FastifyReply, refused: Refused): FastifyReply {
  return wantsPage(request) ? reply.redirect(explainedAt(request)(refused.code), 303) : sendRefusal(reply, refused);
}

/** Where the link's own page explains why a file is not given. */
const explainedAt =
  ({ params: { token, fileName } }: FastifyRequest<ShareFile>) =>
  (code: string) =>
    `/s/${encodeURIComponent(token)}?${new URLSearchParams({ code, file: fileName }).toString()}`;

function sendRefusal(reply: FastifyReply, { code, message, params = {}, remedy = null }: Refused): FastifyReply {
  return sendProblem(reply, { status: httpStatusOf(code), code, message, params, remedy });
}

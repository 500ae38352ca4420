import { entitlementMessage, type EntitlementDecision } from '@slipway/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../../kernel/context.js';
import { httpStatusOf } from '../../../kernel/problem/faults.js';
import { sendProblem } from '../../../kernel/problem/problem-reply.js';
import type { DownloadService, WantedFile } from './download.service.js';
import { answerHead, describeFile, missingPage, wantsPage } from './file-replies.js';

/** A missing file answers exactly like a hidden one. */
export const NOT_FOUND: Refused = { code: 'NOT_FOUND', message: entitlementMessage({ code: 'NOT_FOUND', params: {} }) };

export type Refused = Pick<EntitlementDecision, 'code' | 'message'> &
  Partial<Pick<EntitlementDecision, 'params' | 'remedy'>> & {
    /** What there is instead of what was asked for. */
    readonly offered?: readonly string[];
  };

/** A request for one file, and what answers it. */
export interface DownloadCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: RequestContext;
  readonly downloads: DownloadService;
}

/** GET: one redirect to a short-lived signed URL, or a refusal. */
export async function redirectToFile(call: DownloadCall, wanted: Omit<WantedFile, 'source'>): Promise<FastifyReply> {
  const { request, reply, context, downloads } = call;
  // Browsers say so of a link that was pressed on a page of ours.
  const source = request.headers['sec-fetch-site'] === 'same-origin' ? 'PORTAL' : 'PERMALINK';
  const explained = (code: string): string => refusedPage(code, wanted.assetId);
  const grant = downloads.grant(context, { ...wanted, source });
  const outcome = await grant.catch((error: unknown) => missingPage(request, error, explained));
  if (typeof outcome === 'string') return reply.header('Cache-Control', 'no-store').redirect(outcome, 303);
  if (outcome?.isGranted === false) return refuseDownload(call, outcome.decision, wanted.assetId);
  if (!outcome) return refuseDownload(call, NOT_FOUND, wanted.assetId);
  return describeFile(reply, outcome.asset).redirect(outcome.download.url, 302);
}

/** HEAD: what GET leads to, without leading there. */
export async function tellOfFile(call: DownloadCall, wanted: Omit<WantedFile, 'source'>): Promise<FastifyReply> {
  const found = await call.downloads.decide(call.context, { ...wanted, source: 'PERMALINK' });
  if (!found) return refuseDownload(call, NOT_FOUND, wanted.assetId);
  if (!found.decision.allowed) return refuseDownload(call, found.decision, wanted.assetId);
  return answerHead(call.reply, found.asset);
}

/** Programs get problem+json with the code; a browser gets the page that explains. @param assetId null: no file was found */
export function refuseDownload(
  { request, reply }: Pick<DownloadCall, 'request' | 'reply'>,
  refused: Refused,
  assetId: string | null,
): FastifyReply {
  reply.header('Cache-Control', 'no-store');
  if (wantsPage(request)) return reply.redirect(refusedPage(refused.code, assetId), 303);
  return sendProblem(reply, {
    status: httpStatusOf(refused.code),
    code: refused.code,
    message: refused.message,
    params: refused.params ?? {},
    remedy: refused.remedy ?? null,
    ...(refused.offered ? { offered: refused.offered } : {}),
  });
}

const refusedPage = (code: string, assetId: string | null): string =>
  `/portal/refused?${new URLSearchParams(assetId === null ? { code } : { code, asset: assetId }).toString()}`;

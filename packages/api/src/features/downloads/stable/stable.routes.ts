import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../../kernel/context.js';
import { sendTagged, tagOf } from '../../../kernel/entity-tag.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { DownloadService } from '../delivery/download.service.js';
import { redirectToFile, refuseDownload, tellOfFile, type DownloadCall } from '../delivery/answer-download.js';
import { describeLatest, type LatestReleaseUse } from './latest-release.js';
import { newerOf } from './newest-releases.js';
import type { StableAddresses } from './stable-addresses.js';

export interface StableRoutes {
  readonly downloads: DownloadService;
  readonly stable: StableAddresses;
  readonly latest: LatestReleaseUse;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

interface Latest {
  readonly Params: { readonly product: string; readonly channel: string };
}

interface Newest {
  readonly Params: Latest['Params'] & { readonly target: string };
}

/**
 * `GET|HEAD /download/:product/:channel/:target`: the newest file for a computer that the caller may have, answered as its permalink
 * is. `GET|HEAD /download/:product/:channel/latest.json`: the newest release that the caller may have, and its files.
 */
export function registerStableRoutes(app: FastifyInstance, use: StableRoutes): void {
  const length = LIMITS.pathPart.most;
  const config = { access: 'public', params: { product: length, channel: length }, query: { key: LIMITS.argumentText.most } } as const;
  const ofTarget = { ...config, params: { ...config.params, target: length } } as const;
  const path = '/download/:product/:channel/:target';
  app.get<Newest>(path, { config: ofTarget, exposeHeadRoute: false }, (request, reply) =>
    answer(use, { request, reply, answerWith: redirectToFile }),
  );
  app.head<Newest>(path, { config: ofTarget }, (request, reply) => answer(use, { request, reply, answerWith: tellOfFile }));
  app.get<Latest>('/download/:product/:channel/latest.json', { config }, (request, reply) => answerLatest(use, request, reply));
}

interface Asked {
  readonly request: FastifyRequest<Newest>;
  readonly reply: FastifyReply;
  readonly answerWith: typeof redirectToFile;
}

async function answer(use: StableRoutes, { request, reply, answerWith }: Asked): Promise<FastifyReply> {
  const call: DownloadCall = { request, reply, context: use.contextOf(request), downloads: use.downloads };
  const found = await use.stable.resolve(call.context, request.params);
  if ('refused' in found) return refuseDownload(call, found.refused, null);
  const { own, newest } = found;
  if (own) void reply.header('X-Version', own.row.version);
  void reply.header('X-Latest-Version', newest.row.version);
  const newer = newerOf(found);
  if (own && newer) void reply.header('X-Latest-Version-Access', newer.code);
  return answerWith(call, { assetId: (own ?? newest).asset.id });
}

async function answerLatest(use: StableRoutes, request: FastifyRequest<Latest>, reply: FastifyReply): Promise<FastifyReply> {
  const context = use.contextOf(request);
  void reply.header('Vary', 'Authorization, Cookie, X-License-Key');
  const found = await use.stable.resolve(context, { ...request.params, target: null });
  if ('refused' in found) return refuseDownload({ request, reply }, found.refused, null);
  if (!found.own) return refuseDownload({ request, reply }, found.newest.decision, found.newest.asset.id);
  const body = JSON.stringify(await describeLatest(use.latest, context, { row: found.own.row, found, address: request.params }));
  void reply.header('Cache-Control', 'private, no-cache').type('application/json; charset=utf-8');
  return sendTagged(request, reply, { tag: tagOf(body), body });
}

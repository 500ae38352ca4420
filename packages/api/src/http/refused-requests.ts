import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NotedRefusal, RefusalLog } from '../machinery/refusals/refusal-log.js';
import type { Actor } from '../kernel/actor.js';
import type { RequestContext } from '../kernel/context.js';
import { problemOf } from '../kernel/problem/problem-reply.js';
import type { RefusedPart } from '../kernel/refused-parts.js';
import { clientName } from '../kernel/text/client-name.js';
import { addressOf } from './caller/forwarded-for.js';

/** Notes every answer that refused something or failed, once it is gone: its request id is in the log. */
export function noteRefusals(
  app: FastifyInstance,
  refusals: Pick<RefusalLog, 'note'>,
  findContext: (request: FastifyRequest) => RequestContext | null,
): void {
  app.addHook('onResponse', async (request, reply) => {
    const context = findContext(request);
    for (const part of partsOf(request, reply, context)) refusals.note(notedOf(request, reply, { context, part }));
  });
}

/** What those who refused it said; an answer that nobody has said anything about tells its status. */
function partsOf(request: FastifyRequest, { statusCode }: FastifyReply, context: RequestContext | null): readonly RefusedPart[] {
  const parts = context?.refused.parts ?? [];
  if (parts.length > 0 || statusCode < 400) return parts;
  return [problemOf(request) ?? { code: statusCode === 404 ? 'NOT_FOUND' : `STATUS_${statusCode}`, message: '' }];
}

function notedOf(
  request: FastifyRequest,
  { statusCode }: FastifyReply,
  { context, part }: { readonly context: RequestContext | null; readonly part: RefusedPart },
): NotedRefusal {
  const { field, about, ...reason } = part;
  return {
    ...reason,
    ...context?.refused.about,
    ...about,
    ...(context ? callerOf(context.actor) : {}),
    status: statusCode,
    operation: field == null ? `${request.method} ${request.routeOptions.url ?? ''}`.trim() : field,
    requestId: request.id,
    address: addressOf(request),
    client: clientName(request.headers['user-agent'] ?? ''),
  };
}

function callerOf(actor: Actor): Pick<NotedRefusal, 'userId' | 'tokenId' | 'machineKeyId' | 'customerId' | 'keyOfLicenseId'> {
  switch (actor.kind) {
    case 'USER':
      return { userId: actor.userId, customerId: actor.customerId };
    case 'TOKEN':
      return { tokenId: actor.tokenId };
    case 'LICENSE':
      return { keyOfLicenseId: actor.licenseId, customerId: actor.customerId };
    case 'MACHINE':
      return { machineKeyId: actor.machineKeyId, customerId: actor.customerId };
    case 'ANONYMOUS':
    case 'UNKNOWN_LICENSE_KEY':
      return {};
  }
}

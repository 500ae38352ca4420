import type { FastifyInstance } from 'fastify';
import type { Log } from '../kernel/log.js';
import { redactUrl } from '../kernel/text/redact-url.js';

export type AccessLevel = 'info' | 'debug';

/** One line for each request once it is answered: what was asked, without secrets, and how it went. */
export function logAccess(app: FastifyInstance, log: Log, level: AccessLevel): void {
  app.addHook('onResponse', async (request, reply) => {
    if (!log.isLevelEnabled(level)) return;
    const { method, id: requestId } = request;
    const bytes = Number(reply.getHeader('content-length') ?? 0);
    const how = { status: reply.statusCode, ms: Math.round(reply.elapsedTime), ...(bytes > 0 ? { bytes } : {}) };
    log[level]({ requestId, method, url: redactUrl(request.url), ...how }, 'request');
  });
}

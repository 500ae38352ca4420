import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../kernel/log.js';

/**
 * Tells the operator, once for each process, of an `X-Forwarded-For` that does not count: most often from their own proxy, which
 * `TRUSTED_PROXIES` does not name, so that all visitors share its address.
 */
export function warnOfStrangers(app: FastifyInstance, log: Log): void {
  let isTold = false;
  app.addHook('onRequest', async (request) => {
    if (isTold || !isFromStranger(request)) return;
    isTold = true;
    const peer = request.socket.remoteAddress ?? '';
    log.warn(
      { peer },
      `X-Forwarded-For came from ${peer}, which TRUSTED_PROXIES does not name, so it is ignored and all visitors from there count as one. ` +
        'If that is your proxy, add its address to TRUSTED_PROXIES; if not, somebody tries to pass for another address. This is told once.',
    );
  });
}

/** Whether a request says where it comes from without anybody trusted who confirms it. */
function isFromStranger(request: FastifyRequest): boolean {
  // `ips` begins with the peer; without a trusted proxy there is nothing behind it, or no `ips` at all.
  return request.headers['x-forwarded-for'] !== undefined && (request.ips?.length ?? 1) === 1;
}

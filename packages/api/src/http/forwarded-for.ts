import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../kernel/log.js';

/**
 * Tells the operator, once for each process, of an `X-Forwarded-For` that does not count: most often from their own proxy, which
 * `TRUSTED_PROXIES` does not name, so that nothing can be counted by address.
 */
export function warnOfStrangers(app: FastifyInstance, log: Log): void {
  let isTold = false;
  app.addHook('onRequest', async (request) => {
    if (isTold || !isFromStranger(request)) return;
    isTold = true;
    const peer = request.socket.remoteAddress ?? '';
    log.warn(
      { peer },
      `X-Forwarded-For came from ${peer}, which TRUSTED_PROXIES does not name, so it is ignored and visitors from there are not told apart by address. ` +
        'If that is your proxy, add its address to TRUSTED_PROXIES; if not, somebody tries to pass for another address. This is told once.',
    );
  });
}

type Forwarded = Pick<FastifyRequest, 'headers' | 'ip' | 'ips'>;

/**
 * The address that a request counts against; null where none does (DESIGN.md, section 6). Without `TRUSTED_PROXIES` a request
 * that was forwarded comes from a proxy, and its address is that of everybody behind it. Where proxies are named, whoever else
 * says that he forwards counts himself: a header must not take anybody out of the counting.
 */
export function countedAddressOf(request: Forwarded): string | null {
  return request.ips === undefined && isFromStranger(request) ? null : request.ip;
}

/** Whether a request says where it comes from without anybody trusted who confirms it. */
export function isFromStranger(request: Forwarded): boolean {
  // `ips` begins with the peer; without a trusted proxy there is nothing behind it, or no `ips` at all.
  return request.headers['x-forwarded-for'] !== undefined && (request.ips?.length ?? 1) === 1;
}

import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../../kernel/log.js';

/**
 * Tells the operator, once for each process, of an `X-Forwarded-For` that does not count: most often from their own proxy, which
 * `TRUSTED_PROXIES` does not name, so that nothing can be counted by address.
 */
export function warnOfStrangers(app: FastifyInstance, log: Log, rates: { hasUntrustedProxy: boolean }): void {
  let isTold = false;
  app.addHook('onRequest', async (request) => {
    if (isTold || !isFromStranger(request)) return;
    isTold = true;
    rates.hasUntrustedProxy = true;
    const peer = request.socket.remoteAddress ?? '';
    log.warn(
      { peer },
      `X-Forwarded-For came from ${peer}, which TRUSTED_PROXIES does not name, so it is ignored and visitors from there are not told apart by address. ` +
        'If that is your proxy, add its address to TRUSTED_PROXIES; if not, somebody tries to pass for another address. This is told once.',
    );
  });
}

/** `ip` is missing once the connection has gone, which a request can outlive. */
type Forwarded = Pick<FastifyRequest, 'headers' | 'ips'> & { readonly ip: string | undefined };

/**
 * The address a request comes from: as the last of the trusted proxies wrote it, without a port or zone. Of what is none, such as
 * `unknown`, the address of who wrote it: a header must neither take anybody out of the counting nor be longer than an address.
 * Empty once the connection has gone.
 */
export function addressOf({ ip, ips }: Forwarded): string {
  return ips?.map(bareAddress).findLast((address) => isIP(address) !== 0) ?? bareAddress(ip ?? '');
}

/** `[2001:db8::1]:443`, `192.0.2.1:443` (Azure's gateways write them so) and `fe80::1%eth0` without what does not count. */
function bareAddress(written: string): string {
  const [, address = written] = /^\[([^\]]*)\](?::[0-9]+)?$/.exec(written) ?? /^([0-9.]+):[0-9]+$/.exec(written) ?? [];
  return address.split('%', 1)[0] ?? address;
}

/**
 * The address that a request counts against; null where none does (DESIGN.md, section 6). Without `TRUSTED_PROXIES` a request
 * that was forwarded comes from a proxy, and its address is that of everybody behind it. Where proxies are named, whoever else
 * says that he forwards counts himself: a header must not take anybody out of the counting.
 */
export function countedAddressOf(request: Forwarded): string | null {
  return request.ips === undefined && isFromStranger(request) ? null : addressOf(request) || null;
}

/** Whether a request says where it comes from without anybody trusted who confirms it. */
export function isFromStranger(request: Forwarded): boolean {
  // `ips` begins with the peer; without a trusted proxy there is nothing behind it, or no `ips` at all.
  return request.headers['x-forwarded-for'] !== undefined && (request.ips?.length ?? 1) === 1;
}

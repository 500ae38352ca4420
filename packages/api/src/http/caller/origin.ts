import type { FastifyRequest } from 'fastify';
import { addressBuckets } from '../../machinery/throttle/address-bucket.js';
import type { Origin } from '../../kernel/context.js';
import { carriedCredential } from './credentials.js';
import { addressOf, countedAddressOf, isFromStranger } from './forwarded-for.js';
import type { Cookies } from './cookies.js';

/** From where a request came. */
export function originOf(request: FastifyRequest, { device, visitor }: Cookies): Origin {
  const userAgent = request.headers['user-agent'] ?? '';
  return {
    address: addressOf(request),
    countedAddress: countedAddressOf(request),
    userAgent,
    device: request.cookies[device.name] ?? null,
    visitor: visitorOf(request),
    visitorCookie: request.cookies[visitor.name] ?? null,
    carriedCredential: carriedCredential(request),
  };
}

/** Address (IPv4, IPv6 /64) and program; nobody is told apart where a proxy that is not trusted forwards for many. */
function visitorOf(request: FastifyRequest): string | null {
  if (isFromStranger(request)) return null;
  return `address ${addressBuckets(addressOf(request)).at(-1) ?? ''} ${request.headers['user-agent'] ?? ''}`;
}

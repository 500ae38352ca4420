import type { FastifyRequest } from 'fastify';
import { addressBuckets } from '../features/throttle/address-bucket.js';
import type { Origin } from '../kernel/context.js';
import { carriedCredential } from './credentials.js';
import { countedAddressOf, isFromStranger } from './forwarded-for.js';
import type { Cookies } from './cookies.js';

const VISITOR = /^[\w-]{22}$/;

/** From where a request came. */
export function originOf(request: FastifyRequest, { device, visitor }: Cookies): Origin {
  const userAgent = request.headers['user-agent'] ?? '';
  return {
    address: request.ip,
    countedAddress: countedAddressOf(request),
    userAgent,
    device: request.cookies[device.name] ?? null,
    visitor: visitorOf(request, request.cookies[visitor.name]),
    carriedCredential: carriedCredential(request),
  };
}

/**
 * The share page's cookie, else address (IPv4, IPv6 /64) and program. Where a proxy that is not trusted forwards for many, their
 * addresses are anybody's word: nobody is told apart.
 */
function visitorOf(request: FastifyRequest, cookie: string | undefined): string | null {
  if (cookie !== undefined && VISITOR.test(cookie)) return `cookie ${cookie}`;
  if (isFromStranger(request)) return null;
  return `address ${addressBuckets(request.ip).at(-1) ?? ''} ${request.headers['user-agent'] ?? ''}`;
}

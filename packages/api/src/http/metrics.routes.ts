import { BlockList, isIPv4 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { RequestContext } from '../kernel/context.js';
import { mayUse } from '../kernel/policy.js';
import { forbidden, unauthenticated } from '../kernel/problem/faults.js';
import { isKnown } from '../kernel/actor.js';
import { countedAddressOf } from './caller/forwarded-for.js';

export interface MetricsUse {
  readonly registry: Registry;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  /** Addresses and ranges that may read them without a token. */
  readonly openTo: readonly string[];
}

/** `GET /metrics`: for a token or person with `log:read`, and for addresses that `METRICS_ALLOWED_FROM` names. */
export function registerMetricsRoutes(app: FastifyInstance, { registry, contextOf, openTo }: MetricsUse): void {
  const open = rangesOf(openTo);
  app.get('/metrics', { config: { access: 'log:read' } }, async (request, reply) => {
    if (!isOpenTo(open, request)) requireReader(contextOf(request));
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** Figures belong to no product. @throws PublicFault */
function requireReader({ actor }: RequestContext): void {
  if (!isKnown(actor))
    throw unauthenticated(
      'Metrics are for tokens with log:read: send one as Authorization: Bearer, or name the address in METRICS_ALLOWED_FROM.',
    );
  if (!mayUse(actor, 'log:read', null)) throw forbidden('log:read');
}

/** Whoever is behind a proxy that nobody named has no address of their own. */
function isOpenTo(open: BlockList, request: FastifyRequest): boolean {
  const address = countedAddressOf(request);
  return address !== null && open.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function rangesOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { RequestContext } from '../kernel/context.js';
import { mayUse } from '../kernel/policy.js';
import { forbidden, unauthenticated } from '../kernel/problem/faults.js';
import { isKnown } from '../kernel/actor.js';
import { addressMatcher } from '../kernel/text/shown-address.js';
import { countedAddressOf } from './caller/forwarded-for.js';

export interface MetricsUse {
  readonly registry: Registry;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  /** Addresses and ranges that may read them without a token. */
  readonly openTo: readonly string[];
}

/** `GET /metrics`: for a token or person with `log:read`, and for addresses that `METRICS_ALLOWED_FROM` names. */
export function registerMetricsRoutes(app: FastifyInstance, { registry, contextOf, openTo }: MetricsUse): void {
  const isOpen = addressMatcher(openTo);
  app.get('/metrics', { config: { access: 'log:read' } }, async (request, reply) => {
    // Whoever is behind a proxy that nobody named has no address of their own.
    if (!isOpen(countedAddressOf(request) ?? '')) requireReader(contextOf(request));
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

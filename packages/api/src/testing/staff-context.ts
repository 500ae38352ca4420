import type { ProductScope, Scope } from '@slipway/shared';
import { RequestContext } from '../kernel/context.js';

/** What is asked by somebody of the staff with one scope, without a request. @param productIds null: all products */
export function staffContext(scope: Scope, productIds: ProductScope): RequestContext {
  return new RequestContext(
    'test',
    {
      kind: 'USER',
      userId: 'u',
      sessionId: 's',
      role: 'SUPPORT',
      scopes: new Set([scope]),
      productIds,
      customerId: null,
      memberRole: null,
      licensedProductIds: [],
    },
    { address: '', countedAddress: '', userAgent: '', device: null, visitor: null, visitorCookie: null, carriedCredential: 'NOT_CARRIED' },
    { setSession: () => undefined, setDevice: () => undefined, setVisitor: () => undefined },
  );
}

/** The context of somebody who belongs to a customer. */
export function customerContext(customerId: string, licensedProductIds: readonly string[]): RequestContext {
  const { origin, reply, actor } = staffContext('license:read', null);
  if (actor.kind !== 'USER') throw new Error('Staff are users.');
  const own = { role: 'CUSTOMER', scopes: new Set<never>(), customerId, memberRole: 'OWNER', licensedProductIds } as const;
  return new RequestContext('test', { ...actor, ...own }, origin, reply);
}

import type { FastifyRequest } from 'fastify';
import { addressBuckets } from '../machinery/throttle/address-bucket.js';
import type { RequestLimits, RequestRates } from '../machinery/throttle/request-rates.js';
import { countedAddressOf } from './caller/forwarded-for.js';
import type { Actor } from '../kernel/actor.js';

/** What counting needs. */
export interface RequestCounting {
  readonly rates: RequestRates;
  readonly readLimits: () => Promise<RequestLimits>;
}

/** Who asks, counted; whoever shows a credential that is refused counts by address. @throws PublicFault RATE_LIMITED */
export async function countedActor(request: FastifyRequest, counting: RequestCounting, lookUp: () => Promise<Actor>): Promise<Actor> {
  const limits = await counting.readLimits();
  const count = (actor: Actor | null): void => countRequest(request, { rates: counting.rates, limits }, actor);
  const actor = await lookUp().catch((error: unknown) => {
    count(null);
    throw error;
  });
  count(actor);
  return actor;
}

/**
 * Counts a request for who sent it: a key or token by itself; everybody else by address, also who showed a wrong one. The
 * sessions of a license are counted together, apart from its key: to sign in with it is no way around its limit. Those of people
 * with a password are not counted: signing in is.
 * @param actor null: the credential was refused @throws PublicFault RATE_LIMITED
 */
function countRequest(
  request: FastifyRequest,
  { rates, limits }: { readonly rates: RequestRates; readonly limits: RequestLimits },
  actor: Actor | null,
): void {
  const credential = actor === null ? null : credentialBucket(actor);
  if (credential !== null) return rates.count([credential], { of: 'credential', most: limits.credential });
  if (actor?.kind === 'USER') return;
  const address = countedAddressOf(request);
  const addresses = address === null ? [] : addressBuckets(address);
  rates.count(
    addresses.map((bucket) => `address ${bucket}`),
    { of: 'anonymous', most: limits.anonymous },
  );
}

function credentialBucket(actor: Actor): string | null {
  if (actor.kind === 'TOKEN') return `token ${actor.tokenId}`;
  if (actor.kind === 'MACHINE') return `machine ${actor.machineKeyId}`;
  if (actor.kind !== 'LICENSE') return null;
  return `${actor.sessionId === null ? 'license' : 'portal'} ${actor.licenseId}`;
}

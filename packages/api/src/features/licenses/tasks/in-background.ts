import type { Actor } from '../../../kernel/actor.js';
import { RequestContext } from '../../../kernel/context.js';
import { PublicFault } from '../../../kernel/problem/faults.js';
import { Refusal, type UserErrorData } from '../../../kernel/problem/refusal.js';

/** What works on many licenses in the background, in whose name, and how it says what went wrong with one. */

/** One job works this long, then the next one goes on. */
export const SLICE_MS = 20_000;

/** Why a single license or line failed. */
export function explain(
  faultOf: (error: unknown, requestId: string) => PublicFault,
  error: unknown,
  requestId: string,
): Pick<UserErrorData, 'code' | 'message'> & Partial<Pick<UserErrorData, 'field'>> {
  const [first] = error instanceof Refusal ? error.userErrors : [];
  return first ?? (error instanceof PublicFault ? error : faultOf(error, requestId));
}

/** A request of somebody who asked earlier, and waits for no answer. */
export function contextOf(actor: Actor, requestId: string): RequestContext {
  const origin = {
    address: '',
    countedAddress: '',
    userAgent: '',
    device: null,
    visitor: null,
    visitorCookie: null,
    carriedCredential: 'NOT_CARRIED',
  } as const;
  return new RequestContext(requestId, actor, origin, {
    setSession: () => undefined,
    setDevice: () => undefined,
    setVisitor: () => undefined,
  });
}

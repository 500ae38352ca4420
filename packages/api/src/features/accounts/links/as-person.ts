import { memberRoleOf } from '@slipway/shared';
import { RequestContext } from '../../../kernel/context.js';
import type { UserAccount } from '../user-account.entity.js';

/** The request of somebody who proved by a link who they are, and has no session yet: the audit trail names them. */
export function asPerson(context: RequestContext, user: UserAccount): RequestContext {
  const actor = {
    kind: 'USER',
    userId: user.id,
    sessionId: '',
    role: user.role,
    scopes: new Set<never>(),
    productIds: null,
    customerId: user.customerId,
    memberRole: memberRoleOf(user),
    licensedProductIds: [],
  } as const;
  return new RequestContext(context.requestId, actor, context.origin, context.reply);
}

import { memberRoleOf, type MemberRole } from '@slipway/shared';
import { IsNull, Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { mayUse, ownsCustomer } from '../../../kernel/policy.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { peopleRefusals as words } from '../../../messages/refusals.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { Session } from '../session.entity.js';
import { UserAccount } from '../user-account.entity.js';
import { withoutPassword } from '../user.service.js';
import { lockCustomer, requirePeopleManager, requirePeopleReader } from './invitation.rules.js';

/** Lists and changes the people of a customer, for its owners and for staff. */
export class PeopleService {
  constructor(
    private readonly use: { readonly database: Database; readonly clock: Clock; readonly audit: Audit; readonly links: OneTimeLinks },
  ) {}

  /** Who signs in for a customer, by e-mail address; then, for staff, who did. @param customerId null: one's own */
  async list({ actor }: RequestContext, customerId: string | null): Promise<UserAccount[]> {
    const id = customerIdOf(actor, customerId);
    requirePeopleReader(actor, id);
    const where = ownsCustomer(actor, id) ? { customerId: id, disabledAt: IsNull() } : { customerId: id };
    return this.use.database.read.find(UserAccount, {
      where,
      order: { disabledAt: 'ASC', emailKey: 'ASC' },
      take: LIMITS.peoplePerCustomer.most,
    });
  }

  /** Makes somebody an owner or a member. */
  async changeRole(context: RequestContext, id: string, memberRole: MemberRole): Promise<UserAccount> {
    const customerId = await this.#customerOf(id);
    requirePeopleManager(context.actor, customerId);
    return this.use.database.transaction(async (tx) => {
      const before = await lockPerson(tx, customerId, id);
      if (memberRole !== 'OWNER') await requireAnotherOwner(tx, before, 'memberRole');
      const after = { ...before, memberRole };
      await tx.manager.update(UserAccount, { id }, { memberRole });
      await this.#record(tx, context, { action: 'user.update', before, after });
      return after;
    });
  }

  /** Ends somebody's account at a customer; everybody may leave by themselves. */
  async remove(context: RequestContext, id: string): Promise<UserAccount> {
    const { actor } = context;
    const customerId = await this.#customerOf(id);
    if (!(actor.kind === 'USER' && actor.userId === id)) requirePeopleManager(actor, customerId);
    const isByStaff = mayUse(actor, 'license:write', null);
    return this.use.database.transaction(async (tx) => {
      const before = await lockPerson(tx, customerId, id);
      if (!isByStaff || (await countOthers(tx, before)) > 0) await requireAnotherOwner(tx, before, 'id');
      const after = { ...before, disabledAt: this.use.clock.now() };
      await tx.manager.update(UserAccount, { id }, { disabledAt: after.disabledAt });
      await tx.manager.delete(Session, { userId: id });
      await this.use.links.endOfAccount(tx, before);
      await this.#record(tx, context, { action: 'user.remove', before, after });
      return after;
    });
  }

  /** @throws PublicFault NOT_FOUND also for staff of the vendor */
  async #customerOf(userId: string): Promise<string> {
    const user = await this.use.database.read.findOneBy(UserAccount, { id: userId });
    if (!user?.customerId) throw notFound('person');
    return user.customerId;
  }

  async #record(
    tx: Transaction,
    context: RequestContext,
    { action, before, after }: { action: 'user.update' | 'user.remove'; before: UserAccount; after: UserAccount },
  ): Promise<void> {
    const told = { before: withoutPassword(before), after: withoutPassword(after) };
    await this.use.audit.record(tx, context, { action, subjectType: 'user', subjectId: after.id, ...told });
  }
}

/** The customer that is meant. @throws PublicFault FORBIDDEN where it goes without saying for nobody */
export function customerIdOf(actor: RequestContext['actor'], customerId: string | null): string {
  if (customerId !== null) return customerId;
  if (actor.kind === 'USER' && actor.customerId !== null) return actor.customerId;
  throw forbidden('license:read');
}

/** Locks the customer and reads one of its people who can sign in. */
async function lockPerson(tx: Transaction, customerId: string, id: string): Promise<UserAccount> {
  await lockCustomer(tx, customerId, 'id');
  const user = await tx.lock(UserAccount, { id, customerId });
  if (!user || user.disabledAt !== null) throw notFound('person');
  return { ...user, memberRole: memberRoleOf(user) };
}

const countOthers = (tx: Transaction, { id, customerId }: UserAccount): Promise<number> =>
  tx.manager.countBy(UserAccount, { id: Not(id), customerId: customerId ?? '', disabledAt: IsNull() });

/** Whoever loses the last owner has nobody who sees keys or invites. The caller holds the customer's lock: two cannot go at once. */
async function requireAnotherOwner(tx: Transaction, user: UserAccount, field: 'id' | 'memberRole'): Promise<void> {
  if (user.memberRole !== 'OWNER') return;
  const people = await tx.manager.findBy(UserAccount, { customerId: user.customerId ?? '', disabledAt: IsNull() });
  if (people.some((other) => other.id !== user.id && memberRoleOf(other) === 'OWNER')) return;
  refuse('LAST_OWNER', words.lastOwner, field);
}

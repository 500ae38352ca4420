import { checkEmail, emailKey } from '@slipway/shared';
import { IsNull } from 'typeorm';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { managesPeople, mayUse, ownsCustomer } from '../../../kernel/policy.js';
import { forbidden, notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import { peopleRefusals as words } from '../../../messages/refusals.js';
import { requireNotErased } from '../../customers/customer-erased.js';
import { Customer } from '../../customers/customer.entity.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import { UserAccount } from '../user-account.entity.js';
import { checkUserName, requireUserManager } from '../user.rules.js';

/** Who may invite, change and remove people of a customer. @throws PublicFault NOT_FOUND for strangers: nobody learns which customers there are */
export function requirePeopleManager(actor: Actor, customerId: string): void {
  if (managesPeople(actor, customerId)) return;
  if (actor.kind !== 'USER' || actor.customerId === null) throw forbidden('license:write');
  if (actor.customerId !== customerId) throw notFound('customer');
  refuse('OWNER_REQUIRED', words.ownersOnly, null);
}

/** Who sees the people of a customer: its owners, and staff with `license:read`. */
export function requirePeopleReader(actor: Actor, customerId: string): void {
  if (ownsCustomer(actor, customerId) || mayUse(actor, 'license:read', null)) return;
  throw new PublicFault('FORBIDDEN', words.shownToOwners);
}

/** Who may resend and revoke an invitation. */
export function requireInvitationManager(actor: Actor, { customerId }: Pick<OneTimeLink, 'customerId'>): void {
  if (customerId === null) requireUserManager(actor);
  else requirePeopleManager(actor, customerId);
}

export function checkInvited({ email, name }: { readonly email: string; readonly name: string }): void {
  const problems = new FieldProblems();
  problems.add('email', checkEmail(email.trim()));
  problems.add('name', checkUserName(name));
  problems.throwIfAny();
}

/** Locks the customer: what its people are is decided one after the other. */
export async function lockCustomer(tx: Transaction, customerId: string, field: string | null = 'customerId'): Promise<Customer> {
  const customer = await tx.lock(Customer, { id: customerId });
  if (!customer) throw notFound('customer');
  requireNotErased(customer, field ?? undefined);
  return customer;
}

/** Refuses more people than a customer may have, those who are invited among them. The caller holds the customer's lock. */
export async function requireRoomToInvite(tx: Transaction, customerId: string, now: Date): Promise<void> {
  const people = await tx.manager.countBy(UserAccount, { customerId, disabledAt: IsNull() });
  const [row] = await tx.query<{ total: number | string }>(
    `SELECT COUNT(*) AS total FROM one_time_link WHERE customer_id = ? AND purpose = 'INVITATION' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?`,
    [customerId, toSqlInstant(now)],
  );
  const place = { who: words.customerHas, advice: words.disableFirst, field: 'customerId' };
  requireRoom(LIMITS.peoplePerCustomer, people + Number(row?.total ?? 0), place);
}

/**
 * Refuses to invite who has an account. To owners only those of their own customer are told: of others they learn nothing, and whoever
 * opens the invitation is told to sign in.
 */
export async function requireNoAccount(
  tx: Transaction,
  actor: Actor,
  invited: { readonly email: string; readonly customerId: string | null },
): Promise<void> {
  const found = await tx.manager.findOneBy(UserAccount, { emailKey: emailKey(invited.email) });
  if (!found || (found.disabledAt !== null && found.customerId === invited.customerId && found.customerId !== null)) return;
  const isTold = found.customerId === invited.customerId || mayUse(actor, 'license:write', null) || mayUse(actor, 'user:write', null);
  if (isTold) refuse('EMAIL_TAKEN', words.personHasAccount, 'email');
}

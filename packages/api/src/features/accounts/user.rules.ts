import { checkEmail, checkName, ROLE_SCOPES, type Problem, type Role } from '@slipway/shared';
import type { Transaction } from '../../database/transaction.js';
import { mayUse, scopesOf, type Actor } from '../../kernel/actor.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { UserAccount } from './user-account.entity.js';

const NAME_MAX_LENGTH = 100;

/** Accounts belong to no product, so a token for one product may not touch them. @throws PublicFault FORBIDDEN */
export function requireUserManager(actor: Actor): void {
  if (!mayUse(actor, 'user:write', null)) throw forbidden('user:write');
}

/** Nobody hands out, takes over or changes an account that may do more than they may themselves. */
export function requireRoleWithin(actor: Actor, role: Role): void {
  const own = scopesOf(actor);
  const beyond = ROLE_SCOPES[role].find((scope) => !own.has(scope));
  if (beyond)
    refuse('ROLE_NOT_ALLOWED', `The role ${role} has the permission ${beyond}, which you do not have: ask an administrator.`, 'role');
}

/** Refuses a new account whose fields break their rules, all at once. */
export function checkNewUser(user: { email: string; name: string; role: Role; customerId: string | null }): void {
  const problems = new FieldProblems();
  problems.add('email', checkEmail(user.email.trim()));
  problems.add('name', checkUserName(user.name));
  problems.throwIfAny();
  if (user.role === 'CUSTOMER' && user.customerId === null)
    refuse('CUSTOMER_REQUIRED', 'An account with the role CUSTOMER signs in for a customer: give customerId.', 'customerId');
  if (user.role !== 'CUSTOMER' && user.customerId !== null)
    refuse(
      'ROLE_INVALID',
      'Only an account with the role CUSTOMER signs in for a customer: leave customerId out, or choose CUSTOMER.',
      'role',
    );
}

export function checkUserName(name: string): Problem | null {
  return checkName(name, { label: 'The name', maxLength: NAME_MAX_LENGTH });
}

/** Staff stay staff and customers stay customers: the one signs in for the vendor, the other for somebody who bought. */
export function checkRoleChange(before: Role, after: Role): void {
  if (before === after) return;
  if (before === 'CUSTOMER' || after === 'CUSTOMER')
    refuse('ROLE_INVALID', 'An account of a customer cannot become one of your staff, nor the other way: make a second account.', 'role');
}

/** Whoever loses the last account with all permissions locks everybody out. Locks the admins: two cannot go at once. */
export async function requireAnotherAdmin(tx: Transaction, user: Pick<UserAccount, 'id'>, field: 'role' | 'disabled'): Promise<void> {
  const lock = tx.dialect === 'mysql' ? ' FOR UPDATE' : '';
  const admins = await tx.query<{ id: string }>(
    `SELECT id FROM user_account WHERE role = 'ADMIN' AND disabled_at IS NULL ORDER BY id${lock}`,
  );
  if (admins.some(({ id }) => id !== user.id)) return;
  refuse('LAST_ADMIN', 'This is the last administrator who can sign in: make somebody else an administrator first.', field);
}

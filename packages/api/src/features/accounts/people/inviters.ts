import { memberRoleOf, ROLE_SCOPES, type MemberRole, type Role } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';

type Reader = Pick<Transaction, 'query'>;

interface Inviter {
  readonly role: Role;
  readonly member_role: MemberRole | null;
  readonly customer_id: string | null;
  readonly disabled_at: string | Date | null;
}

/** A license key's holder, and whoever the program is, are not asked for their rights. */
const FIND_INVITERS = `SELECT role, member_role, customer_id, disabled_at FROM user_account
  WHERE id = ? OR id IN (SELECT created_by FROM api_token WHERE id = ? AND revoked_at IS NULL)`;

/** Whether an invitation is still backed: who sent it may still do so. */
export async function isBacked(tx: Reader, link: OneTimeLink): Promise<boolean> {
  const inviters = await tx.query<Inviter>(FIND_INVITERS, [link.createdBy ?? '', link.createdBy ?? '']);
  return link.customerId === null ? inviters.some((inviter) => mayInviteTo(inviter, link.role ?? 'ADMIN')) : inviters.every(isStillOwner);
}

/** An invitation to the staff works as long as who sent it may invite to that role. */
function mayInviteTo(inviter: Inviter, role: Role): boolean {
  const own = inviter.disabled_at === null ? ROLE_SCOPES[inviter.role] : [];
  return own.includes('user:write') && ROLE_SCOPES[role].every((scope) => own.includes(scope));
}

/** Whom an owner invited comes in as long as that is an owner; whom the vendor invited, whoever of its staff it was. */
const isStillOwner = ({ role, member_role: memberRole, customer_id: customerId, disabled_at: disabledAt }: Inviter): boolean =>
  customerId === null || (disabledAt === null && memberRoleOf({ role, memberRole }) === 'OWNER');

import type { AuditAction } from '../../machinery/audit/audit-actions.js';
import { asciiEmail, emailKey } from '@slipway/shared';
import { IsNull } from 'typeorm';
import type { Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/errors.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { requireNotErased } from '../customers/customer-erased.js';
import { Customer } from '../customers/customer.entity.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { hashPassword, randomPassword } from './passwords.js';
import { Session } from './session.entity.js';
import { checkNewUser, checkRoleChange, checkUserName, requireAnotherAdmin, requireRoleWithin, requireUserManager } from './user.rules.js';
import { checkUserProducts, distinctIds, readUserProducts, toldProducts, writeUserProducts, type ToldProducts } from './user-products.js';
import type { CreateUserInput, UpdateUserInput } from './user.schema.js';
import { UserAccount } from './user-account.entity.js';

export interface UserDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly links: AccountLinks;
}

/** Ends the links that were mailed for an account: those that enter or change it, and where it is closed, those that make it again. */
export interface AccountLinks {
  endOfUser(tx: Transaction, userId: string): Promise<void>;
  endOfAccount(tx: Transaction, user: UserAccount): Promise<void>;
}

/** An account, with the products that it is limited to where these may change. */
type ToldUser = UserAccount & Partial<ToldProducts>;

/** What the audit trail keeps of an account: everything but the password, and when they were here. */
export const withoutPassword = ({ passwordHash: _hash, signedInAt: _signedInAt, ...user }: ToldUser): object => user;

/** Manages the accounts of staff and of customers. What changes here acts on the person's next request. */
export class UserService {
  constructor(private readonly use: UserDependencies) {}

  async find({ actor }: RequestContext, id: string): Promise<UserAccount | null> {
    requireUserManager(actor);
    return this.use.database.read.findOneBy(UserAccount, { id });
  }

  /** @returns the account, and its first password when this call made it: it is shown once */
  async create(context: RequestContext, input: CreateUserInput): Promise<{ user: UserAccount; initialPassword: string | null }> {
    requireUserManager(context.actor);
    requireRoleWithin(context.actor, input.role);
    const customerId = input.customerId ?? null;
    checkNewUser({ ...input, customerId });
    const productIds = distinctIds(input.productIds ?? []);
    checkUserProducts(input.role, productIds);
    const { idempotencyKey, ...rest } = input;
    const initialPassword = randomPassword();
    const passwordHash = await hashPassword(initialPassword);
    return this.#withUniqueEmail(async (tx) => {
      const call = { operation: 'createUser', key: idempotencyKey, input: rest, made: { entity: UserAccount, noun: 'account' } };
      const { id, isNew } = await this.use.idempotency.once(tx, context, call, async () => {
        if (customerId !== null) await requireCustomer(tx, customerId);
        const user = this.#newUser(input, customerId, passwordHash);
        await tx.manager.insert(UserAccount, user);
        await writeUserProducts(tx, user.id, productIds);
        await this.#record(tx, context, {
          action: 'user.create',
          user: { ...user, ...(await toldProducts(tx, productIds)) },
          before: null,
        });
        return user.id;
      });
      return { user: await tx.manager.findOneByOrFail(UserAccount, { id }), initialPassword: isNew ? initialPassword : null };
    });
  }

  async update(context: RequestContext, input: UpdateUserInput): Promise<UserAccount> {
    requireUserManager(context.actor);
    const problems = new FieldProblems();
    if (input.name != null) problems.add('name', checkUserName(input.name));
    problems.throwIfAny();
    return this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, input.id);
      const after = { ...before, ...this.#changesOf(before, input) };
      checkRoleChange(before.role, after.role);
      requireRoleWithin(context.actor, after.role);
      await requireChangeable(tx, before, after);
      const had = await readUserProducts(tx, before.id);
      const has = input.productIds == null ? had : distinctIds(input.productIds);
      checkUserProducts(after.role, has);
      await tx.manager.update(UserAccount, { id: before.id }, after);
      await writeUserProducts(tx, before.id, has);
      if (after.disabledAt !== null) await tx.manager.delete(Session, { userId: before.id });
      if (after.disabledAt !== null && before.disabledAt === null) await this.use.links.endOfAccount(tx, before);
      await this.#record(tx, context, {
        action: 'user.update',
        user: { ...after, ...(await toldProducts(tx, has)) },
        before: { ...before, ...(await toldProducts(tx, had)) },
      });
      return after;
    });
  }

  /** Gives a person a new password and ends their sessions. @returns the password, shown once */
  async resetPassword(context: RequestContext, id: string): Promise<{ user: UserAccount; newPassword: string }> {
    requireUserManager(context.actor);
    const newPassword = randomPassword();
    const passwordHash = await hashPassword(newPassword);
    return this.use.database.transaction(async (tx) => {
      const user = await this.#lock(tx, context, id);
      await tx.manager.update(UserAccount, { id }, { passwordHash });
      await tx.manager.delete(Session, { userId: id });
      await this.use.links.endOfUser(tx, id);
      await this.#record(tx, context, { action: 'user.passwordReset', user, before: null });
      return { user, newPassword };
    });
  }

  #newUser({ email, name, role }: CreateUserInput, customerId: string | null, passwordHash: string): UserAccount {
    const key = emailKey(email);
    const memberRole = role === 'CUSTOMER' ? ('OWNER' as const) : null;
    const times = { createdAt: this.use.clock.now(), disabledAt: null, noAlertsSince: null, signedInAt: null };
    return {
      id: newId(),
      email: asciiEmail(email.trim()),
      emailKey: key,
      name: name.trim(),
      role,
      passwordHash,
      customerId,
      memberRole,
      ...times,
    };
  }

  #changesOf(
    before: UserAccount,
    { name, role, disabled, wantsAlerts }: UpdateUserInput,
  ): Pick<UserAccount, 'name' | 'role' | 'disabledAt' | 'noAlertsSince'> {
    const now = this.use.clock.now();
    const noAlertsSince = wantsAlerts == null ? before.noAlertsSince : wantsAlerts ? null : (before.noAlertsSince ?? now);
    const disabledAt = disabled == null ? before.disabledAt : disabled ? (before.disabledAt ?? now) : null;
    return { name: name?.trim() ?? before.name, role: role ?? before.role, disabledAt, noAlertsSince };
  }

  async #lock(tx: Transaction, { actor }: RequestContext, id: string): Promise<UserAccount> {
    const user = await tx.lock(UserAccount, { id });
    if (!user) throw notFound('user');
    requireRoleWithin(actor, user.role);
    return user;
  }

  async #record(
    tx: Transaction,
    context: RequestContext,
    entry: { action: AuditAction; user: ToldUser; before: ToldUser | null },
  ): Promise<void> {
    const { action, user, before } = entry;
    await this.use.audit.record(tx, context, {
      action,
      subjectType: 'user',
      subjectId: user.id,
      before: before && withoutPassword(before),
      after: withoutPassword(user),
    });
  }

  async #withUniqueEmail<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.use.database.transaction(work);
    } catch (error) {
      if (isUniqueViolation(error))
        refuse('EMAIL_TAKEN', 'Another account has this e-mail address: use that account, or another address.', 'email');
      throw error;
    }
  }
}

/** Refuses to lose the last administrator, and to enable what its customer has no room for. */
async function requireChangeable(tx: Transaction, before: UserAccount, after: UserAccount): Promise<void> {
  const wasAdmin = before.role === 'ADMIN' && before.disabledAt === null;
  if (wasAdmin && after.role !== 'ADMIN') await requireAnotherAdmin(tx, before, 'role');
  if (wasAdmin && after.disabledAt !== null) await requireAnotherAdmin(tx, before, 'disabled');
  const isEnabled = before.disabledAt !== null && after.disabledAt === null;
  if (isEnabled && after.customerId !== null) await requireCustomer(tx, after.customerId);
}

/** Locks the customer: one account at a time, so that the last place is taken once. */
export async function requireCustomer(tx: Transaction, customerId: string): Promise<void> {
  const customer = await tx.lock(Customer, { id: customerId });
  if (!customer) throw notFound('customer');
  requireNotErased(customer, 'customerId');
  const present = await tx.manager.countBy(UserAccount, { customerId, disabledAt: IsNull() });
  requireRoom(LIMITS.peoplePerCustomer, present, { who: 'This customer has', advice: 'disable one first', field: 'customerId' });
}

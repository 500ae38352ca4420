import { emailKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { erasePersonal, splitLegacyOf } from '../../machinery/audit/audit-erasure.js';
import { AuditKeys } from '../../machinery/audit/audit-keys.js';
import { ERASURE } from '../../machinery/audit/audit-links.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { writeTerms } from '../customers/customer-terms.js';
import { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { eraseRows } from './erase-rows.js';
import type { ErasedPeople } from './erased-people.js';

export interface ErasureUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly audit: Audit;
}

/** Ends what a customer could do and removes what identifies them; counts and the audit chain stay. */
export class EraseCustomerService {
  readonly #keys: AuditKeys;

  constructor(private readonly use: ErasureUse) {
    this.#keys = new AuditKeys(use.secrets);
  }

  /** Erases a customer; one that is erased already stays as it is. @param confirmEmail their address, typed */
  async erase(context: RequestContext, { id, confirmEmail }: { id: string; confirmEmail: string }): Promise<Customer> {
    for (const scope of ['user:write', 'license:write'] as const) if (!mayUse(context.actor, scope, null)) throw forbidden(scope);
    return this.use.database.transaction(async (tx) => {
      const customer = await tx.lock(Customer, { id });
      if (!customer) throw notFound('customer');
      if (customer.erasedAt !== null) return customer;
      if (emailKey(confirmEmail) !== customer.emailKey)
        refuse('CONFIRMATION_MISMATCH', `Type the e-mail address of the customer exactly as it is: ${customer.email}.`, 'confirmEmail');
      await this.#eraseAll(tx, context, customer);
      const erased = await tx.manager.findOneByOrFail(Customer, { id });
      await writeTerms(tx, erased);
      return erased;
    });
  }

  async #eraseAll(tx: Transaction, context: RequestContext, customer: Customer): Promise<void> {
    const users = await tx.manager.findBy(UserAccount, { customerId: customer.id });
    const licenses = await tx.manager.findBy(License, { customerId: customer.id });
    const people: ErasedPeople = {
      customerId: customer.id,
      userIds: users.map((user) => user.id),
      licenseIds: licenses.map((license) => license.id),
      emails: [...new Set([customer.emailKey, ...users.map((user) => user.emailKey)])],
      at: toSqlInstant(this.use.clock.now()),
    };
    const ids = [customer.id, ...people.userIds, ...people.licenseIds];
    await splitLegacyOf(tx, ids, this.#keys);
    const replaced = await eraseRows(tx, people);
    await this.#tellRevoked(tx, context, licenses);
    // Labels that named them were told in the audit trail under the ID of their link.
    const erasedIds = [...ids, ...(replaced.get('share_link') ?? []), ...(replaced.get('api_token') ?? [])];
    const after = { [ERASURE.field]: erasedIds, licenses: licenses.length, people: users.length };
    const event = await this.use.audit.record(tx, context, {
      action: ERASURE.action,
      subjectType: 'customer',
      subjectId: customer.id,
      after,
    });
    await erasePersonal(tx, erasedIds, event);
  }

  async #tellRevoked(tx: Transaction, context: RequestContext, licenses: readonly License[]): Promise<void> {
    for (const { id, customerId, productId, status } of licenses) {
      if (status === 'REVOKED') continue;
      const same = { id, customerId, productId };
      await this.use.audit.record(tx, context, {
        action: 'license.revoke',
        subjectType: 'license',
        subjectId: id,
        before: { ...same, status },
        after: { ...same, status: 'REVOKED' },
      });
    }
  }
}

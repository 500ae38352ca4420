import { asciiEmail, checkEmail, checkName, customerKindOf, emailKey } from '@slipway/shared';
import { mayUse } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/errors.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { requireNotErased } from './customer-erased.js';
import { writeTerms } from './customer-terms.js';
import { Customer } from './customer.entity.js';
import type { CreateCustomerInput, UpdateCustomerInput } from './customer.schema.js';

const NAME_MAX_LENGTH = 100;

/** Creates and changes customers. */
export class CustomerService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  async find(context: RequestContext, id: string): Promise<Customer | null> {
    if (!mayUse(context.actor, 'license:read', null)) throw forbidden('license:read');
    return this.database.read.findOneBy(Customer, { id });
  }

  async create(context: RequestContext, input: CreateCustomerInput): Promise<Customer> {
    // Customers belong to no product, so a token for one product may not make them.
    if (!mayUse(context.actor, 'license:write', null)) throw forbidden('license:write');
    const { idempotencyKey, ...rest } = input;
    const customer = this.#newCustomer(input);
    return this.#withUniqueEmail(async (tx) => {
      const { id } = await this.idempotency.once(
        tx,
        context,
        { operation: 'createCustomer', key: idempotencyKey, input: rest, made: { entity: Customer, noun: 'customer' } },
        () => this.#insert(tx, context, customer),
      );
      return tx.manager.findOneByOrFail(Customer, { id });
    });
  }

  async update(context: RequestContext, input: UpdateCustomerInput): Promise<Customer> {
    if (!mayUse(context.actor, 'license:write', null)) throw forbidden('license:write');
    return this.#withUniqueEmail(async (tx) => {
      const before = await tx.lock(Customer, { id: input.id });
      if (!before) throw notFound('customer');
      requireNotErased(before);
      const company = input.company === undefined ? before.company : input.company;
      const after = {
        ...before,
        ...contentOf(input.name ?? before.name, input.email ?? before.email, company),
        kind: input.kind ?? before.kind,
        updatedAt: this.clock.now(),
      };
      await tx.manager.update(Customer, { id: before.id }, after);
      await writeTerms(tx, after);
      await this.audit.record(tx, context, { action: 'customer.update', subjectType: 'customer', subjectId: before.id, before, after });
      return after;
    });
  }

  /** The customer with an address, made if there is none, in the caller's transaction. Others who make it at once wait or fail: try again. */
  async findOrInsert(tx: Transaction, context: RequestContext, input: CreateCustomerInput): Promise<Customer> {
    const known = await tx.manager.findOneBy(Customer, { emailKey: emailKey(input.email) });
    if (known) return known;
    const customer = this.#newCustomer(input);
    await this.#insert(tx, context, customer);
    return customer;
  }

  /** Writes down what is not known of a customer yet, in the caller's transaction; what is known stays. */
  async fillIn(
    tx: Transaction,
    context: RequestContext,
    given: { customer: Customer; name: string; company: string | null },
  ): Promise<Customer> {
    const before = given.customer;
    const [name, company] = [before.name || given.name, before.company ?? given.company];
    if (before.name === name && before.company === company) return before;
    const after = { ...before, ...contentOf(name, before.email, company), updatedAt: this.clock.now() };
    await tx.manager.update(Customer, { id: before.id }, after);
    await writeTerms(tx, after);
    await this.audit.record(tx, context, { action: 'customer.update', subjectType: 'customer', subjectId: before.id, before, after });
    return after;
  }

  async #insert(tx: Transaction, context: RequestContext, customer: Customer): Promise<string> {
    await tx.manager.insert(Customer, customer);
    await writeTerms(tx, customer);
    await this.audit.record(tx, context, { action: 'customer.create', subjectType: 'customer', subjectId: customer.id, after: customer });
    return customer.id;
  }

  #newCustomer(input: CreateCustomerInput): Customer {
    const now = this.clock.now();
    const content = contentOf(input.name, input.email, input.company ?? null);
    const kind = customerKindOf({ company: content.company, kind: input.kind ?? null });
    return { id: newId(), ...content, kind, createdAt: now, updatedAt: now, erasedAt: null };
  }

  async #withUniqueEmail<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (isUniqueViolation(error))
        refuse(
          'EMAIL_TAKEN',
          'Another customer has this e-mail address: add the license to that customer, or use another address.',
          'email',
        );
      throw error;
    }
  }
}

function contentOf(name: string, email: string, company: string | null): Pick<Customer, 'name' | 'email' | 'emailKey' | 'company'> {
  const problems = new FieldProblems();
  problems.add('name', checkName(name, { label: 'The name', maxLength: NAME_MAX_LENGTH }));
  problems.add('email', checkEmail(email.trim()));
  if (company) problems.add('company', checkName(company, { label: 'The company', maxLength: NAME_MAX_LENGTH }));
  problems.throwIfAny();
  return { name: name.trim(), email: asciiEmail(email.trim()), emailKey: emailKey(email), company: company?.trim() || null };
}

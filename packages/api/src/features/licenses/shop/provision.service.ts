import { checkName, REFERENCE_MAX_LENGTH } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/errors.js';
import type { Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import type { CustomerService } from '../../customers/customer.service.js';
import type { Customer } from '../../customers/customer.entity.js';
import { Product } from '../../products/product.entity.js';
import type { LicenseChanges } from '../license-changes.js';
import { License } from '../license.entity.js';
import type { LicenseService, NewKey } from '../license.service.js';
import { findKnown } from './known-license.js';
import type { ProvisionLicenseInput } from './provision.schema.js';

/** What a shop asked for, and what it came to. */
export interface Provisioned {
  readonly license: License;
  /** Shown once, to the call that made it. */
  readonly key: string | null;
  readonly isCreated: boolean;
}

export interface ProvisionUse {
  readonly database: Database;
  readonly idempotency: IdempotencyKeys;
  readonly customers: CustomerService;
  readonly licenses: LicenseService;
  readonly changes: LicenseChanges;
}

/** One call for a shop: the customer by e-mail address and the license by the shop's own reference, made or brought up to date. */
export class ProvisionService {
  constructor(private readonly use: ProvisionUse) {}

  /** @throws Refusal REFERENCE_TAKEN where another customer has a license with this reference */
  async provision(context: RequestContext, input: ProvisionLicenseInput): Promise<Provisioned> {
    // Customers belong to no product, so a token for one product may not make them.
    if (!mayUse(context.actor, 'license:write', null)) throw forbidden('license:write');
    if ((input.productId == null) === (input.productSlug == null)) throw badInput('Give productId or productSlug, and not both.');
    requireReference(input.externalReference);
    const key = this.use.licenses.newKey(input.key);
    const work = (): Promise<Provisioned> => this.use.licenses.withUniqueKey((tx) => this.#once(tx, context, { input, key }));
    return work().catch((error: unknown) => {
      // Calls for two products may make the same customer at once: whoever was late finds them.
      if (error instanceof CustomerMadeMeanwhile) return work();
      throw error;
    });
  }

  async #once(tx: Transaction, context: RequestContext, asked: Asked): Promise<Provisioned> {
    const { input, key } = asked;
    const { idempotencyKey, ...rest } = input;
    // Of the calls for one product each waits here: none makes what another is about to make.
    const product = await this.#lockProduct(tx, context, input);
    let isCreated = false;
    const call = { operation: 'provisionLicense', key: idempotencyKey, input: rest, made: { entity: License, noun: 'license' } };
    const { id, isNew } = await this.use.idempotency.once(tx, context, call, async () => {
      const customer = await this.#customer(tx, context, input);
      const known = await findKnown(tx, { reference: input.externalReference ?? '', productId: product.id, customer });
      isCreated = known === null;
      return known ? this.#renew(tx, context, { input, known }) : this.#create(tx, context, { ...asked, product, customer });
    });
    const license = await tx.manager.findOneByOrFail(License, { id });
    return { license, key: isNew && isCreated ? key.text : null, isCreated };
  }

  async #lockProduct(tx: Transaction, context: RequestContext, { productId, productSlug }: ProvisionLicenseInput): Promise<Product> {
    const product = await tx.lock(Product, productId == null ? { slug: productSlug ?? '' } : { id: productId });
    if (!product || !mayUse(context.actor, 'license:write', product.id)) throw notFound('product');
    return product;
  }

  async #customer(tx: Transaction, context: RequestContext, { email, name, company }: ProvisionLicenseInput): Promise<Customer> {
    try {
      return await this.use.customers.findOrInsert(tx, context, {
        email,
        name: name?.trim() || email.trim().slice(0, 100),
        company: company ?? null,
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new CustomerMadeMeanwhile();
      throw error;
    }
  }

  #create(
    tx: Transaction,
    context: RequestContext,
    { input, key, product, customer }: Asked & { product: Product; customer: Customer },
  ): Promise<string> {
    return this.use.licenses.insert(tx, context, { input: { ...input, customerId: customer.id, productId: product.id }, key });
  }

  /** The terms that are given are applied, the others stay. */
  async #renew(
    tx: Transaction,
    context: RequestContext,
    { input, known }: { input: ProvisionLicenseInput; known: License },
  ): Promise<string> {
    const { id } = known;
    await this.use.changes.update(tx, context, { ...input, id });
    if (input.reinstate === true && known.status === 'SUSPENDED') await this.use.changes.change(tx, context, { id, change: 'reinstate' });
    return id;
  }
}

interface Asked {
  readonly input: ProvisionLicenseInput;
  readonly key: NewKey;
}

/** Undoes the transaction; the next one finds the customer. */
class CustomerMadeMeanwhile extends Error {}

function requireReference(reference: string | null | undefined): void {
  const problem = checkName(reference ?? '', { label: 'The reference', maxLength: REFERENCE_MAX_LENGTH });
  if (problem) refuse(problem.code, problem.message, 'externalReference');
}

import type { Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/errors.js';
import type { Transaction } from '../../database/transaction.js';
import { mayUse, type Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { notFound } from '../../kernel/faults.js';
import { newId } from '../../kernel/ids.js';
import { refuse } from '../../kernel/refusal.js';
import type { Audit } from '../audit/audit.service.js';
import { Customer } from '../customers/customer.entity.js';
import type { IdempotencyKeys } from '../idempotency/idempotency.service.js';
import { Product } from '../products/product.entity.js';
import type { ProductService } from '../products/product.service.js';
import type { LicenseKeys } from './license-keys.js';
import { License } from './license.entity.js';
import { applyTerms, changeStatus, checkTerms, DEFAULT_TERMS, type LicenseChange } from './license.rules.js';
import type { CreateLicenseInput, UpdateLicenseInput } from './license.schema.js';

/** Whether an actor sees a license: staff by scope, its owner by session or key. */
export function seesLicense(actor: Actor, license: Pick<License, 'id' | 'customerId' | 'productId'>): boolean {
  if (actor.kind === 'LICENSE') return actor.licenseId === license.id;
  if (actor.kind === 'USER' && actor.customerId !== null) return actor.customerId === license.customerId;
  return mayUse(actor, 'license:read', license.productId);
}

/** What the audit trail keeps of a license: everything but the key. */
const withoutKey = ({ keyHash: _hash, keySealed: _sealed, ...license }: License): object => license;

/** Creates and changes licenses. */
export class LicenseService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
    private readonly products: ProductService,
    private readonly keys: LicenseKeys,
  ) {}

  async find(actor: Actor, id: string): Promise<License | null> {
    const license = await this.database.read.findOneBy(License, { id });
    return license && seesLicense(actor, license) ? license : null;
  }

  /** The license that has this key, or null. */
  async findByKey(key: string): Promise<License | null> {
    return this.database.read.findOneBy(License, { keyHash: this.keys.hash(key) });
  }

  /** @returns the license, and its key when this call made it: keys are shown once */
  async create(context: RequestContext, input: CreateLicenseInput): Promise<{ license: License; key: string | null }> {
    const { idempotencyKey, ...rest } = input;
    const key = input.key == null ? this.keys.generate() : this.keys.accept(input.key);
    return this.#withUniqueKey(async (tx) => {
      await this.#requireProduct(tx, context, input.productId);
      const { id, isNew } = await this.idempotency.once(
        tx,
        context,
        { operation: 'createLicense', key: idempotencyKey, input: rest },
        async () => {
          const terms = applyTerms(DEFAULT_TERMS, input);
          checkTerms(terms, await this.products.channelsOf(tx, input.productId));
          if (!(await tx.manager.existsBy(Customer, { id: input.customerId }))) throw notFound('customer');
          const license = this.#newLicense(input, key, terms);
          await tx.manager.insert(License, license);
          await this.audit.record(tx, context, {
            action: 'license.create',
            subjectType: 'license',
            subjectId: license.id,
            after: withoutKey(license),
          });
          return license.id;
        },
      );
      return { license: await tx.manager.findOneByOrFail(License, { id }), key: isNew ? key : null };
    });
  }

  async update(context: RequestContext, input: UpdateLicenseInput): Promise<License> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, input.id);
      const terms = applyTerms(before, input);
      // A channel that the product has lost since does not stand in the way of other changes.
      const channels = input.channels == null ? null : await this.products.channelsOf(tx, before.productId);
      checkTerms(terms, channels);
      return this.#save(tx, context, { before, after: { ...before, ...terms }, action: 'license.update' });
    });
  }

  async change(context: RequestContext, id: string, change: LicenseChange): Promise<License> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, id);
      const after = { ...before, status: changeStatus(before.status, change) };
      return this.#save(tx, context, { before, after, action: `license.${change}` });
    });
  }

  #newLicense(input: CreateLicenseInput, key: string, terms: ReturnType<typeof applyTerms>): License {
    const id = newId();
    const now = this.clock.now();
    return {
      id,
      customerId: input.customerId,
      productId: input.productId,
      ...this.keys.columns(id, key),
      status: 'ACTIVE',
      ...terms,
      downloadsUsed: 0,
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Locks the product, so that its channels stay what the license is checked against. */
  async #requireProduct(tx: Transaction, context: RequestContext, productId: string): Promise<void> {
    const product = await tx.lock(Product, { id: productId });
    if (!product || !mayUse(context.actor, 'license:write', product.id)) throw notFound('product');
  }

  async #lock(tx: Transaction, context: RequestContext, id: string): Promise<License> {
    const license = await tx.lock(License, { id });
    if (!license || !mayUse(context.actor, 'license:write', license.productId)) throw notFound('license');
    return license;
  }

  async #save(tx: Transaction, context: RequestContext, change: { before: License; after: License; action: string }): Promise<License> {
    const { before, action } = change;
    const after = { ...change.after, updatedAt: this.clock.now() };
    await tx.manager.update(License, { id: before.id }, after);
    await this.audit.record(tx, context, {
      action,
      subjectType: 'license',
      subjectId: before.id,
      before: withoutKey(before),
      after: withoutKey(after),
    });
    return after;
  }

  async #withUniqueKey<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (isUniqueViolation(error))
        refuse('LICENSE_KEY_TAKEN', 'Another license has this key. Leave it out and one is made for you.', 'key');
      throw error;
    }
  }
}

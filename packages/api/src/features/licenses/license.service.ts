import type { LicenseChange } from '@slipway/shared';
import { In, Not } from 'typeorm';
import { mayUse, seesLicense, seesLicenseKeys } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/errors.js';
import type { Transaction } from '../../database/transaction.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { notFound, unauthenticated } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { refuse } from '../../kernel/problem/refusal.js';
import { isTokenShaped } from '../../kernel/secret/secrets.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { requireNotErased } from '../customers/customer-erased.js';
import { Customer } from '../customers/customer.entity.js';
import { hashOf, type IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { Product } from '../products/product.entity.js';
import type { ProductService } from '../products/product.service.js';
import type { SettingsService } from '../settings/settings.service.js';
import type { GuessThrottle } from '../../machinery/throttle/guess-throttle.js';
import { withoutKey, type ChangeInput, type LicenseChanges } from './license-changes.js';
import type { LicenseKeys } from './license-keys.js';
import { License, type KeyOrigin } from './license.entity.js';
import { listLicensesOf } from './license-rows.js';
import { writeTags } from './license-tags.js';
import { applyTerms, checkTerms, DEFAULT_TERMS } from './license.rules.js';
import type { CreateLicenseInput, UpdateLicenseInput } from './license.schema.js';

const TOKEN_AS_KEY = 'This is an API token, not a license key: send it as "Authorization: Bearer <token>", or as the password of Basic.';

/** A browser left signed in for weeks shows releases, not keys (PROMISES.md, row 11). */
const REVEAL_WITHIN_MS = 12 * 3_600_000;

/** @throws Refusal SIGN_IN_AGAIN when the session is older than that */
export function requireFreshSignIn(actor: Actor, now: Date): void {
  const signedInAt = actor.kind === 'USER' || actor.kind === 'LICENSE' ? actor.signedInAt : undefined;
  if (signedInAt === undefined || now.getTime() - signedInAt.getTime() <= REVEAL_WITHIN_MS) return;
  refuse('SIGN_IN_AGAIN', 'You signed in more than 12 hours ago: sign out, then sign in again to see the key.', 'id');
}

/** A key for a new license, and who made it. */
export interface NewKey {
  readonly text: string;
  readonly origin: KeyOrigin;
}

export interface LicenseDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly products: ProductService;
  readonly settings: SettingsService;
  readonly throttle: GuessThrottle;
  readonly keys: LicenseKeys;
  readonly changes: LicenseChanges;
}

/** Creates and changes licenses, and finds them by their keys. */
export class LicenseService {
  constructor(private readonly use: LicenseDependencies) {}

  async find(actor: Actor, id: string): Promise<License | null> {
    const license = await this.use.database.read.findOneBy(License, { id });
    return license && seesLicense(actor, license) ? license : null;
  }

  /** An actor's own licenses, newest first; none for staff and strangers. */
  async listOwn(actor: Actor): Promise<License[]> {
    if (actor.kind === 'LICENSE') return this.use.database.read.find(License, { where: { id: actor.licenseId } });
    if (actor.kind !== 'USER' || actor.customerId === null) return [];
    return listLicensesOf(this.use.database, { customerIds: [actor.customerId], productIds: null });
  }

  /**
   * The license that has this key, or null. @param address from where the key came; wrong keys are counted against it, null: against none
   * @throws PublicFault UNAUTHENTICATED for an API token, which is no guess; RATE_LIMITED when too many wrong keys came from there, and it is none of those that always pass
   */
  async findByKey(key: string, address: string | null): Promise<License | null> {
    const { keys, throttle, database } = this.use;
    const hashes = keys.hashes(key);
    const rows = await database.read.findBy(License, { keyHash: In([...hashes]) });
    const license = hashes.flatMap((hash) => rows.filter((row) => row.keyHash === hash))[0];
    if (!license && isTokenShaped(key)) throw unauthenticated(TOKEN_AS_KEY);
    // What is counted is all that was looked up: the key as it was typed is one guess, its other spellings are others.
    const found = license ? { value: license, isGenerated: keys.isGenerated(license, key), isWeak: license.keyOrigin === 'WEAK' } : null;
    return throttle.judgeKey({ address, keyHash: license?.keyHash ?? hashOf(hashes.join(' ')) }, found);
  }

  /** The key itself, for its owner and for staff; every look at it is written down. */
  async reveal(context: RequestContext, id: string): Promise<{ license: License; key: string }> {
    const license = await this.find(context.actor, id);
    if (!license) throw notFound('license');
    if (!seesLicenseKeys(context.actor))
      refuse('OWNER_REQUIRED', 'License keys are shown to the owners of your company: ask one of them.', 'id');
    requireFreshSignIn(context.actor, this.use.clock.now());
    if (license.keySealed === '') refuse('CUSTOMER_ERASED', 'The customer of this license was erased, and the key with them.', 'id');
    const key = this.use.keys.open(license);
    await this.use.database.transaction((tx) =>
      this.use.audit.record(tx, context, { action: 'license.keyShown', subjectType: 'license', subjectId: id }),
    );
    return { license, key };
  }

  /** @returns the license, and its key when this call made it: keys are shown once */
  async create(context: RequestContext, input: CreateLicenseInput): Promise<{ license: License; key: string | null }> {
    const { idempotencyKey, ...rest } = input;
    const key = this.newKey(input.key);
    return this.withUniqueKey(async (tx) => {
      await this.requireProduct(tx, context, input.productId);
      const call = { operation: 'createLicense', key: idempotencyKey, input: rest, made: { entity: License, noun: 'license' } };
      const { id, isNew } = await this.use.idempotency.once(tx, context, call, () => this.insert(tx, context, { input, key }));
      return { license: await tx.manager.findOneByOrFail(License, { id }), key: isNew ? key.text : null };
    });
  }

  /** A key for a new license: the vendor's own, or one that we make. @throws Refusal LICENSE_KEY_INVALID */
  newKey(own: string | null | undefined): NewKey {
    return own == null ? { text: this.use.keys.generate(), origin: 'GENERATED' } : { text: this.use.keys.accept(own), origin: 'OWN' };
  }

  /** Makes a license, in a transaction that has locked its product. @returns its ID */
  async insert(tx: Transaction, context: RequestContext, { input, key }: { input: CreateLicenseInput; key: NewKey }): Promise<string> {
    const { timeZone } = await this.use.settings.read();
    const terms = applyTerms(DEFAULT_TERMS, input);
    checkTerms(terms, { channels: await this.use.products.channelsOf(tx, input.productId), timeZone });
    await this.#requireCustomer(tx, input.customerId);
    const license = this.#newLicense(input, key, terms);
    await tx.manager.insert(License, license);
    await writeTags(tx, license);
    const created = { action: 'license.create', subjectType: 'license', subjectId: license.id, after: withoutKey(license) } as const;
    await this.use.audit.record(tx, context, created);
    return license.id;
  }

  async update(context: RequestContext, input: UpdateLicenseInput): Promise<License> {
    return this.use.database.transaction((tx) => this.use.changes.update(tx, context, input));
  }

  /** Suspends, reinstates or revokes; one that is so already stays as it is. */
  async change(context: RequestContext, input: ChangeInput, change: LicenseChange): Promise<License> {
    return this.use.database.transaction((tx) => this.use.changes.change(tx, context, { ...input, change }));
  }

  #newLicense(input: CreateLicenseInput, key: NewKey, terms: ReturnType<typeof applyTerms>): License {
    const id = newId();
    const now = this.use.clock.now();
    return {
      id,
      customerId: input.customerId,
      productId: input.productId,
      ...this.use.keys.columns(id, key.text, key.origin),
      status: 'ACTIVE',
      statusReason: null,
      customerReason: null,
      statusChangedAt: null,
      ...terms,
      downloadsUsed: 0,
      lastDownloadAt: null,
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Locks the product, so that its channels stay what the license is checked against. */
  async requireProduct(tx: Transaction, context: RequestContext, productId: string): Promise<void> {
    const product = await tx.lock(Product, { id: productId });
    if (!product || !mayUse(context.actor, 'license:write', product.id)) throw notFound('product');
  }

  /** Locks the customer: one license at a time, so that the last place is taken once. */
  async #requireCustomer(tx: Transaction, customerId: string): Promise<void> {
    const customer = await tx.lock(Customer, { id: customerId });
    if (!customer) throw notFound('customer');
    requireNotErased(customer, 'customerId');
    const present = await tx.manager.countBy(License, { customerId, status: Not('REVOKED') });
    const place = { who: 'This customer has', advice: 'revoke one first, or change one that is there', field: 'customerId' };
    requireRoom(LIMITS.licensesPerCustomer, present, place);
  }

  async withUniqueKey<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.use.database.transaction(work);
    } catch (error) {
      if (isUniqueViolation(error))
        refuse('LICENSE_KEY_TAKEN', 'Another license has this key: leave it out and one is made for you.', 'key');
      throw error;
    }
  }
}

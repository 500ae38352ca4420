import { IsNull, MoreThan } from 'typeorm';
import type { Database } from '../../database/database.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import type { Transaction } from '../../database/transaction.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { Connection } from '../../kernel/pagination.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { randomMachineKey, shownOf } from '../../kernel/secret/machine-key.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { machineKeyRefusals as words } from '../../messages/refusals.js';
import { requireNotErased } from '../customers/customer-erased.js';
import { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { MachineKey } from './machine-key.entity.js';
import { checkNewKey, hashMachineKey, requireKeyManager, requireKeyReader } from './machine-key.rules.js';
import type { CreateMachineKeyInput, MachineKeyArgs } from './machine-key.schema.js';

export interface MachineKeyUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
}

type Wanted = CreateMachineKeyInput & { readonly customerId: string };

/** Lists, makes and revokes machine keys. Only their hashes are stored. */
export class MachineKeyService {
  readonly #pages: LoaderDefinition<OwnerPage, Connection<MachineKey>>;

  constructor(private readonly use: MachineKeyUse) {
    this.#pages = ownerPages(use.database, { name: 'machine-key', table: 'machine_key', entity: MachineKey });
  }

  /** The machine keys of a customer, newest first. */
  async list(context: RequestContext, { customerId, isRevoked, ...args }: MachineKeyArgs): Promise<Connection<MachineKey>> {
    const owner = customerIdOf(context.actor, customerId ?? null);
    requireKeyReader(context.actor, owner);
    const kept = isRevoked == null ? '' : ` AND revoked_at IS ${isRevoked ? 'NOT ' : ''}NULL`;
    return context.loader(this.#pages).load({ where: `customer_id = ?${kept}`, parameters: [owner], args });
  }

  /** @returns the row, and the key itself when this call made it: it is shown once */
  async create(context: RequestContext, input: CreateMachineKeyInput): Promise<{ machineKey: MachineKey; key: string | null }> {
    const customerId = customerIdOf(context.actor, input.customerId ?? null);
    requireKeyManager(context.actor, customerId, 'customer');
    const key = randomMachineKey();
    const { idempotencyKey, ...rest } = { ...input, customerId };
    return this.use.database.transaction(async (tx) => {
      const made = { entity: MachineKey, noun: words.what };
      const call = { operation: 'createMachineKey', key: idempotencyKey, input: rest, made };
      const { id, isNew } = await this.use.idempotency.once(tx, context, call, () => this.#insert(tx, context, { wanted: rest, key }));
      return { machineKey: await tx.manager.findOneByOrFail(MachineKey, { id }), key: isNew ? key : null };
    });
  }

  /** One that is revoked already stays as it is. */
  async revoke(context: RequestContext, id: string): Promise<MachineKey> {
    return this.use.database.transaction(async (tx) => {
      const before = await tx.lock(MachineKey, { id });
      requireKeyManager(context.actor, before?.customerId ?? null, words.what);
      if (!before) throw notFound(words.what);
      if (before.revokedAt) return before;
      const revokedAt = this.use.clock.now();
      await tx.manager.update(MachineKey, { id }, { revokedAt });
      const after = { customerId: before.customerId, name: before.name, revokedAt };
      await this.use.audit.record(tx, context, { action: 'machineKey.revoke', subjectType: 'machineKey', subjectId: id, after });
      return { ...before, revokedAt };
    });
  }

  async #insert(tx: Transaction, context: RequestContext, { wanted, key }: { wanted: Wanted; key: string }): Promise<string> {
    const now = this.use.clock.now();
    checkNewKey(wanted, now);
    await this.#requireRoom(tx, wanted.customerId, now);
    await requireLicense(tx, wanted);
    const { customerId, licenseId = null, expiresAt = null } = wanted;
    const row = { id: newId(), customerId, licenseId, name: wanted.name.trim(), keyPrefix: shownOf(key), createdAt: now, expiresAt };
    const ends = { lastUsedAt: null, revokedAt: null };
    await tx.manager.insert(MachineKey, { ...row, ...ends, keyHash: hashMachineKey(this.use.secrets, key) });
    await this.use.audit.record(tx, context, { action: 'machineKey.create', subjectType: 'machineKey', subjectId: row.id, after: row });
    return row.id;
  }

  /** Under the customer's lock: two windows cannot both make the last one. */
  async #requireRoom(tx: Transaction, customerId: string, now: Date): Promise<void> {
    const customer = await tx.lock(Customer, { id: customerId });
    if (!customer) throw notFound('customer');
    requireNotErased(customer, 'customerId');
    const working = { customerId, revokedAt: IsNull() };
    const present = await tx.manager.countBy(MachineKey, [
      { ...working, expiresAt: IsNull() },
      { ...working, expiresAt: MoreThan(now) },
    ]);
    requireRoom(LIMITS.machineKeysPerCustomer, present, { who: words.customerHas, advice: words.revokeFirst, field: 'name' });
  }
}

/** A key is for a license of its customer's own. */
async function requireLicense(tx: Transaction, { licenseId, customerId }: Wanted): Promise<void> {
  if (licenseId == null) return;
  if (!(await tx.manager.existsBy(License, { id: licenseId, customerId }))) throw notFound('license');
}

/** The customer that is meant. @throws PublicFault FORBIDDEN where it goes without saying for nobody */
function customerIdOf(actor: Actor, customerId: string | null): string {
  if (customerId !== null) return customerId;
  if (actor.kind === 'USER' && actor.customerId !== null) return actor.customerId;
  throw forbidden('license:read');
}

import type { LicenseChange } from '@slipway/shared';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { notFound } from '../../kernel/problem/faults.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { AuditAction } from '../../machinery/audit/audit-actions.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { ProductService } from '../products/product.service.js';
import type { SettingsService } from '../settings/settings.service.js';
import { writeTags } from './license-tags.js';
import { License } from './license.entity.js';
import { applyChange, applyTerms, checkTerms, isSameStanding, isSameTerms } from './license.rules.js';
import type { UpdateLicenseInput } from './license.schema.js';

export interface ChangeInput {
  readonly id: string;
  readonly reason?: string | null;
  readonly customerReason?: string | null;
}

/** What the audit trail keeps of a license: everything but the key. Tags are typed about somebody, as notes are: one text, kept apart. */
export const withoutKey = ({ keyHash: _hash, keySealed: _sealed, tags, ...license }: License): object => ({
  ...license,
  tags: tags.join(', '),
});

interface LicenseChangesUse {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly products: ProductService;
  readonly settings: SettingsService;
}

/** The ways in which a license changes, each in the caller's transaction: one alone, many at a time, from a file or a shop. */
export class LicenseChanges {
  constructor(private readonly use: LicenseChangesUse) {}

  /** The license, locked, for somebody who may change it. @throws PublicFault NOT_FOUND */
  async lock(tx: Transaction, context: RequestContext, id: string): Promise<License> {
    const license = await tx.lock(License, { id });
    if (!license || !mayUse(context.actor, 'license:write', license.productId)) throw notFound('license');
    return license;
  }

  /** Changes what it covers, and what the vendor wrote down; one that is so already stays as it is. */
  async update(tx: Transaction, context: RequestContext, input: UpdateLicenseInput): Promise<License> {
    const before = await this.lock(tx, context, input.id);
    requireNotRevoked(before);
    const { timeZone } = await this.use.settings.read();
    const terms = applyTerms(before, input);
    // A channel that the product has lost since does not block other changes.
    const channels = input.channels == null ? null : await this.use.products.channelsOf(tx, before.productId);
    checkTerms(terms, { channels, timeZone });
    if (isSameTerms(before, terms)) return before;
    return this.#save(tx, context, { before, after: { ...before, ...terms }, action: 'license.update' });
  }

  /** Suspends, reinstates or revokes; one that is so already stays as it is. */
  async change(tx: Transaction, context: RequestContext, input: ChangeInput & { readonly change: LicenseChange }): Promise<License> {
    const { id, change, reason = null, customerReason = null } = input;
    const before = await this.lock(tx, context, id);
    const after = { ...before, ...applyChange(before, { change, reason, customerReason }, this.use.clock.now()) };
    return isSameStanding(before, after) ? before : this.#save(tx, context, { before, after, action: `license.${change}` });
  }

  async #save(
    tx: Transaction,
    context: RequestContext,
    change: { before: License; after: License; action: AuditAction },
  ): Promise<License> {
    const { before, action } = change;
    const after = { ...change.after, updatedAt: this.use.clock.now() };
    await tx.manager.update(License, { id: before.id }, after);
    if (before.tags.join() !== after.tags.join()) await writeTags(tx, after);
    await this.use.audit.record(tx, context, {
      action,
      subjectType: 'license',
      subjectId: before.id,
      before: withoutKey(before),
      after: withoutKey(after),
    });
    return after;
  }
}

/** @throws Refusal LICENSE_REVOKED */
export function requireNotRevoked({ status }: License): void {
  if (status === 'REVOKED')
    refuse('LICENSE_REVOKED', 'This license is revoked and stays so, whatever it covers: create a new license instead.');
}

import { customerKindOf, emailKey, type MemberRole, type Role } from '@slipway/shared';
import { IsNull, MoreThan } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import { actorId } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { forbidden, notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { Refusal, refuse, type UserErrorData } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { MailRequests } from '../../../machinery/throttle/mail-requests.js';
import { peopleRefusals as words } from '../../../messages/refusals.js';
import { Customer } from '../../customers/customer.entity.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import { requireRoleWithin, requireUserManager } from '../user.rules.js';
import { checkUserProducts, distinctIds, requireProducts } from '../user-products.js';
import type { InvitationLetters, Stationery } from './invitation-letters.js';
import {
  checkInvited,
  lockCustomer,
  requireInvitationManager,
  requireNoAccount,
  requirePeopleManager,
  requireRoomToInvite,
} from './invitation.rules.js';

export interface InvitationUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly links: OneTimeLinks;
  readonly letters: InvitationLetters;
  readonly mailRequests: MailRequests;
}

/** Somebody to invite. */
export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly memberRole: MemberRole;
}

/** What became of one customer of many. */
export interface CustomerInvited {
  readonly customerId: string;
  readonly invitation: OneTimeLink | null;
  readonly error: UserErrorData | null;
}

/** What the audit trail keeps of an invitation. */
export const toldInvitation = ({ id, customerId, address, name, role, memberRole, expiresAt }: OneTimeLink): object => ({
  id,
  customerId,
  email: address,
  name,
  role,
  memberRole,
  expiresAt,
});

/** Invites people by mail: the account is made by whoever opens the link, not before. */
export class InvitationService {
  constructor(private readonly use: InvitationUse) {}

  /** Invites each customer's own address as an owner; what is wrong with one stops none of the others. */
  async inviteCustomers(context: RequestContext, customerIds: readonly string[]): Promise<readonly CustomerInvited[]> {
    if (!mayUse(context.actor, 'license:write', null)) throw forbidden('license:write');
    const stationery = await this.use.letters.open();
    const results: CustomerInvited[] = [];
    for (const customerId of distinctIds(customerIds)) results.push(await this.#inviteOne(context, stationery, customerId));
    this.use.jobs.nudge();
    return results;
  }

  async #inviteOne(context: RequestContext, stationery: Stationery, customerId: string): Promise<CustomerInvited> {
    try {
      const invitation = await this.use.database.transaction(async (tx) => {
        const customer = await lockCustomer(tx, customerId);
        const invited = { email: customer.email, name: customer.name, memberRole: 'OWNER' as const };
        return this.#invite(tx, context, { customer, invited, stationery });
      });
      return { customerId, invitation, error: null };
    } catch (error) {
      if (error instanceof Refusal) return { customerId, invitation: null, error: error.userErrors[0] ?? null };
      if (!(error instanceof PublicFault) || error.code !== 'NOT_FOUND') throw error;
      return { customerId, invitation: null, error: { code: 'NOT_FOUND', message: error.message, field: 'customerIds' } };
    }
  }

  /** Invites one person of a customer. */
  async invitePerson(context: RequestContext, customerId: string, invited: Invited): Promise<OneTimeLink> {
    requirePeopleManager(context.actor, customerId);
    checkInvited(invited);
    await this.use.mailRequests.admitSender(context.actor, invited.email);
    const stationery = await this.use.letters.open();
    const invitation = await this.use.database.transaction(async (tx) => {
      const customer = await lockCustomer(tx, customerId);
      if (customerKindOf(customer) === 'PERSON' && emailKey(invited.email) !== customer.emailKey)
        await this.#makeCompany(tx, context, customer);
      return this.#invite(tx, context, { customer, invited, stationery });
    });
    this.use.jobs.nudge();
    return invitation;
  }

  /** Invites somebody of the vendor's own. */
  async inviteStaff(
    context: RequestContext,
    {
      productIds = [],
      ...invited
    }: { readonly email: string; readonly name: string; readonly role: Role; readonly productIds?: readonly string[] },
  ): Promise<OneTimeLink> {
    requireUserManager(context.actor);
    requireRoleWithin(context.actor, invited.role);
    if (invited.role === 'CUSTOMER')
      refuse('ROLE_INVALID', 'This invites your own staff: invite people of a customer on its page.', 'role');
    checkInvited(invited);
    checkUserProducts(invited.role, distinctIds(productIds));
    const stationery = await this.use.letters.open();
    const invitation = await this.use.database.transaction(async (tx) => {
      await requireProducts(tx, distinctIds(productIds));
      await requireNoAccount(tx, context.actor, { email: invited.email, customerId: null });
      const content = { name: invited.name.trim(), role: invited.role, memberRole: null, productIds: productIdsText(productIds) };
      return this.#put(tx, context, { customer: null, email: invited.email, content, stationery });
    });
    this.use.jobs.nudge();
    return invitation;
  }

  /** Sends an invitation with a new link; one that was asked for is agreed to by that. */
  async resend(context: RequestContext, id: string): Promise<OneTimeLink> {
    const found = await this.#find(context, id);
    await this.use.mailRequests.admitSender(context.actor, found.address);
    const stationery = await this.use.letters.open();
    const renewed = await this.use.database.transaction(async (tx) => {
      const customer = found.customerId === null ? null : await lockCustomer(tx, found.customerId, null);
      const present = await this.#lockOpen(tx, id);
      if (present.role !== null && customer === null) requireRoleWithin(context.actor, present.role);
      // What somebody asked for stays theirs; what is sent again is from whoever sends it now.
      const by = present.createdByKind === 'LICENSE' ? {} : senderOf(context);
      const { link, token } = await this.use.links.renew(tx, { ...present, ...by });
      await this.use.letters.send(tx, stationery, { link, token, customer });
      await this.#record(tx, context, { action: 'invitation.send', link: link });
      return link;
    });
    this.use.jobs.nudge();
    return renewed;
  }

  /** Ends an invitation, or declines one that was asked for. */
  async revoke(context: RequestContext, id: string): Promise<OneTimeLink> {
    const found = await this.#find(context, id);
    return this.use.database.transaction(async (tx) => {
      if (found.customerId !== null) await tx.lock(Customer, { id: found.customerId });
      const revoked = { ...(await this.#lockOpen(tx, id)), revokedAt: this.use.clock.now() };
      await tx.manager.update(OneTimeLink, { id }, { revokedAt: revoked.revokedAt });
      await this.#record(tx, context, { action: 'invitation.revoke', link: revoked });
      return revoked;
    });
  }

  async #find({ actor }: RequestContext, id: string): Promise<OneTimeLink> {
    const link = await this.use.database.read.findOneBy(OneTimeLink, { id, purpose: 'INVITATION' });
    if (!link) throw notFound('invitation');
    requireInvitationManager(actor, link);
    return link;
  }

  /** One that was neither accepted nor revoked; it may be too old. */
  async #lockOpen(tx: Transaction, id: string): Promise<OneTimeLink> {
    const link = await tx.lock(OneTimeLink, { id });
    if (!link) throw notFound('invitation');
    if (link.usedAt !== null) refuse('LINK_USED', words.accepted, 'id');
    if (link.revokedAt !== null) refuse('LINK_WITHDRAWN', words.revoked, 'id');
    return link;
  }

  async #invite(
    tx: Transaction,
    context: RequestContext,
    { customer, invited, stationery }: { customer: Customer; invited: Invited; stationery: Stationery },
  ): Promise<OneTimeLink> {
    await requireNoAccount(tx, context.actor, { email: invited.email, customerId: customer.id });
    const content = { name: invited.name.trim(), role: 'CUSTOMER' as const, memberRole: invited.memberRole, productIds: null };
    return this.#put(tx, context, { customer, email: invited.email, content, stationery });
  }

  /** Inviting somebody again replaces the invitation that is open. */
  async #put(tx: Transaction, context: RequestContext, { customer, email, content, stationery }: NewInvitation): Promise<OneTimeLink> {
    const { links, letters, clock } = this.use;
    const whose = { purpose: 'INVITATION' as const, addressKey: emailKey(email), customerId: customer?.id ?? IsNull() };
    const where = { ...whose, usedAt: IsNull(), revokedAt: IsNull(), expiresAt: MoreThan(clock.now()) };
    const open = await tx.manager.findOneBy(OneTimeLink, where);
    if (!open && customer) await requireRoomToInvite(tx, customer.id, clock.now());
    if (!open) await links.endInvitations(tx, { addressKey: whose.addressKey, customerId: customer?.id ?? null }); // too old by now
    const { link, token } = open
      ? await links.renew(tx, { ...open, ...content, ...senderOf(context) })
      : await links.make(tx, { purpose: 'INVITATION', address: email, customerId: customer?.id ?? null, ...content }, context.actor);
    await letters.send(tx, stationery, { link, token, customer });
    await this.#record(tx, context, { action: 'invitation.send', link: link });
    return tx.manager.findOneByOrFail(OneTimeLink, { id: link.id });
  }

  /** A customer with a second person is a company. */
  async #makeCompany(tx: Transaction, context: RequestContext, customer: Customer): Promise<void> {
    const after = { ...customer, kind: 'COMPANY' as const };
    await tx.manager.update(Customer, { id: customer.id }, { kind: 'COMPANY' });
    const entry = { action: 'customer.update', subjectType: 'customer', subjectId: customer.id } as const;
    await this.use.audit.record(tx, context, { ...entry, before: customer, after });
  }

  async #record(tx: Transaction, context: RequestContext, { action, link }: Told): Promise<void> {
    const subject =
      link.customerId === null
        ? ({ subjectType: 'invitation', subjectId: link.id } as const)
        : ({ subjectType: 'customer', subjectId: link.customerId } as const);
    await this.use.audit.record(tx, context, { action, ...subject, after: toldInvitation(link) });
  }
}

interface Told {
  readonly action: 'invitation.send' | 'invitation.revoke';
  readonly link: OneTimeLink;
}

interface NewInvitation {
  readonly customer: Customer | null;
  readonly email: string;
  readonly content: Pick<OneTimeLink, 'name' | 'role' | 'memberRole' | 'productIds'>;
  readonly stationery: Stationery;
}

const senderOf = ({ actor }: RequestContext) => ({ createdByKind: actor.kind, createdBy: actorId(actor) });

const productIdsText = (ids: readonly string[]): string | null => (ids.length === 0 ? null : JSON.stringify(distinctIds(ids)));
